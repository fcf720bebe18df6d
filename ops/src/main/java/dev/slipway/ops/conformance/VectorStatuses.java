package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.state.ConditionValue;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.StatusCell;
import dev.slipway.engine.status.StatusDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads pod statuses (API JSON, times in milliseconds) into the engine's state. */
final class VectorStatuses {
  /** Instant 0 of cases that write times as text. */
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private static final List<String> LISTS =
      List.of("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses");

  private VectorStatuses() {}

  /** Makes that status the one in the API. */
  static void loadApi(VectorState state, JsonNode status) {
    PodState pod = state.pod;
    pod.apiPhase = phase(status);
    pod.apiReason = status.path("reason").asText("");
    pod.apiMessage = status.path("message").asText("");
  }

  /** Makes that status the cached one. */
  static void load(VectorState state, JsonNode status) {
    PodState pod = state.pod;
    pod.phase = phase(status);
    pod.reason = status.path("reason").asText("");
    pod.message = status.path("message").asText("");
    pod.startTime = time(status, "startTime");
    conditions(pod, status.path("conditions"));
    for (int c = 0; c < pod.shape.count; c++) {
      pod.slots[c].status().clear();
    }
    for (String list : LISTS) {
      cells(state, status.path(list), cells(pod));
    }
  }

  /** Writes that status into a draft. */
  static void draft(VectorState state, JsonNode status, StatusDraft draft) {
    draft.pod(
        phase(status),
        status.path("reason").asText(""),
        status.path("message").asText(""),
        time(status, "startTime"));
    for (JsonNode c : status.path("conditions")) {
      OwnedCondition owned = owned(c.path("type").asText());
      if (owned != null) {
        draft.condition(owned, value(c), time(c, "lastTransitionTime"));
      }
    }
    StatusCell[] cells = new StatusCell[state.pod.shape.count];
    Arrays.setAll(cells, draft::cell);
    for (StatusCell cell : cells) {
      cell.clear();
    }
    for (String list : LISTS) {
      cells(state, status.path(list), cells);
    }
  }

  private static StatusCell[] cells(PodState pod) {
    return Arrays.stream(pod.slots).map(slot -> slot.status()).toArray(StatusCell[]::new);
  }

  static @Nullable PodPhase phase(JsonNode status) {
    String phase = status.path("phase").asText("");
    return phase.isEmpty() ? null : PodPhase.of(phase);
  }

  /** Conditions of the node by place, all others as conditions of other owners. */
  static void conditions(PodState pod, JsonNode list) {
    for (int k = 0; k < OwnedCondition.count(); k++) {
      pod.condition(OwnedCondition.at(k), null);
      pod.since(OwnedCondition.at(k), Times.NONE);
    }
    for (JsonNode c : list) {
      OwnedCondition owned = owned(c.path("type").asText());
      if (owned != null && pod.condition(owned) == null) {
        pod.condition(owned, value(c));
        pod.since(owned, time(c, "lastTransitionTime"));
      }
    }
    pod.foreign = foreign(list);
  }

  /** Conditions that are not the node's alone. */
  static List<PodCondition> foreign(JsonNode list) {
    List<PodCondition> foreign = new ArrayList<>();
    for (JsonNode c : list) {
      PodCondition condition = condition(c);
      if (!OwnedCondition.ownsAlone(condition)) {
        foreign.add(condition);
      }
    }
    return List.copyOf(foreign);
  }

  static ConditionValue value(JsonNode c) {
    return new ConditionValue(
        ConditionStatus.of(c.path("status").asText()),
        c.path("reason").asText(""),
        c.path("message").asText(""),
        c.path("observedGeneration").asLong(0));
  }

  private static @Nullable OwnedCondition owned(String type) {
    for (OwnedCondition owned : OwnedCondition.values()) {
      if (owned.type().equals(type)) {
        return owned;
      }
    }
    return null;
  }

  static PodCondition condition(JsonNode c) {
    return new PodCondition(
        c.path("type").asText(),
        ConditionStatus.of(c.path("status").asText()),
        c.path("reason").asText(""),
        c.path("message").asText(""),
        c.path("observedGeneration").asLong(0),
        time(c, "lastTransitionTime"),
        time(c, "lastProbeTime"));
  }

  /** Fills the cells, by ordinal, of the containers the statuses name. */
  static void cells(VectorState state, JsonNode statuses, StatusCell[] cells) {
    for (JsonNode s : statuses) {
      int c = state.pod.shape.ordinal(s.path("name").asText());
      if (c >= 0 && !cells[c].present) {
        cell(state, s, cells[c]);
      }
    }
  }

  static void cell(VectorState state, JsonNode s, StatusCell cell) {
    cell.present = true;
    cell.state = containerState(s.path("state"));
    cell.lastState = containerState(s.path("lastState"));
    cell.lastAlsoWaiting =
        s.path("lastState").has("terminated") && s.path("lastState").has("waiting");
    cell.restartCount = s.path("restartCount").asInt(0);
    cell.recordId = state.numberOfContainerId(s.path("containerID").asText(""));
    cell.image = s.path("image").asText("");
    cell.imageId = s.path("imageID").asText("");
    cell.resources = VectorPods.resources(s.path("resources"));
    cell.started =
        s.has("started")
            ? (byte) (s.path("started").asBoolean() ? 1 : 0)
            : StatusCell.STARTED_ABSENT;
    cell.ready = s.path("ready").asBoolean();
  }

  static ContainerState containerState(JsonNode state) {
    if (state.has("running")) {
      return new ContainerState.Running(time(state.path("running"), "startedAt"));
    }
    if (state.has("terminated")) {
      JsonNode t = state.path("terminated");
      return new ContainerState.Terminated(
          t.path("exitCode").asInt(),
          t.path("reason").asText(""),
          t.path("message").asText(""),
          time(t, "startedAt"),
          time(t, "finishedAt"),
          t.path("containerID").asText(""));
    }
    if (state.has("waiting")) {
      JsonNode w = state.path("waiting");
      return new ContainerState.Waiting(w.path("reason").asText(""), w.path("message").asText(""));
    }
    return ContainerState.NONE;
  }

  static long time(JsonNode node, String field) {
    JsonNode time = node.path(field);
    if (time.isTextual()) {
      Duration since = Duration.between(EPOCH, Instant.parse(time.asText()));
      return since.getSeconds() * Times.SECOND + since.getNano();
    }
    return time.isMissingNode() ? Times.NONE : time.asLong() * Times.MILLI;
  }
}

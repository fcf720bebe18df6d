package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.ConditionValue;
import dev.slipway.engine.state.ContainerSlot;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.StatusCell;
import dev.slipway.engine.status.ConditionRules;
import dev.slipway.engine.status.ContainerStatusRules;
import dev.slipway.engine.status.PhaseRules;
import dev.slipway.engine.status.StatusCauses;
import dev.slipway.engine.status.StatusManager;
import java.util.ArrayList;
import java.util.List;

/** What one status computation gives: status/phase, conditions, apistatus, restartall. */
final class ComputedStatusChecks {
  private final Profile profile;

  ComputedStatusChecks(Profile profile) {
    this.profile = profile;
  }

  Verdict phase(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    VectorState state = new VectorState(in.path("pod"));
    PodPhase phase =
        new PhaseRules()
            .phase(
                profile,
                state.pod.shape,
                cells(state, in.path("statuses")),
                in.path("podIsTerminal").asBoolean(),
                in.path("podHasInitialized").asBoolean(),
                state.pod.isStatic);
    return JsonFacts.compare(vector.path("out"), JsonFacts.object().put("phase", phase.text()));
  }

  private static StatusCell[] cells(VectorState state, JsonNode statuses) {
    StatusCell[] cells = new StatusCell[state.pod.shape.count];
    for (int c = 0; c < cells.length; c++) {
      cells[c] = new StatusCell();
    }
    VectorStatuses.cells(state, statuses, cells);
    return cells;
  }

  Verdict conditions(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    VectorState state = VectorState.of(in);
    PodState pod = state.pod;
    VectorStatuses.load(state, in.path("oldStatus"));
    StatusCell[] cells = cells(state, in.path("statuses"));
    boolean none = !in.path("statuses").isArray();
    PodPhase phase = PodPhase.of(in.path("phase").asText());
    StatusCauses causes = new StatusCauses();
    ConditionValue containersReady =
        ConditionRules.containersReady(pod, cells, none, phase, causes);
    boolean restartAll = ContainerStatusRules.restartAllWanted(profile, pod);
    ObjectNode answer = JsonFacts.object();
    put(
        answer,
        "initialized",
        OwnedCondition.INITIALIZED,
        ConditionRules.initialized(profile, pod, cells, none, phase, causes));
    put(answer, "containersReady", OwnedCondition.CONTAINERS_READY, containersReady);
    put(answer, "ready", OwnedCondition.READY, ConditionRules.ready(pod, containersReady, causes));
    put(
        answer,
        "readyToStartContainers",
        OwnedCondition.READY_TO_START,
        ConditionRules.readyToStart(profile, pod, causes));
    put(
        answer,
        "allContainersRestarting",
        OwnedCondition.ALL_RESTARTING,
        ConditionRules.allRestarting(pod, restartAll, phase, causes));
    return JsonFacts.compare(vector.path("out"), answer);
  }

  private static void put(
      ObjectNode answer, String field, OwnedCondition which, ConditionValue value) {
    answer.set(
        field,
        StatusJson.condition(
            new PodCondition(
                which.type(),
                value.status(),
                value.reason(),
                value.message(),
                value.observedGeneration(),
                Times.NONE,
                Times.NONE)));
  }

  Verdict apiStatus(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    VectorState state = VectorState.of(in);
    PodState pod = state.pod;
    JsonNode api = in.path("pod").path("status");
    VectorStatuses.loadApi(state, api);
    JsonNode cached = in.has("cached") ? in.path("cached") : api;
    VectorStatuses.load(state, cached);
    pod.foreign = VectorStatuses.foreign(api.path("conditions"));
    resizeConditions(pod, in.path("resizeConditions"));
    for (JsonNode error : in.path("startErrors")) {
      ContainerSlot slot = pod.slots[pod.shape.ordinal(error.path("name").asText())];
      slot.startError(error.path("reason").asText(), error.path("message").asText());
    }
    if (in.path("probeWorkers").asBoolean()) {
      workers(pod);
    }
    boolean terminal = in.path("podIsTerminal").asBoolean();
    long now = in.path("nowMs").asLong() * Times.MILLI;
    ObjectNode answer = JsonFacts.object();
    ResourceRequirements before = VectorPods.resources(cached.path("resources"));
    answer.set("status", preview(state, before, terminal, now));
    return JsonFacts.compare(vector.path("out"), answer);
  }

  private static void resizeConditions(PodState pod, JsonNode conditions) {
    pod.resizePending = null;
    pod.resizeInProgress = null;
    for (JsonNode c : conditions) {
      ConditionValue value = VectorStatuses.value(c);
      if (c.path("type").asText().equals(OwnedCondition.RESIZE_PENDING.type())) {
        pod.resizePending = value;
      } else {
        pod.resizeInProgress = value;
      }
    }
  }

  private static void workers(PodState pod) {
    for (int c = 0; c < pod.shape.ephemeralStart; c++) {
      for (ProbeType type : ProbeType.values()) {
        if (pod.shape.mayHaveProbes(c) && pod.shape.container(c).probe(type) != null) {
          pod.slots[c].worker(type, true);
        }
      }
    }
  }

  private ObjectNode preview(
      VectorState state, ResourceRequirements before, boolean terminal, long now) {
    PodStatus status =
        new StatusManager(profile).preview(state.pod, terminal, now, VectorSink.IGNORED);
    ObjectNode json = new StatusJson(state::shownContainerId).status(status);
    json.remove("startTime"); // set when the status is cached
    ResourceStatusJson.add(state.pod, before, json);
    return json;
  }

  /** Each answer is the status before the next. */
  Verdict restartAll(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    VectorState state = new VectorState(in.path("pod"));
    workers(state.pod);
    List<ObjectNode> statuses = new ArrayList<>();
    for (JsonNode view : in.path("views")) {
      state.view(view);
      ObjectNode status = preview(state, ResourceRequirements.NONE, false, 0);
      statuses.add(status);
      VectorStatuses.loadApi(state, status);
      VectorStatuses.load(state, status);
    }
    ObjectNode answer = JsonFacts.object();
    ArrayNode list = answer.putArray("statuses");
    statuses.forEach(list::add);
    return JsonFacts.compare(vector.path("out"), answer);
  }
}

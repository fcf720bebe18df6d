package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.status.MergeRules;
import dev.slipway.engine.status.PublishedStatus;
import dev.slipway.engine.status.StatusManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the status manager makes of statuses (status/terminate, merge). The engine keeps the node's
 * own conditions by place, so that lists of conditions are compared as sets.
 */
final class StatusManagerChecks {
  private final Profile profile;

  StatusManagerChecks(Profile profile) {
    this.profile = profile;
  }

  Verdict terminate(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    VectorState state = new VectorState(in.path("pod"));
    JsonNode api = in.path("pod").path("status");
    VectorStatuses.load(state, api);
    state.pod.objectInitialized = StatusManager.hadInitialized(state.pod);
    VectorStatuses.loadApi(state, api);
    VectorStatuses.load(state, in.has("cached") ? in.path("cached") : api);
    long now = in.path("nowMs").asLong() * Times.MILLI;
    boolean done = new StatusManager(profile).terminated(state.pod, now, VectorSink.IGNORED);
    ObjectNode answer = JsonFacts.object();
    answer.put("refused", !done);
    answer.put("hasPodInitialized", state.pod.objectInitialized);
    if (done) {
      answer.set("status", cached(state));
    }
    return JsonFacts.compare(sorted(vector.path("out"), "status"), answer);
  }

  Verdict merge(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    PodStatus merged =
        MergeRules.merge(
            status(in.path("old")),
            status(in.path("new")),
            in.path("couldHaveRunningContainers").asBoolean(),
            VectorPods.meta(in.path("pod")).generation(),
            in.path("nowMs").asLong() * Times.MILLI);
    ObjectNode answer = JsonFacts.object();
    answer.set("status", new StatusJson(id -> id).status(merged));
    return JsonFacts.compare(vector.path("out"), answer);
  }

  Verdict manager(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    VectorState state = new VectorState(in.path("pod"));
    JsonNode api = in.path("pod").path("status");
    VectorStatuses.loadApi(state, api);
    VectorStatuses.load(state, api);
    var manager = new StatusManager(profile);
    long now = in.path("startMs").asLong();
    ObjectNode answer = JsonFacts.object();
    ArrayNode answers = answer.putArray("answers");
    for (JsonNode op : in.path("ops")) {
      now += op.path("waitMs").asLong();
      boolean changed = apply(op, manager, state, now * Times.MILLI);
      ObjectNode one = answers.addObject().put("t", now).put("changed", changed);
      if (changed) {
        one.set("cached", withGeneration(cached(state), state.pod.meta.generation()));
      }
    }
    JsonNode out = vector.path("out").deepCopy();
    out.path("answers")
        .forEach(one -> {
          if (one.path("cached") instanceof ObjectNode status) {
            sortConditions(status);
          }
        });
    return JsonFacts.compare(out, answer);
  }

  private static ObjectNode withGeneration(ObjectNode status, long generation) {
    return generation == 0 ? status : status.put("observedGeneration", generation);
  }

  private static boolean apply(JsonNode op, StatusManager manager, VectorState state, long now) {
    PodState pod = state.pod;
    if (op.path("op").asText().equals("set")) {
      JsonNode status = op.path("status");
      VectorStatuses.draft(state, status, manager.begin(pod));
      boolean changed = manager.set(pod, now, VectorSink.IGNORED);
      if (changed) {
        pod.foreign = VectorStatuses.foreign(status.path("conditions"));
      }
      return changed;
    }
    int record = state.numberOfContainerId(op.path("containerId").asText());
    boolean value = op.path("value").asBoolean();
    boolean changed = false;
    for (int c = 0; c < pod.shape.ephemeralStart; c++) {
      changed |=
          op.path("op").asText().equals("readiness")
              ? manager.setReadiness(pod, c, record, value, now, VectorSink.IGNORED)
              : manager.setStartup(pod, c, record, value, now, VectorSink.IGNORED);
    }
    return changed;
  }

  /** These cases have no container statuses. */
  private static PodStatus status(JsonNode json) {
    List<PodCondition> conditions = new ArrayList<>();
    json.path("conditions").forEach(c -> conditions.add(VectorStatuses.condition(c)));
    return new PodStatus(
        VectorStatuses.phase(json),
        json.path("reason").asText(""),
        json.path("message").asText(""),
        VectorStatuses.time(json, "startTime"),
        "",
        "",
        0,
        conditions,
        List.of(),
        List.of(),
        List.of());
  }

  /** The cached status; what the node adds when it computes one is not part of these cases. */
  private static ObjectNode cached(VectorState state) {
    ObjectNode json =
        new StatusJson(state::shownContainerId).status(PublishedStatus.cached(state.pod));
    json.remove(List.of("podIP", "podIPs", "qosClass"));
    sortConditions(json);
    return json;
  }

  private static JsonNode sorted(JsonNode out, String field) {
    JsonNode copy = out.deepCopy();
    if (copy.path(field) instanceof ObjectNode status) {
      sortConditions(status);
    }
    return copy;
  }

  private static void sortConditions(ObjectNode status) {
    if (status.path("conditions") instanceof ArrayNode conditions) {
      List<JsonNode> list = new ArrayList<>();
      conditions.forEach(list::add);
      list.sort(Comparator.comparing(c -> c.path("type").asText()));
      conditions.removeAll();
      conditions.addAll(list);
    }
  }
}

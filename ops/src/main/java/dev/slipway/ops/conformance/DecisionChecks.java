package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.RestartRule;
import dev.slipway.engine.lifecycle.GraceRules;
import dev.slipway.engine.lifecycle.PodActionsPlanner;
import dev.slipway.engine.lifecycle.StopMessages;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.restart.RestartRules;
import dev.slipway.engine.state.Amounts;
import dev.slipway.engine.state.PodActions;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.RecordState;
import dev.slipway.engine.state.ResizeActions;
import dev.slipway.engine.status.ConditionRules;
import dev.slipway.engine.status.ContainerStatusRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one pass decides (kuberuntime/actions, initinfo) and who is restarted (restart). */
final class DecisionChecks {
  private final Profile profile;

  DecisionChecks(Profile profile) {
    this.profile = profile;
  }

  Verdict actions(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    VectorState state = VectorState.of(in);
    var actions = new PodActions();
    new PodActionsPlanner(profile)
        .plan(state.pod, in.path("restartAllContainers").asBoolean(), actions);
    ObjectNode answer = JsonFacts.object();
    answer.put("killPod", actions.stopPod);
    answer.put("createSandbox", actions.createSandbox);
    answer.put("attempt", actions.attempt);
    answer.put("sandboxId", state.sandboxId(actions.sandbox));
    PodShape shape = state.pod.shape;
    answer.set("initContainersToStart", starts(actions, 0, shape.appStart));
    answer.set("containersToStart", starts(actions, shape.appStart, shape.ephemeralStart));
    answer.set("ephemeralContainersToStart", starts(actions, shape.ephemeralStart, shape.count));
    answer.set("containersToKill", stops(state, actions));
    answer.set("containersToReset", resets(state, actions));
    ObjectNode updates = answer.putObject("containersToUpdate");
    updates(state, actions.resizes.memory, "memory", updates);
    updates(state, actions.resizes.cpu, "cpu", updates);
    answer.put("updatePodResources", actions.resizes.podResources);
    answer.put("updatePodLevelResources", actions.resizes.podLevelResources);
    return JsonFacts.compare(vector.path("out"), answer);
  }

  Verdict initInfo(JsonNode vector, DataFolders data) {
    VectorState state = VectorState.of(vector.path("in"));
    PodState pod = state.pod;
    var actions = new PodActions();
    ObjectNode answer = JsonFacts.object();
    answer.put("initialized", new PodActionsPlanner(profile).planInit(pod, actions));
    actions.sortStops();
    answer.put("killPod", actions.stopPod);
    answer.set("initContainersToStart", starts(actions, 0, pod.shape.appStart));
    answer.set("containersToKill", stops(state, actions));
    answer.put("anyRegularCreated", pod.anyAppCreated());
    answer.put("anyActiveRegular", pod.hasActiveApp());
    answer.put("allContainersRestartCleanedUp", ConditionRules.noRecords(pod));
    return JsonFacts.compare(vector.path("out"), answer);
  }

  private static ArrayNode starts(PodActions actions, int from, int to) {
    ArrayNode indexes = JsonFacts.array();
    for (int k = 0; k < actions.startCount; k++) {
      int c = actions.starts[k];
      if (c >= from && c < to) {
        indexes.add(c - from);
      }
    }
    return indexes;
  }

  private static ArrayNode stops(VectorState state, PodActions actions) {
    ArrayNode stops = JsonFacts.array();
    for (int k = 0; k < actions.stopCount; k++) {
      int c = actions.stops[k];
      ObjectNode stop = stops.addObject();
      stop.put("id", state.recordId(actions.stopRecords[k].id));
      stop.put("name", state.pod.shape.container(c).name());
      stop.put("reason", actions.stopReasons[k].text());
      stop.put("message", StopMessages.of(state.pod, actions, k));
      stop.put("grace", GraceRules.ofContainer(state.pod, c, actions.stopReasons[k]));
    }
    return stops;
  }

  private static ArrayNode resets(VectorState state, PodActions actions) {
    ArrayNode resets = JsonFacts.array();
    for (int k = 0; k < actions.resetCount; k++) {
      ObjectNode reset = resets.addObject();
      reset.put("id", state.recordId(actions.resets[k].id));
      reset.put("name", state.pod.shape.container(actions.resetOrdinals[k]).name());
      reset.put("kill", actions.resets[k].state() != RecordState.EXITED);
    }
    return resets;
  }

  private static void updates(
      VectorState state, List<ResizeActions.Update> list, String resource, ObjectNode out) {
    if (list.isEmpty()) {
      return;
    }
    ArrayNode updates = out.putArray(resource);
    for (ResizeActions.Update u : list) {
      ObjectNode update = updates.addObject();
      update.put("id", state.recordId(u.recordId()));
      update.put("name", state.pod.shape.container(u.container()).name());
      update.set("desired", amounts(u.desired()));
      update.set("current", amounts(u.current()));
    }
  }

  private static ArrayNode amounts(Amounts amounts) {
    return JsonFacts.array()
        .add(amounts.memoryLimit())
        .add(amounts.memoryRequest())
        .add(amounts.cpuLimit())
        .add(amounts.cpuRequest());
  }

  Verdict restart(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    VectorState state = VectorState.of(in);
    VectorStatuses.load(state, in.path("apiStatus"));
    PodState pod = state.pod;
    ObjectNode answer = JsonFacts.object();
    ArrayNode containers = answer.putArray("containers");
    for (int c = 0; c < pod.shape.ephemeralStart; c++) {
      containers.add(container(pod, c, in.path("exitCodes")));
    }
    answer.put("shouldAllContainersRestart", ContainerStatusRules.restartAllWanted(profile, pod));
    answer.put("allContainersRestartCleanedUp", ConditionRules.noRecords(pod));
    answer.put("allContainersCouldRestart", pod.shape.hasRestartAllRule);
    return JsonFacts.compare(vector.path("out"), answer);
  }

  private ObjectNode container(PodState pod, int c, JsonNode exitCodes) {
    ContainerSpec container = pod.shape.container(c);
    var policy = pod.shape.spec.restartPolicy();
    ObjectNode answer = JsonFacts.object();
    answer.put("name", container.name());
    answer.put("shouldBeRestarted", RestartRules.shouldRestart(profile, pod, c));
    answer.put("restartable", RestartRules.restartable(policy, container));
    ArrayNode after = answer.putArray("restartAfterExit");
    ArrayNode matching = answer.putArray("matchingRule");
    for (JsonNode code : exitCodes) {
      after.add(RestartRules.restartsAfter(profile, policy, container, code.asInt()));
      matching.add(rule(RestartRules.match(container, code.asInt())));
    }
    return answer;
  }

  private static ObjectNode rule(@Nullable RestartRule rule) {
    ObjectNode answer = JsonFacts.object();
    answer.put("found", rule != null);
    if (rule != null) {
      answer.put("action", rule.action().text());
    }
    return answer;
  }
}

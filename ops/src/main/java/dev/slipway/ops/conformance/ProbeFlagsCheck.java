package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.probe.ProbeSettings;
import dev.slipway.engine.profile.Gate;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.Sandbox;
import dev.slipway.engine.state.StatusCell;
import dev.slipway.engine.status.ProbeFlags;
import dev.slipway.engine.status.StatusCauses;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code started}, {@code ready} and triggers of one status computation (prober/manager). Statuses
 * of containers the spec does not know are answered as those of plain app or init containers.
 */
final class ProbeFlagsCheck {
  private final JsonNode in;
  private final Profile profile;
  private final ProbeSettings agent;
  private final VectorState state;
  private final Set<String> triggered = new TreeSet<>();

  private ProbeFlagsCheck(Profile profile, JsonNode in) {
    this.in = in;
    this.agent = ProberWorkerCheck.settings(in, false);
    this.profile =
        profile.with(Gate.CHANGE_CONTAINER_STATUS_ON_KUBELET_RESTART, agent.initialAlways());
    var meta = VectorPods.meta(in.path("pod"));
    this.state = new VectorState(new PodState(meta, PodShape.of(withUnknown(in)), false));
    VectorStatuses.conditions(state.pod, in.path("pod").path("status").path("conditions"));
    in.path("workers").forEach(worker -> worker(worker.asText()));
  }

  private static PodSpec withUnknown(JsonNode in) {
    PodSpec spec = VectorPods.spec(in.path("pod"));
    List<ContainerSpec> init = new ArrayList<>(spec.initContainers());
    List<ContainerSpec> app = new ArrayList<>(spec.containers());
    addUnknown(in.path("status").path("initContainerStatuses"), init);
    addUnknown(in.path("status").path("containerStatuses"), app);
    return spec.withContainers(init, app, List.of());
  }

  private static void addUnknown(JsonNode statuses, List<ContainerSpec> known) {
    for (JsonNode s : statuses) {
      String name = s.path("name").asText();
      if (known.stream().noneMatch(c -> c.name().equals(name))) {
        known.add(VectorPods.plainContainer(name, "", ResourceRequirements.NONE));
      }
    }
  }

  private void worker(String name) {
    int slash = name.indexOf('/');
    int c = state.pod.shape.ordinal(name.substring(0, slash));
    for (ProbeType type : ProbeType.values()) {
      if (c >= 0 && type.text().equals(name.substring(slash + 1))) {
        state.pod.slots[c].worker(type, true);
      }
    }
  }

  static Verdict check(Profile profile, JsonNode vector) {
    return JsonFacts.compare(
        vector.path("out"), new ProbeFlagsCheck(profile, vector.path("in")).answer());
  }

  private ObjectNode answer() {
    ObjectNode answer = JsonFacts.object();
    JsonNode spec = in.path("pod").path("spec").path("initContainers");
    ArrayNode containers = answer.putArray("containers");
    for (JsonNode s : in.path("status").path("containerStatuses")) {
      containers.add(container(s, true));
    }
    ArrayNode init = answer.putArray("initContainers");
    JsonNode statuses = in.path("status").path("initContainerStatuses");
    for (int k = 0; k < statuses.size(); k++) {
      JsonNode s = statuses.get(k);
      init.add(container(s, spec.path(k).path("name").asText().equals(s.path("name").asText())));
    }
    answer.set("triggered", JsonFacts.texts(triggered));
    return answer;
  }

  /** One status; an init status out of place gets {@code started} only. */
  private ObjectNode container(JsonNode s, boolean inPlace) {
    PodState pod = state.pod;
    String name = s.path("name").asText();
    int c = pod.shape.ordinal(name);
    StatusCell cell = new StatusCell();
    VectorStatuses.cell(state, s, cell);
    if (cell.recordId != 0) {
      pod.slots[c].newest = record(cell.recordId);
    }
    if (inPlace) {
      if (ProbeFlags.compute(profile, agent, pod, c, cell, new StatusCauses())) {
        triggered.add(name + "/" + ProbeType.READINESS.text());
      }
    } else {
      boolean started =
          ProbeFlags.started(profile, pod.slots[c], pod.slots[c].record(cell.recordId), cell);
      cell.started = (byte) (started ? 1 : 0);
    }
    return JsonFacts.object()
        .put("name", name)
        .put("ready", cell.ready)
        .put("started", cell.started == 1);
  }

  private ContainerRecord record(int number) {
    var record = new ContainerRecord(number, new Sandbox(0, true, null, false), "", 0);
    for (ProbeType type : ProbeType.values()) {
      record.result(
          type,
          VectorState.result(in.path("results").path(type.text()).path(state.recordId(number))));
    }
    return record;
  }
}

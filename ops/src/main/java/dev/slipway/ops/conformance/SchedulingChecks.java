package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.resources.KubeletAdmission;
import dev.slipway.engine.resources.NodeUsage;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.PodSchedulerRequest;
import dev.slipway.engine.resources.ResourceFit;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceScores;
import dev.slipway.engine.resources.SchedulerVector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks of fit and scores of pods on nodes, of a node's totals, and of the kubelet's admission.
 */
final class SchedulingChecks {
  private SchedulingChecks() {}

  static Verdict fit(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    JsonNode out = vector.path("out");
    NodeUsage node = node(in);
    PodResources pod = ResourceJson.pod(in.path("pod"));
    SchedulerVector request = ResourceFit.request(pod);
    List<ResourceFit.Shortage> all = ResourceFit.DEFAULT.shortages(request, node);
    var filter =
        new ResourceFit(
            new HashSet<>(ResourceJson.texts(in.path("ignoredResources"))),
            new HashSet<>(ResourceJson.texts(in.path("ignoredResourceGroups"))));
    List<ResourceFit.Shortage> filtered = filter.shortages(request, node);
    OptionalLong balanced =
        ResourceScores.balanced(ResourceJson.texts(in.path("balanced")), pod, node);
    return new Comparison()
        .add("node", out.path("node"), state(node))
        .add(
            "insufficient",
            out.path("insufficient"),
            all.stream().map(SchedulingChecks::shortage).toList())
        .add("filter.code", out.path("filter").path("code"), code(filtered))
        .add(
            "filter.reasons",
            out.path("filter").path("reasons"),
            filtered.stream().map(ResourceFit.Shortage::reason).sorted().toList())
        .add(
            "score", out.path("score"), ResourceScores.fit(strategy(in.path("scoring")), pod, node))
        .add("balanced", out.path("balanced"), balanced.isPresent() ? balanced.getAsLong() : "Skip")
        .verdict();
  }

  private static NodeUsage node(JsonNode in) {
    ResourceList allocatable =
        ResourceJson.amounts(in.path("node").path("status").path("allocatable"));
    return NodeUsage.of(allocatable, ResourceJson.list(in.path("pods"), ResourceJson::pod));
  }

  private static String code(List<ResourceFit.Shortage> shortages) {
    if (shortages.isEmpty()) {
      return "Success";
    }
    boolean hopeless = shortages.stream().anyMatch(ResourceFit.Shortage::unresolvable);
    return hopeless ? "UnschedulableAndUnresolvable" : "Unschedulable";
  }

  private static Map<String, Object> shortage(ResourceFit.Shortage shortage) {
    return Map.of(
        "resource", shortage.resource(),
        "reason", shortage.reason(),
        "requested", shortage.requested(),
        "used", shortage.used(),
        "capacity", shortage.capacity(),
        "unresolvable", shortage.unresolvable());
  }

  private static ResourceScores.Strategy strategy(JsonNode scoring) {
    List<ResourceScores.Weighted> resources =
        ResourceJson.list(
            scoring.path("resources"),
            r ->
                new ResourceScores.Weighted(r.path("name").asText(), r.path("weight").longValue()));
    return switch (scoring.path("type").asText()) {
      case "MostAllocated" -> new ResourceScores.Strategy.MostAllocated(resources);
      case "RequestedToCapacityRatio" ->
          new ResourceScores.Strategy.RequestedToCapacityRatio(
              resources,
              ResourceJson.list(
                  scoring.path("shape"),
                  point ->
                      new ResourceScores.ShapePoint(
                          point.path("utilization").longValue(), point.path("score").longValue())));
      default -> new ResourceScores.Strategy.LeastAllocated(resources);
    };
  }

  private static Map<String, Object> state(NodeUsage node) {
    var requested = new TreeMap<String, Object>();
    requested.put("milliCPU", node.requested().milliCpu());
    requested.put("memory", node.requested().memory());
    requested.put("ephemeralStorage", node.requested().ephemeralStorage());
    requested.put("scalar", node.requested().scalars());
    return Map.of(
        "pods", node.pods(),
        "requested", requested,
        "nonZeroRequested",
            Map.of("milliCPU", node.nonZeroMilliCpu(), "memory", node.nonZeroMemory()));
  }

  static Verdict nodeInfo(JsonNode vector, DataFolders data) {
    JsonNode states = vector.path("out").path("states");
    NodeUsage node = NodeUsage.empty(ResourceList.EMPTY);
    var pods = new HashMap<String, PodSchedulerRequest>();
    var comparison = new Comparison();
    int step = 0;
    for (JsonNode op : vector.path("in").path("ops")) {
      if (op.has("add")) {
        PodSchedulerRequest request = PodSchedulerRequest.of(ResourceJson.pod(op.path("add")));
        pods.put(op.path("add").path("metadata").path("uid").asText(), request);
        node = node.plus(request);
      } else {
        PodSchedulerRequest request = pods.remove(op.path("remove").asText());
        node = request == null ? node : node.minus(request);
      }
      comparison.add("states[" + step + "]", states.path(step), state(node));
      step++;
    }
    return comparison.verdict();
  }

  static Verdict admit(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    JsonNode out = vector.path("out");
    NodeUsage node = node(in);
    PodResources pod = ResourceJson.pod(in.path("pod"));
    KubeletAdmission.Answer answer = KubeletAdmission.admit(pod, node);
    var comparison = new Comparison().add("admit", out.path("admit"), answer.admit());
    if (out.has("anyOf")) {
      @Nullable JsonNode same = null;
      for (JsonNode seen : out.path("anyOf")) {
        if (seen.path("message").asText().equals(answer.message())) {
          same = seen;
        }
      }
      JsonNode recorded = same == null ? out.path("anyOf").path(0) : same;
      return comparison
          .add("reason", recorded.path("reason"), answer.reason())
          .add("message", recorded.path("message"), answer.message())
          .verdict();
    }
    return comparison
        .addTexts("reason", out.path("reason").asText(), answer.reason())
        .addTexts("message", out.path("message").asText(), answer.message())
        .verdict();
  }
}

package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.ResizeAdmission;
import dev.slipway.engine.resources.ResizeAdmission.Answer;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks of resizes in place on the node of the recording: 4 CPUs, 4Gi, 40 pods. */
final class ResizeChecks {
  private static final ResourceList NODE =
      ResourceList.of(
          Map.of(
              "cpu",
              Quantity.of(4),
              "memory",
              Quantity.ofBytes(4L << 30),
              "pods",
              Quantity.of(40)));

  private ResizeChecks() {}

  static Verdict resize(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    var policies =
        new ResizeAdmission.Policies(
            in.path("cpuManagerPolicy").asText(), in.path("memoryManagerPolicy").asText());
    List<PodResources> allocated =
        new ArrayList<>(
            ResourceJson.list(in.path("pods"), pod -> ResourceJson.pod(pod.path("allocated"))));
    JsonNode recorded = vector.path("out").path("resizes");
    var comparison = new Comparison();
    int answered = 0;
    for (int i = 0; i < allocated.size(); i++) {
      JsonNode wish = in.path("pods").path(i).path("desired");
      if (!ResourceJson.present(wish)) {
        continue;
      }
      PodResources desired = ResourceJson.spec(wish).withStatus(allocated.get(i).status());
      var others = new ArrayList<>(allocated);
      PodResources before = others.remove(i);
      boolean increases = ResizeAdmission.increasesRequests(desired, before);
      Answer answer = ResizeAdmission.resize(desired, before, NODE, others, policies);
      if (!(answer instanceof Answer.Pending)) {
        allocated.set(i, desired);
      }
      compare(comparison, recorded.path(answered++), increases, answer, allocated.get(i));
    }
    return comparison.verdict();
  }

  private static void compare(
      Comparison comparison,
      JsonNode recorded,
      boolean increases,
      Answer answer,
      PodResources after) {
    String name = recorded.path("name").asText() + ".";
    comparison
        .add(name + "increasesRequests", recorded.path("increasesRequests"), increases)
        .add(name + "allocatedAfter", recorded.path("allocatedAfter"), allocated(after));
    if (recorded.has("podLevelAfter")) {
      Resources podLevel = after.podLevel() == null ? Resources.NONE : after.podLevel();
      comparison.add(name + "podLevelAfter", recorded.path("podLevelAfter"), resources(podLevel));
    }
    var pending = new TreeMap<String, String>();
    var inProgress = new TreeMap<String, String>();
    switch (answer) {
      case Answer.Nothing _ -> {}
      case Answer.InProgress _ ->
          inProgress.putAll(Map.of("status", "True", "reason", "", "message", ""));
      case Answer.Pending(String reason, String message) ->
          pending.putAll(Map.of("status", "True", "reason", reason, "message", message));
    }
    comparison
        .add(name + "PodResizePending", recorded.path("PodResizePending"), pending)
        .add(name + "PodResizeInProgress", recorded.path("PodResizeInProgress"), inProgress);
  }

  private static List<Map<String, Object>> allocated(PodResources pod) {
    var all = new ArrayList<Map<String, Object>>();
    for (List<ContainerResources> containers : List.of(pod.initContainers(), pod.containers())) {
      for (ContainerResources container : containers) {
        Map<String, Object> fields = resources(container.resources());
        fields.put("name", container.name());
        all.add(fields);
      }
    }
    return all;
  }

  private static Map<String, Object> resources(Resources resources) {
    var fields = new TreeMap<String, Object>();
    fields.put("requests", ResourceJson.texts(resources.requests()));
    fields.put("limits", ResourceJson.texts(resources.limits()));
    return fields;
  }
}

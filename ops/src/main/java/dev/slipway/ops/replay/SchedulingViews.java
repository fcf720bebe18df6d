package dev.slipway.ops.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.scheduling.SchedulingPod;
import dev.slipway.engine.scheduling.SchedulingSpec;
import dev.slipway.engine.scheduling.SchedulingSpecs;
import dev.slipway.engine.state.PodShape;
import dev.slipway.ingest.manifest.FieldProblems;
import dev.slipway.ingest.manifest.SchedulingReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pods as the scheduler reads them: what the object says of nodes and other pods, with the
 * resources of the spec that is replayed. Worked out once for the pods of a template.
 */
final class SchedulingViews {
  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  /** Whose view it is within one object and shape. */
  private record Who(String namespace, Map<String, String> labels) {}

  private final SchedulingSpecs specs = new SchedulingSpecs();
  private final Map<JsonNode, Map<PodShape, Map<Who, SchedulingSpec>>> known =
      new IdentityHashMap<>();

  SchedulingPod pod(PodInput pod) {
    ObjectMeta meta = pod.meta();
    JsonNode object = pod.object() == null ? NOTHING : pod.object();
    SchedulingSpec spec =
        known
            .computeIfAbsent(object, _ -> new IdentityHashMap<>())
            .computeIfAbsent(pod.shape(), _ -> new HashMap<>())
            .computeIfAbsent(
                new Who(meta.namespace(), meta.labels()),
                who -> specs.intern(spec(object, pod.shape().spec, who)));
    return SchedulingPod.of(meta.uid(), meta.name(), spec);
  }

  private static SchedulingSpec spec(JsonNode object, PodSpec spec, Who who) {
    SchedulingSpec.Builder builder = SchedulingSpec.builder(who.namespace());
    if (object != NOTHING) {
      ObjectNode copy = object.deepCopy();
      copy.withObject("/metadata").put("namespace", who.namespace());
      builder = SchedulingReader.spec(copy, FieldProblems.IGNORED).toBuilder();
    }
    List<String> images = new ArrayList<>();
    for (List<ContainerSpec> list : List.of(spec.initContainers(), spec.containers())) {
      list.forEach(container -> images.add(container.image()));
    }
    Integer priority = spec.priority();
    return builder
        .labels(who.labels())
        .nodeName("")
        .images(images, images.size())
        .priority(priority == null ? 0 : priority)
        .resources(PodResources.of(spec))
        .build();
  }
}

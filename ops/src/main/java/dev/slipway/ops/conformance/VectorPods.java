package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.ImagePullPolicy;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.ingest.manifest.FieldProblems;
import dev.slipway.ingest.manifest.PodReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pods of the engine's vectors: API JSON, read as a feed's is, and pods of a few words. */
final class VectorPods {
  private VectorPods() {}

  static ObjectMeta meta(JsonNode pod) {
    return PodReader.readMetadata(pod.path("metadata"), FieldProblems.IGNORED);
  }

  static PodSpec spec(JsonNode pod) {
    return PodReader.readSpec(pod.path("spec"), FieldProblems.IGNORED);
  }

  /** A pod of those containers and of nothing else. */
  static PodSpec podOf(List<ContainerSpec> init, List<ContainerSpec> app) {
    return new PodSpec(
        RestartPolicy.ALWAYS,
        null,
        null,
        false,
        "",
        List.of(),
        init,
        app,
        List.of(),
        null,
        Map.of(),
        null,
        "");
  }

  static PodSpec withGrace(PodSpec spec, @Nullable Long seconds) {
    return new PodSpec(
        spec.restartPolicy(),
        seconds,
        null,
        false,
        "",
        List.of(),
        spec.initContainers(),
        spec.containers(),
        spec.ephemeralContainers(),
        null,
        Map.of(),
        null,
        "");
  }

  /** A container without probes and hooks. */
  static ContainerSpec plainContainer(String name, String image, ResourceRequirements resources) {
    return new ContainerSpec(
        name,
        image,
        ImagePullPolicy.IF_NOT_PRESENT,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        "",
        resources,
        List.of(),
        List.of());
  }

  /** The container with that restart policy and preStop hook. */
  static ContainerSpec with(
      ContainerSpec plain, @Nullable RestartPolicy policy, @Nullable Handler preStop) {
    return new ContainerSpec(
        plain.name(),
        plain.image(),
        plain.imagePullPolicy(),
        policy,
        List.of(),
        null,
        null,
        null,
        null,
        preStop,
        "",
        plain.resources(),
        List.of(),
        List.of());
  }

  static ResourceRequirements resources(JsonNode resources) {
    return new ResourceRequirements(
        amounts(resources.path("requests")), amounts(resources.path("limits")));
  }

  private static Map<String, Quantity> amounts(JsonNode node) {
    Map<String, Quantity> amounts = new HashMap<>();
    node.fields()
        .forEachRemaining(e -> amounts.put(e.getKey(), Quantity.parse(e.getValue().asText())));
    return amounts;
  }
}

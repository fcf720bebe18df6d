package dev.slipway.ingest.trace;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ImagePullPolicy;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.OwnerReference;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.Times;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes pods of one app container out of the numbers of a table; equal specs are one object. */
final class PlainPods {
  private static final long DEFAULT_GRACE = 30;

  private final Map<PodSpec, PodSpec> specs = new HashMap<>();

  /** What a row says. */
  record Row(
      String namespace,
      String name,
      Map<String, String> labels,
      String ownerKind,
      String ownerName,
      Map<String, Quantity> requests,
      Map<String, Quantity> limits,
      RestartPolicy restart,
      @Nullable Integer priority) {}

  Pod pod(Row row, long arrival) {
    var container =
        new ContainerSpec(
            "app",
            "app",
            ImagePullPolicy.IF_NOT_PRESENT,
            null,
            List.of(),
            null,
            null,
            null,
            null,
            null,
            "",
            new ResourceRequirements(row.requests(), row.limits()),
            List.of(),
            List.of());
    PodSpec spec =
        new PodSpec(
            row.restart(),
            DEFAULT_GRACE,
            null,
            false,
            "",
            List.of(),
            List.of(),
            List.of(container),
            List.of(),
            null,
            Map.of(),
            row.priority(),
            "");
    return new Pod(meta(row, arrival), specs.computeIfAbsent(spec, s -> s), PodStatus.EMPTY);
  }

  private static ObjectMeta meta(Row row, long arrival) {
    List<OwnerReference> owners =
        row.ownerKind().isEmpty()
            ? List.of()
            : List.of(
                new OwnerReference(
                    row.ownerKind().equals("Job") ? "batch/v1" : "apps/v1",
                    row.ownerKind(),
                    row.ownerName(),
                    row.ownerKind() + "/" + row.ownerName(),
                    true));
    return new ObjectMeta(
        row.name(),
        row.namespace(),
        row.namespace() + "/" + row.name(),
        1,
        "",
        row.labels(),
        Map.of(),
        owners,
        List.of(),
        arrival,
        Times.NONE,
        null);
  }
}

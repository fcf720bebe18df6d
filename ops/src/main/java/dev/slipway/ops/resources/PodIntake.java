package dev.slipway.ops.resources;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.QuantityFormatException;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.ingest.manifest.ManifestResult;
import dev.slipway.ingest.manifest.PodReader;
import dev.slipway.ingest.manifest.PodSource;
import dev.slipway.ingest.manifest.Problem;
import dev.slipway.ops.conformance.ResourceJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes figures of everything that was read. A pod whose resources are wrong is reported and left
 * out; anything else wrong with it is reported only. A pod read again later, in a list of its
 * versions or in another file, counts once: as it was read last.
 */
final class PodIntake {
  private final @Nullable String namespace;
  private final long nodeMemory;
  private final Map<String, PodFigures> rows = new LinkedHashMap<>();
  private final List<PodFigures> everything = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private int superseded;

  /**
   * An empty intake.
   *
   * @param namespace of what names none; null: default
   * @param nodeMemory bytes of the machine, for oom_score_adj
   */
  PodIntake(@Nullable String namespace, long nodeMemory) {
    this.namespace = namespace;
    this.nodeMemory = nodeMemory;
  }

  ResourceReport report(ManifestResult read) {
    problems.addAll(read.problems());
    read.pods().forEach(this::take);
    return ResourceReport.of(
        List.copyOf(rows.values()),
        QosAgreement.of(everything),
        superseded,
        read.passedOver(),
        problems);
  }

  private void take(PodSource source) {
    String prefix = source.templatePath().isEmpty() ? "" : source.templatePath() + ".";
    var found = new ArrayList<Problem>();
    Pod pod =
        PodReader.read(
            source.tree(),
            (field, reason) -> found.add(new Problem(source.file(), prefix + field, reason)));
    if (pod.spec().containers().isEmpty()) {
      found.add(new Problem(source.file(), prefix + "spec.containers", "Required value"));
    } else if (found.isEmpty()) {
      found.addAll(ResourceProblems.of(source));
    }
    problems.addAll(found);
    if (found.stream().noneMatch(problem -> ResourceProblems.decides(problem.field(), source))) {
      put(source, figures(source, pod));
    }
  }

  private void put(PodSource source, PodFigures figures) {
    everything.add(figures);
    String key =
        ResourceProblems.isStored(source)
            ? figures.pod().metadata().uid() + " " + figures.pod().metadata().key()
            : String.valueOf(rows.size() + superseded);
    superseded += rows.put(key, figures) == null ? 0 : 1;
  }

  private PodFigures figures(PodSource source, Pod pod) {
    JsonNode metadata = source.source().path("metadata");
    boolean named = !metadata.path("namespace").asText().isEmpty();
    String space = named || namespace == null ? source.namespace() : namespace;
    return PodFigures.of(
        new PodFigures.Origin(
            source.file(),
            source.kind(),
            space,
            source.name().isEmpty() ? pod.metadata().name() : source.name(),
            Math.max(0, source.replicas())),
        pod,
        resources(source, pod),
        ResourceJson.importance(source.tree()),
        pod.status().qosClass(),
        nodeMemory);
  }

  private PodResources resources(PodSource source, Pod pod) {
    try {
      return ResourceJson.pod(source.tree());
    } catch (QuantityFormatException e) {
      problems.add(new Problem(source.file(), "status", String.valueOf(e.getMessage())));
      return PodResources.of(pod);
    }
  }
}

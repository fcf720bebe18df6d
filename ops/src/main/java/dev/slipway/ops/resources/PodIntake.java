package dev.slipway.ops.resources;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.QuantityFormatException;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.ingest.manifest.ManifestResult;
import dev.slipway.ingest.manifest.PodReader;
import dev.slipway.ingest.manifest.PodSource;
import dev.slipway.ingest.manifest.Problem;
import dev.slipway.ingest.validation.FieldError;
import dev.slipway.ingest.validation.PodValidator;
import dev.slipway.ops.conformance.ResourceJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes figures of everything that was read. A pod whose resources are wrong is reported and left
 * out; anything else wrong with it is reported only. A pod read again later, in a list of its
 * versions or in another file, counts once: as it was read last.
 */
final class PodIntake {
  /** Fields below {@code spec} that decide about amounts. */
  private static final Pattern RESOURCES =
      Pattern.compile("((initContainers|containers)(\\[\\d+]\\.resources|$)|resources|overhead).*");

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
    } else if (found.isEmpty() && !isStored(source)) {
      validate(source, found);
    }
    problems.addAll(found);
    if (found.stream().noneMatch(problem -> decides(problem.field(), prefix))) {
      put(source, figures(source, pod));
    }
  }

  private void put(PodSource source, PodFigures figures) {
    everything.add(figures);
    String key =
        isStored(source)
            ? figures.pod().metadata().uid() + " " + figures.pod().metadata().key()
            : String.valueOf(rows.size() + superseded);
    superseded += rows.put(key, figures) == null ? 0 : 1;
  }

  /** An object of a cluster, not one that is yet to be made: it has been valid once. */
  private static boolean isStored(PodSource source) {
    return source.kind().equals("Pod")
        && !source.source().path("metadata").path("uid").asText().isEmpty();
  }

  private static void validate(PodSource source, List<Problem> found) {
    String template = source.templatePath();
    List<FieldError> errors =
        template.isEmpty()
            ? PodValidator.DEFAULT.create(source.tree())
            : PodValidator.DEFAULT.template(source.tree(), template);
    for (FieldError error : errors) {
      if (decides(error.field(), template.isEmpty() ? "" : template + ".")) {
        found.add(new Problem(source.file(), error.field(), error.message()));
      }
    }
  }

  private static boolean decides(String field, String prefix) {
    String spec = prefix + "spec.";
    return field.startsWith(spec) && RESOURCES.matcher(field.substring(spec.length())).matches();
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

package dev.slipway.ingest.trace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.manifest.ManifestReader;
import dev.slipway.ingest.manifest.ManifestResult;
import dev.slipway.ingest.manifest.PodSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Pods of manifests: all replicas of everything are there from the beginning. */
final class ManifestPods {
  private ManifestPods() {}

  static void read(String text, TraceBuilder out) throws IOException {
    ManifestResult read = sources(text, out);
    read.passedOver()
        .forEach((kind, count) -> {
          if (!ClusterObjects.reads(kind)) {
            out.passOver(kind, count);
          }
        });
    for (PodSource source : read.pods()) {
      int replicas = source.kind().equals("DaemonSet") ? 1 : source.replicas();
      for (int k = 0; k < replicas; k++) {
        out.pods.add(pod(source, k, 0, Times.NONE));
      }
    }
  }

  /** What a text carries of pods; what is wrong is told. */
  static ManifestResult sources(String text, TraceBuilder out) throws IOException {
    ManifestResult read =
        ManifestReader.strict()
            .read(out.file, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    read.problems().forEach(out::problem);
    return read;
  }

  /** What one object carries of pods, read as a cluster that stored it before reads it. */
  static List<PodSource> sources(JsonNode object, TraceBuilder out) throws IOException {
    ManifestResult read =
        ManifestReader.lenient()
            .read(
                out.file,
                new ByteArrayInputStream(object.toString().getBytes(StandardCharsets.UTF_8)));
    return read.pods();
  }

  static TracePod pod(PodSource source, int ordinal, long arrival, long deletion) {
    return pod(source, ordinal, source.pod(ordinal), arrival, deletion);
  }

  /** The pod of that number that arrives then; the same spec for all pods of the source. */
  static TracePod pod(PodSource source, int ordinal, Pod pod, long arrival, long deletion) {
    ObjectMeta meta = pod.metadata();
    String uid =
        source.file() + "#" + source.document() + "/" + meta.namespace() + "/" + meta.name();
    return new TracePod(
        new Pod(at(meta, meta.name(), uid, arrival), unbound(pod.spec()), pod.status()),
        source.tree(),
        arrival,
        deletion,
        pod.spec().nodeName(),
        Map.of(),
        TracePod.Usage.UNKNOWN);
  }

  /** The same metadata under another name, made at that time. */
  static ObjectMeta at(ObjectMeta meta, String name, String uid, long arrival) {
    return new ObjectMeta(
        name,
        meta.namespace().isEmpty() ? "default" : meta.namespace(),
        uid,
        1,
        "",
        meta.labels(),
        meta.annotations(),
        meta.ownerReferences(),
        List.of(),
        arrival,
        Times.NONE,
        null);
  }

  /** The spec before a scheduler saw it. */
  static PodSpec unbound(PodSpec spec) {
    return spec.nodeName().isEmpty()
        ? spec
        : new PodSpec(
            spec.restartPolicy(),
            spec.terminationGracePeriodSeconds(),
            spec.activeDeadlineSeconds(),
            spec.hostNetwork(),
            "",
            spec.readinessGates(),
            spec.initContainers(),
            spec.containers(),
            spec.ephemeralContainers(),
            spec.resources(),
            spec.overhead(),
            spec.priority(),
            spec.priorityClassName());
  }
}

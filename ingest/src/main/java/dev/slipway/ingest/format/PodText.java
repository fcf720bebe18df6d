package dev.slipway.ingest.format;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodSpec;
import java.util.LinkedHashMap;
import java.util.List;

/** What of a pod's metadata is not worth its memory. */
final class PodText {
  /** The manifest once more, as text inside the object: kubectl's own memory. */
  static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private PodText() {}

  /** The pod without what nobody reads. */
  static Pod trimmed(Pod pod) {
    ObjectMeta meta = withoutLastApplied(pod.metadata());
    PodSpec spec = withoutTokens(pod.spec());
    return meta == pod.metadata() && spec == pod.spec() ? pod : new Pod(meta, spec, pod.status());
  }

  private static ObjectMeta withoutLastApplied(ObjectMeta meta) {
    if (!meta.annotations().containsKey(LAST_APPLIED)) {
      return meta;
    }
    var annotations = new LinkedHashMap<>(meta.annotations());
    annotations.remove(LAST_APPLIED);
    return new ObjectMeta(
        meta.name(),
        meta.namespace(),
        meta.uid(),
        meta.generation(),
        meta.resourceVersion(),
        meta.labels(),
        annotations,
        meta.ownerReferences(),
        meta.finalizers(),
        meta.creationTimestamp(),
        meta.deletionTimestamp(),
        meta.deletionGracePeriodSeconds());
  }

  /** Without the mounts of the volume that has another name in each pod. */
  private static PodSpec withoutTokens(PodSpec spec) {
    if (!mountsToken(spec.initContainers())
        && !mountsToken(spec.containers())
        && !mountsToken(spec.ephemeralContainers())) {
      return spec;
    }
    return spec.withContainers(
        withoutTokens(spec.initContainers()),
        withoutTokens(spec.containers()),
        withoutTokens(spec.ephemeralContainers()));
  }

  private static boolean mountsToken(List<ContainerSpec> containers) {
    return containers.stream()
        .anyMatch(container -> container.volumeMounts().stream().anyMatch(PodText::token));
  }

  private static List<ContainerSpec> withoutTokens(List<ContainerSpec> containers) {
    return containers.stream()
        .map(container ->
            container.withVolumeMounts(
                container.volumeMounts().stream().filter(mount -> !token(mount)).toList()))
        .toList();
  }

  private static boolean token(String mount) {
    return mount.startsWith(SpecTemplate.TOKEN_VOLUME);
  }
}

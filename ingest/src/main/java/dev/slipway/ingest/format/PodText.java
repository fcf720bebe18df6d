package dev.slipway.ingest.format;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import java.util.LinkedHashMap;

/** What of a pod's metadata is not worth its memory. */
final class PodText {
  /** The manifest once more, as text inside the object: kubectl's own memory. */
  static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private PodText() {}

  /** The pod without what nobody reads. */
  static Pod trimmed(Pod pod) {
    ObjectMeta meta = pod.metadata();
    if (!meta.annotations().containsKey(LAST_APPLIED)) {
      return pod;
    }
    var annotations = new LinkedHashMap<>(meta.annotations());
    annotations.remove(LAST_APPLIED);
    var trimmed =
        new ObjectMeta(
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
    return new Pod(trimmed, pod.spec(), pod.status());
  }
}

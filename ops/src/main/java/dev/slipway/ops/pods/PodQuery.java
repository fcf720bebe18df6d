package dev.slipway.ops.pods;

import dev.slipway.engine.api.ObjectMeta;

/**
 * Which pods are asked for.
 *
 * @param namespace empty: all
 * @param limit how many at most
 */
public record PodQuery(String namespace, LabelSelector labels, int limit) {
  /** Every pod. */
  public static final PodQuery ALL = new PodQuery("", LabelSelector.ALL, Integer.MAX_VALUE);

  boolean matches(ObjectMeta meta) {
    return (namespace.isEmpty() || namespace.equals(meta.namespace()))
        && labels.matches(meta.labels());
  }
}

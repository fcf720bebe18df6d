package dev.slipway.engine.resources;

import java.util.List;

/** {@code spec} of a LimitRange: one item per type. */
public record LimitRange(List<Item> limits) {
  public static final String CONTAINER = "Container";
  public static final String POD = "Pod";

  public LimitRange {
    limits = List.copyOf(limits);
  }

  /**
   * What holds for one type of thing.
   *
   * @param type Container, Pod, or another the pod rules do not look at
   * @param defaultLimits {@code default}: limits of containers that have none
   * @param defaultRequests {@code defaultRequest}
   */
  public record Item(
      String type,
      ResourceList max,
      ResourceList min,
      ResourceList defaultLimits,
      ResourceList defaultRequests,
      ResourceList maxLimitRequestRatio) {}
}

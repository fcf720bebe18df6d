package dev.slipway.engine.scheduling;

import java.util.HashMap;
import java.util.Map;

/** Keeps one instance of each spec, so that a million pods of one template share one. */
public final class SchedulingSpecs {
  private final Map<SchedulingSpec, SchedulingSpec> specs = new HashMap<>();

  /** The one instance equal to that spec. */
  public SchedulingSpec intern(SchedulingSpec spec) {
    SchedulingSpec known = specs.putIfAbsent(spec, spec);
    return known == null ? spec : known;
  }

  /** Number of different specs seen. */
  public int size() {
    return specs.size();
  }
}

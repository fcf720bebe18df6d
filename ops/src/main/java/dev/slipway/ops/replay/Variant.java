package dev.slipway.ops.replay;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One variant of a run with its time series and figures. */
record Variant(String name, RunResult run, Series series, Map<String, Double> figures) {
  Variant {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  static Variant of(RunResult run) {
    Series series = run.series();
    return new Variant(run.scenario().name(), run, series, Summary.of(run, series));
  }
}

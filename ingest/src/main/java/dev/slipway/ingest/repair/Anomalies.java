package dev.slipway.ingest.repair;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts of anomalies by kind, the latest few of each, and how late the late ones were. */
public final class Anomalies {
  private static final AnomalyKind[] KINDS = AnomalyKind.values();

  private final int samplesMax;
  private final long[] counts = new long[KINDS.length];
  private final Map<AnomalyKind, ArrayDeque<Anomaly>> samples = new EnumMap<>(AnomalyKind.class);
  private final Lateness lateness = new Lateness();

  Anomalies(int samplesMax) {
    this.samplesMax = samplesMax;
  }

  void add(Anomaly anomaly) {
    counts[anomaly.kind().ordinal()]++;
    if (samplesMax == 0) {
      return;
    }
    var latest = samples.computeIfAbsent(anomaly.kind(), _ -> new ArrayDeque<>(samplesMax));
    if (latest.size() == samplesMax) {
      latest.removeFirst();
    }
    latest.addLast(anomaly);
  }

  public long count(AnomalyKind kind) {
    return counts[kind.ordinal()];
  }

  /** The counts of the kinds that occurred. */
  public Map<AnomalyKind, Long> counts() {
    Map<AnomalyKind, Long> occurred = new EnumMap<>(AnomalyKind.class);
    for (AnomalyKind kind : KINDS) {
      if (count(kind) > 0) {
        occurred.put(kind, count(kind));
      }
    }
    return occurred;
  }

  public long total() {
    return Arrays.stream(counts).sum();
  }

  /** The latest anomalies, oldest first within a kind. */
  public List<Anomaly> samples() {
    List<Anomaly> all = new ArrayList<>();
    samples.values().forEach(all::addAll);
    return List.copyOf(all);
  }

  /** How late the versions came that were overtaken by a newer one of their pod. */
  public Lateness lateness() {
    return lateness;
  }

  void restore(AnomalyKind kind, long count) {
    counts[kind.ordinal()] = count;
  }
}

package dev.slipway.ingest.repair;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.Bytes;
import dev.slipway.engine.observe.SnapshotException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Counts of anomalies by kind, the latest few of each, and how late the late ones were. */
public final class Anomalies {
  private static final AnomalyKind[] KINDS = AnomalyKind.values();

  private final int samplesMax;
  private final long[] counts = new long[KINDS.length];
  private final Map<AnomalyKind, ArrayDeque<Anomaly>> samples = new EnumMap<>(AnomalyKind.class);
  private final Lateness lateness = new Lateness();
  private final Consumer<Anomaly> listener;

  Anomalies(int samplesMax, Consumer<Anomaly> listener) {
    this.samplesMax = samplesMax;
    this.listener = listener;
  }

  void add(Anomaly anomaly) {
    counts[anomaly.kind().ordinal()]++;
    if (anomaly.lateNanos() != Times.NONE) {
      lateness.add(anomaly.lateNanos());
    }
    listener.accept(anomaly);
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

  void write(Bytes out) {
    out.put(counts.length);
    for (long count : counts) {
      out.put(count);
    }
    lateness.write(out);
  }

  void read(Bytes in) {
    int length = in.getInt();
    if (length != counts.length) {
      throw new SnapshotException("anomalies of another release: kinds=" + length);
    }
    for (int k = 0; k < length; k++) {
      counts[k] = in.get();
    }
    lateness.read(in);
  }
}

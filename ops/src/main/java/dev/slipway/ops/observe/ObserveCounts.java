package dev.slipway.ops.observe;

import dev.slipway.engine.observe.Finding;
import dev.slipway.engine.observe.FindingKind;
import dev.slipway.engine.observe.ObservedPod;
import dev.slipway.engine.observe.ObservedTransition;
import dev.slipway.ingest.feed.Rejected;
import dev.slipway.ingest.service.ObserveListener;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts what shards derive. Thread safe. */
public final class ObserveCounts implements ObserveListener {
  private static final FindingKind[] KINDS = FindingKind.values();

  private final AtomicLongArray findings = new AtomicLongArray(KINDS.length);
  private final LongAdder transitions = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder ready = new LongAdder();

  @Override
  public void transition(ObservedPod pod, ObservedTransition transition) {
    transitions.increment();
  }

  @Override
  public void finding(ObservedPod pod, Finding finding) {
    findings.incrementAndGet(finding.kind().ordinal());
  }

  @Override
  public void readyFirst(ObservedPod pod) {
    ready.increment();
  }

  @Override
  public void refused(Rejected rejected) {
    refused.increment();
  }

  public long findings(FindingKind kind) {
    return findings.get(kind.ordinal());
  }

  public long findings() {
    long sum = 0;
    for (FindingKind kind : KINDS) {
      sum += findings(kind);
    }
    return sum;
  }

  public long violations() {
    long sum = 0;
    for (FindingKind kind : KINDS) {
      sum += kind.severity() == FindingKind.Severity.VIOLATION ? findings(kind) : 0;
    }
    return sum;
  }

  public long transitions() {
    return transitions.sum();
  }

  public long refused() {
    return refused.sum();
  }
}

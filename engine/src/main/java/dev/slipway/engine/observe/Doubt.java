package dev.slipway.engine.observe;

import dev.slipway.engine.api.Times;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that contradicts the rules if it stays: a node may show it for a moment.
 *
 * @param container the container it is about, empty if it is about the pod
 * @param sinceNanos when it was first seen, in the feed's time
 */
record Doubt(FindingKind kind, String container, long sinceNanos, List<Finding.Fact> evidence) {
  Doubt {
    evidence = List.copyOf(evidence);
  }

  boolean same(Doubt other) {
    return kind == other.kind
        && container.equals(other.container)
        && evidence.equals(other.evidence);
  }

  /** When it has stood long enough, {@link Times#NONE} if it was reported. */
  long reportAt(ObservedPod pod) {
    return sinceNanos == Times.NONE || (found(pod) & kind.bit()) != 0
        ? Times.NONE
        : sinceNanos + ResourceJudgement.STANDS;
  }

  /** Reports it. */
  void report(ObservedPod pod, ObserveSink sink) {
    found(pod, found(pod) | kind.bit());
    List<Finding.Fact> facts = new ArrayList<>(evidence);
    facts.add(Facts.time("so since", sinceNanos));
    sink.finding(pod, new Finding(kind, container, reportTime(), facts));
  }

  /** It does not hold any longer: the next one of its kind is reported again. */
  void forget(ObservedPod pod) {
    found(pod, found(pod) & ~kind.bit());
  }

  private long reportTime() {
    return sinceNanos + ResourceJudgement.STANDS;
  }

  private int found(ObservedPod pod) {
    int c = pod.spec.ordinal(container);
    return c < 0 ? pod.found : pod.containers[c].found;
  }

  private void found(ObservedPod pod, int bits) {
    int c = pod.spec.ordinal(container);
    if (c < 0) {
      pod.found = bits;
    } else {
      pod.containers[c].found = bits;
    }
  }

  Doubt since(long nanos) {
    return new Doubt(kind, container, nanos, evidence);
  }
}

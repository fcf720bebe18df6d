package dev.slipway.engine.observe;

import java.util.List;

/**
 * One thing that contradicts the rules, with what shows it.
 *
 * @param container the container it is about, empty if it is about the pod
 * @param atNanos when it happened or was due, as far as the status tells; its second is certain
 * @param evidence the facts it rests on, in the order they are to be read
 */
public record Finding(FindingKind kind, String container, long atNanos, List<Fact> evidence) {
  public Finding {
    evidence = List.copyOf(evidence);
  }

  /** A fact: where it stands in the object, or what was computed, and its value. */
  public record Fact(String what, String value) {}
}

package dev.slipway.ops.plan;

import java.util.ArrayList;
import java.util.List;

/** A stretch of time, in nanoseconds after the start. */
record Span(long from, long to) {
  /** Where both lists have something; each is in order and without overlap. */
  static List<Span> common(List<Span> some, List<Span> others) {
    List<Span> common = new ArrayList<>();
    for (Span a : some) {
      for (Span b : others) {
        long from = Math.max(a.from, b.from);
        long to = Math.min(a.to, b.to);
        if (from < to) {
          common.add(new Span(from, to));
        }
      }
    }
    return common;
  }

  String text() {
    return Clock.text(from) + " to " + Clock.text(to);
  }
}

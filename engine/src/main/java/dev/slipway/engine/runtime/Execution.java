package dev.slipway.engine.runtime;

import dev.slipway.engine.api.ProbeType;
import org.jspecify.annotations.Nullable;

/** One probe in progress. Those of a pod hang together. */
final class Execution {
  final int container;
  final ProbeType type;

  /** Number and answer. */
  final int number;

  final long ends;
  private @Nullable Execution next;

  Execution(int container, ProbeType type, int number, long ends, @Nullable Execution next) {
    this.container = container;
    this.type = type;
    this.number = number;
    this.ends = ends;
    this.next = next;
  }

  /** The one of that probe, null if there is none. */
  static @Nullable Execution find(@Nullable Execution first, int container, ProbeType type) {
    Execution execution = first;
    while (execution != null && (execution.container != container || execution.type != type)) {
      execution = execution.next;
    }
    return execution;
  }

  /** The others. */
  static @Nullable Execution without(@Nullable Execution first, Execution over) {
    if (first == over) {
      return over.next;
    }
    for (Execution e = first; e != null; e = e.next) {
      if (e.next == over) {
        e.next = over.next;
      }
    }
    return first;
  }
}

package dev.slipway.engine.runtime;

import org.jspecify.annotations.Nullable;

/**
 * What a runtime holds of one container while a pull or a hook runs, or because something fails in
 * it. Those of a pod hang together.
 */
final class Matter {
  final int container;
  String pulling = "";
  int hookRun;
  boolean postStartRuns;
  boolean preStopRuns;

  /** So many pulls were tried. */
  int pulls;

  /** So many starts have failed. */
  int failedStarts;

  /** So many stop calls fail before the next one works. */
  int stopsToCome;

  /** So many create calls fail before the next one works. */
  int createsToCome;

  private @Nullable Matter next;

  Matter(int container, @Nullable Matter next) {
    this.container = container;
    this.next = next;
  }

  /** Nothing in it matters any more. */
  boolean over() {
    return pulling.isEmpty()
        && !postStartRuns
        && !preStopRuns
        && pulls == 0
        && failedStarts == 0
        && stopsToCome == 0
        && createsToCome == 0;
  }

  /** The one of that container, null if there is none. */
  static @Nullable Matter find(@Nullable Matter first, int container) {
    Matter matter = first;
    while (matter != null && matter.container != container) {
      matter = matter.next;
    }
    return matter;
  }

  /** The others. */
  static @Nullable Matter without(@Nullable Matter first, Matter gone) {
    if (first == gone) {
      return gone.next;
    }
    for (Matter m = first; m != null; m = m.next) {
      if (m.next == gone) {
        m.next = gone.next;
      }
    }
    return first;
  }
}

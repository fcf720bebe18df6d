package dev.slipway.ops.plan;

/**
 * What became of a pod.
 *
 * @param at when, nanoseconds after the start; of a pod that did not get there: when the plan ended
 * @param detail why, empty where there is nothing to say
 */
record Outcome(Kind kind, long at, String detail) {
  /** How a run ended. */
  enum Kind {
    READY("Ready"),
    COMPLETED("Completed"),
    FAILED("Failed"),
    NOT_READY("not Ready"),
    /** A Job's pod that did not end. */
    NOT_COMPLETED("not Completed");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** One phrase: "Ready in 4.1s", "not Ready after 1h: web: CrashLoopBackOff". */
  String text() {
    return kind.text()
        + (kind.compareTo(Kind.NOT_READY) >= 0 ? " after " : " in ")
        + Clock.text(at)
        + (detail.isEmpty() ? "" : (kind == Kind.READY ? ", " : ": ") + detail);
  }
}

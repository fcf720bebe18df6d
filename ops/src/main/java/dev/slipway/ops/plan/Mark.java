package dev.slipway.ops.plan;

/**
 * A moment that stands out in a container's row.
 *
 * @param number restart count of a start, exit code of an exit, grace of a stop signal
 */
record Mark(Kind kind, long at, long number) {
  /** What happened; the higher ordinal wins where two fall on one spot. */
  enum Kind {
    COMPLETED("exit code 0"),
    STOPPED("stopped, exit code not 0"),
    RESTART("restart"),
    FAILED("exit code not 0"),
    STOP_SIGNAL("stop signal"),
    KILL("SIGKILL");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }
}

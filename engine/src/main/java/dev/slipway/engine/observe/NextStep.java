package dev.slipway.engine.observe;

/**
 * One thing that is expected to happen to a pod next by the kubelet's rules.
 *
 * @param what what is expected
 * @param container the container it happens to, empty if it is the pod
 * @param atNanos when at the latest or exactly (see the kind), {@link
 *     dev.slipway.engine.api.Times#NONE} where only an event brings it
 */
public record NextStep(Kind what, String container, long atNanos) {
  /** Kinds of steps. */
  public enum Kind {
    /** The scheduler gives it a node. */
    SCHEDULE("schedule", "K-001"),
    /** The next container of the initialization is started. */
    START("start", "L-112"),
    /** A regular init container has to complete before the next one. */
    COMPLETE("complete", "L-112"),
    /** A sidecar's startup probe has to succeed before the next one. */
    STARTED("started", "L-113"),
    /** The container turns ready. */
    READY("ready", "L-221"),
    /** The back-off ends and the container is started again. */
    RESTART("restart", "L-311"),
    /** What still runs gets SIGKILL not before this time. */
    GRACE_END("grace-end", "L-402"),
    /** The pod fails with DeadlineExceeded. */
    DEADLINE("deadline", "L-450");

    private final String text;
    private final String rule;

    Kind(String text, String rule) {
      this.text = text;
      this.rule = rule;
    }

    /** As it is written. */
    public String text() {
      return text;
    }

    public String rule() {
      return rule;
    }
  }
}

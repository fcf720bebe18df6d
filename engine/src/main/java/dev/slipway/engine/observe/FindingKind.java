package dev.slipway.engine.observe;

/** What a finding can say. Names and ids are stable: they are written to topics and documented. */
public enum FindingKind {
  SIDECAR_BEFORE_TURN(
      "sidecar-before-turn", "L-112", Severity.VIOLATION, "a sidecar was started before its turn"),
  APP_BEFORE_INIT(
      "app-before-init",
      "L-122",
      Severity.VIOLATION,
      "an app container was started before initialization was over"),
  STOP_ORDER(
      "stop-order", "L-433", Severity.VIOLATION, "a sidecar was stopped before its turn came"),
  SIGTERM_MISSING(
      "sigterm-missing",
      "L-400",
      Severity.VIOLATION,
      "a container was killed with SIGKILL long before its grace was over"),
  GRACE_OVERRUN(
      "grace-overrun", "L-402", Severity.VIOLATION, "a container outlived its pod's grace"),
  BACK_OFF(
      "back-off",
      "L-311",
      Severity.VIOLATION,
      "a container was restarted before its back-off was over, twice in a row"),
  RESTART_OVERDUE(
      "restart-overdue",
      "L-311",
      Severity.VIOLATION,
      "a container was not restarted when its longest possible back-off was over"),
  STUCK_INITIALIZING(
      "stuck-initializing", "L-112", Severity.ATTENTION, "initialization does not get on"),
  JOB_HELD(
      "job-held",
      "L-441",
      Severity.ATTENTION,
      "a Job's pod is kept Running by a container beside those that have completed"),
  READINESS(
      "readiness",
      "L-604",
      Severity.VIOLATION,
      "readiness of the pod contradicts that of its containers"),
  CONTAINER_READY(
      "container-ready",
      "L-221",
      Severity.VIOLATION,
      "a container that does not run is called ready"),
  QOS("qos", "R-051", Severity.VIOLATION, "the QoS class is not the one the spec makes"),
  RESOURCES(
      "resources",
      "L-620",
      Severity.VIOLATION,
      "what is set aside for a container is not what its spec requests, and no resize waits"),
  SUMS(
      "sums",
      "R-022",
      Severity.VIOLATION,
      "what is set aside for the pod is not the sum of its containers"),
  LIMITS_IN_FORCE(
      "limits-in-force",
      "L-621",
      Severity.ATTENTION,
      "a container runs under other limits than it was given, and no resize is under way");

  /** How sure and how bad. */
  public enum Severity {
    /** What was seen cannot come from a kubelet that follows the rule. */
    VIOLATION("violation"),
    /** No rule is broken, but somebody should look. */
    ATTENTION("attention");

    private final String text;

    Severity(String text) {
      this.text = text;
    }

    /** As it is written. */
    public String text() {
      return text;
    }
  }

  private final String id;
  private final String rule;
  private final Severity severity;
  private final String title;

  FindingKind(String id, String rule, Severity severity, String title) {
    this.id = id;
    this.rule = rule;
    this.severity = severity;
    this.title = title;
  }

  /** The id in outputs and docs/observe.md. */
  public String id() {
    return id;
  }

  /** The rule it rests on, see {@code slipway rules}. */
  public String rule() {
    return rule;
  }

  public Severity severity() {
    return severity;
  }

  /** One sentence. */
  public String title() {
    return title;
  }

  int bit() {
    return 1 << ordinal();
  }
}

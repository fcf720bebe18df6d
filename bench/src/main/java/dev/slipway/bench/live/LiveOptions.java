package dev.slipway.bench.live;

import java.time.Duration;

/**
 * What is to be measured.
 *
 * @param pods how many
 * @param containers of each pod: an init container and a sidecar if there is room, apps
 * @param probes of each app container: readiness, liveness, startup
 * @param period of the probes
 * @param shards and threads, one each
 * @param duration of the steady phase; the load phases last a sixth of it each, 5 s at least
 * @param eventRate containers killed a second in the second half of the steady phase
 * @param churnPercent of the pods replaced a minute in the churn phase
 * @param churn how long that phase lasts; zero: there is none
 * @param raw measure bare Pekko actors too
 */
record LiveOptions(
    int pods,
    int containers,
    int probes,
    Duration period,
    int shards,
    Duration duration,
    int eventRate,
    double churnPercent,
    Duration churn,
    boolean raw) {
  private static final Duration LOAD_MIN = Duration.ofSeconds(5);

  /** Actors of all pods. */
  long actors() {
    return (long) pods * (1 + containers);
  }

  /** How long a phase of full load lasts. */
  Duration load() {
    Duration sixth = duration.dividedBy(6);
    return sixth.compareTo(LOAD_MIN) < 0 ? LOAD_MIN : sixth;
  }
}

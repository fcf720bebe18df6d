package dev.slipway.actors;

/**
 * What the shards count; always adds up: {@code created = pending + running + succeeded + failed +
 * unknown + deleted}.
 *
 * @param created pods taken in
 * @param pending objects whose phase is Pending
 * @param running objects whose phase is Running
 * @param succeeded objects whose phase is Succeeded
 * @param failed objects whose phase is Failed
 * @param unknown objects whose phase is Unknown
 * @param deleted objects gone from the API
 * @param ready objects whose Ready condition is True
 * @param restarts of containers of the objects there are
 * @param starts containers started
 * @param messages taken by pods and containers
 * @param timers deadlines of the engine that reached a pod or container
 * @param probes executions of probes that were ordered
 * @param rebuilt pods built anew after a failure of the engine
 * @param abandoned pods given up after too many such failures
 * @param ignored commands about pods the shard does not know, or knows already
 * @param listenerFailures calls of the status listener that threw
 */
public record Totals(
    long created,
    long pending,
    long running,
    long succeeded,
    long failed,
    long unknown,
    long deleted,
    long ready,
    long restarts,
    long starts,
    long messages,
    long timers,
    long probes,
    long rebuilt,
    long abandoned,
    long ignored,
    long listenerFailures) {
  public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Objects in the API. */
  public long pods() {
    return pending + running + succeeded + failed + unknown;
  }

  /** Both together. */
  public Totals plus(Totals other) {
    return new Totals(
        created + other.created,
        pending + other.pending,
        running + other.running,
        succeeded + other.succeeded,
        failed + other.failed,
        unknown + other.unknown,
        deleted + other.deleted,
        ready + other.ready,
        restarts + other.restarts,
        starts + other.starts,
        messages + other.messages,
        timers + other.timers,
        probes + other.probes,
        rebuilt + other.rebuilt,
        abandoned + other.abandoned,
        ignored + other.ignored,
        listenerFailures + other.listenerFailures);
  }
}

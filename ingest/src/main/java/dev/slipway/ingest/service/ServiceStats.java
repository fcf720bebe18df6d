package dev.slipway.ingest.service;

/**
 * What one loop has done so far.
 *
 * @param records records processed, those of transactions that were undone included
 * @param transactions transactions committed
 * @param restored changelog records read
 * @param sessions times it had to begin anew
 * @param pauses times it paused its partitions for a slow sink or a restore
 * @param partitions partitions owned
 * @param restoring of them, being restored
 * @param keys pods in the state
 * @param lag records behind the end of the feed, -1: unknown
 * @param caughtUp it has seen the end of each of its partitions since it got them
 */
public record ServiceStats(
    long records,
    long transactions,
    long restored,
    long sessions,
    long pauses,
    int partitions,
    int restoring,
    long keys,
    long lag,
    boolean caughtUp) {
  /** The same of a service whose feed another one writes. */
  public ServiceStats behind(ServiceStats before) {
    return new ServiceStats(
        records,
        transactions,
        restored,
        sessions + before.sessions,
        pauses + before.pauses,
        partitions,
        restoring,
        keys,
        lag < 0 || before.lag < 0 ? -1 : lag + before.lag,
        caughtUp && before.caughtUp);
  }

  static final ServiceStats NONE = new ServiceStats(0, 0, 0, 0, 0, 0, 0, 0, -1, false);
}

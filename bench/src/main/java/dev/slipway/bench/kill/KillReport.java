package dev.slipway.bench.kill;

/**
 * What killing did.
 *
 * @param kills processes killed
 * @param working of them, while they owned partitions and had committed something
 * @param brokerRestarts times the broker was killed
 * @param instances services of one group at a time
 * @param fed records of the feed
 * @param records outputs of the undisturbed run
 * @param lost outputs of the undisturbed run that the killed one does not have
 * @param duplicated outputs the killed one has more often
 * @param different outputs that only the killed one has, keys whose order differs, and last values
 *     of compacted keys that differ
 * @param findings findings among the outputs
 */
public record KillReport(
    int kills,
    int working,
    int brokerRestarts,
    int instances,
    long fed,
    long records,
    long lost,
    long duplicated,
    long different,
    long findings,
    long seconds) {
  /** Nothing lost, doubled or different. */
  public boolean exact() {
    return lost + duplicated + different == 0;
  }
}

package dev.slipway.engine.scheduling;

/**
 * How a scheduler searches and breaks ties.
 *
 * @param sampled stop when enough feasible nodes are found, as the reference does in clusters of
 *     100 nodes and more (K-005); else look at all nodes
 * @param seeded ties go to one of the best nodes drawn from the seed; else to the first in order of
 *     arrival (K-007)
 */
public record SchedulerOptions(boolean sampled, boolean seeded, long seed) {
  /** All nodes, first of the best. */
  public static final SchedulerOptions FULL = new SchedulerOptions(false, false, 0);

  /** The reference's search in large clusters, first of the best. */
  public static final SchedulerOptions SAMPLED = new SchedulerOptions(true, false, 0);

  /** The same with ties drawn from a seed. */
  public SchedulerOptions withSeed(long newSeed) {
    return new SchedulerOptions(sampled, true, newSeed);
  }
}

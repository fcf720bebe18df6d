package dev.slipway.actors;

/**
 * What shards hold: pods whose object or actors are there, and deadlines that wait.
 *
 * @param pods an actor each, and one for each of its containers
 * @param deadlines probe ticks, back-off, grace and the runtime model's own
 */
public record ShardSize(long pods, long deadlines) {
  static final ShardSize NONE = new ShardSize(0, 0);

  ShardSize plus(ShardSize other) {
    return new ShardSize(pods + other.pods, deadlines + other.deadlines);
  }
}

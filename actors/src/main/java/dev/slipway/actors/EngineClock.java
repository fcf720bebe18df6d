package dev.slipway.actors;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/** Who advances the time of the shards. */
public sealed interface EngineClock {
  /**
   * Time goes on by itself.
   *
   * @param now epoch nanoseconds, never going back
   * @param tick how often a shard looks for deadlines that are over
   */
  record Live(LongSupplier now, Duration tick) implements EngineClock {}

  /** Time goes on when {@link EngineSystem#advanceTo} says so. */
  record Virtual(long start) implements EngineClock {}

  /** The machine's monotonic clock, set to the time of day once. */
  static Live live() {
    Instant day = Instant.now();
    long offset = day.getEpochSecond() * 1_000_000_000L + day.getNano() - System.nanoTime();
    return new Live(() -> offset + System.nanoTime(), Duration.ofMillis(10));
  }

  /** Virtual time that begins at {@code start}. */
  static EngineClock virtual(long start) {
    return new Virtual(start);
  }

  /** The time shards begin with. */
  default long start() {
    return switch (this) {
      case Live live -> live.now().getAsLong();
      case Virtual virtual -> virtual.start();
    };
  }
}

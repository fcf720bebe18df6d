package dev.slipway.ops.serve;

import dev.slipway.actors.EngineCommand;
import dev.slipway.actors.EngineSystem;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The way of a feed's commands into the shards. A shard that has enough waiting makes the feed
 * wait. Used by the feed's one thread; the counts may be read by others.
 */
final class Intake {
  private static final long FULL_WAIT_NANOS = 500_000L;

  private final EngineSystem engine;
  private final BooleanSupplier stopped;
  private volatile long taken;
  private volatile long waits;

  Intake(EngineSystem engine, BooleanSupplier stopped) {
    this.engine = engine;
    this.stopped = stopped;
  }

  /** Hands a command over, waiting as long as its shard is full; false once the run is over. */
  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
  boolean submit(EngineCommand command) {
    int shard = engine.shardOf(command.uid());
    while (!stopped.getAsBoolean()) {
      if (engine.submit(shard, command)) {
        taken++;
        return true;
      }
      waits++;
      LockSupport.parkNanos(FULL_WAIT_NANOS);
    }
    return false;
  }

  /** The run is over: nothing is taken any more. */
  boolean isOver() {
    return stopped.getAsBoolean();
  }

  /** Commands handed over so far. */
  long taken() {
    return taken;
  }

  /** How often the feed had to wait for a shard. */
  long waits() {
    return waits;
  }
}

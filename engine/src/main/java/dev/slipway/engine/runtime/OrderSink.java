package dev.slipway.engine.runtime;

/**
 * Where orders to remote runtimes go: a queue in memory, a Kafka topic, a stream to an agent.
 * Called on the thread of the pod's shard: must not block. Orders of one pod have to arrive in the
 * order they were given.
 */
@FunctionalInterface
public interface OrderSink {
  /** Takes an order; false: there is no room now. */
  boolean offer(RuntimeOrder order);
}

package dev.slipway.actors;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/** The threads of the actor system: one per group of shards, and a few for everything else. */
final class Dispatchers {
  private static final String SYSTEM =
      """
      pekko {
        loggers = ["org.apache.pekko.event.slf4j.Slf4jLogger"]
        logging-filter = "org.apache.pekko.event.slf4j.Slf4jLoggingFilter"
        loglevel = WARNING
        stdout-loglevel = WARNING
        # a letter to a pod that has just stopped is nothing to report
        log-dead-letters = off
        log-dead-letters-during-shutdown = off
        coordinated-shutdown.run-by-actor-system-terminate = off
        coordinated-shutdown.run-by-jvm-shutdown-hook = off
        actor.default-dispatcher.fork-join-executor {
          parallelism-min = 2
          parallelism-max = 2
        }
      }
      slipway-mailbox.mailbox-type = "dev.slipway.actors.LeanMailbox"
      """;

  /** The mailbox of pods and containers. */
  static final String MAILBOX = "slipway-mailbox";

  /**
   * One thread takes mailboxes in the order they became ready. Throughput: pods have one letter
   * under way, so it decides only how many commands a shard takes before its pods have their turn.
   */
  private static final String GROUP =
      """
      %s {
        type = Dispatcher
        executor = "thread-pool-executor"
        thread-pool-executor.fixed-pool-size = 1
        throughput = 256
      }
      """;

  private Dispatchers() {}

  /** The name of a group's dispatcher. */
  static String name(int group) {
    return "slipway-shards-" + group;
  }

  /** The configuration of a system with so many groups. */
  static Config config(int groups) {
    StringBuilder text = new StringBuilder(SYSTEM);
    for (int group = 0; group < groups; group++) {
      text.append(GROUP.formatted(name(group)));
    }
    return ConfigFactory.parseString(text.toString()).withFallback(ConfigFactory.load());
  }
}

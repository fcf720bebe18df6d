package dev.slipway.ingest.kafka;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.utils.internals.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Kafka from ending this process. A broker that gives up calls {@code Exit.exit} or {@code
 * Exit.halt}, which is right for a process of its own and wrong inside ours. The procedures are
 * global to the class loader, so they are installed once and stay: a broker that fails late, after
 * its {@code close}, must not take the process along either.
 */
final class KafkaExit {
  private static final AtomicReference<@Nullable String> LAST = new AtomicReference<>();

  static {
    Exit.setExitProcedure((status, message) -> refuse("exit", status, message));
    Exit.setHaltProcedure((status, message) -> refuse("halt", status, message));
  }

  private KafkaExit() {}

  /** Takes effect on first use; calling it again changes nothing. */
  static void prevent() {
    LAST.set(null);
  }

  /** What Kafka last wanted to exit for, null if it never did since {@link #prevent}. */
  static @Nullable String last() {
    return LAST.get();
  }

  /** Throws, because Kafka's callers rely on not being returned to. */
  private static void refuse(String how, int status, @Nullable String message) {
    String text = "broker wanted to " + how + ": status=" + status + " message=" + message;
    LAST.compareAndSet(null, text);
    throw new ExitRefused(text);
  }

  /** Stands where the process would have ended. */
  static final class ExitRefused extends RuntimeException {
    ExitRefused(String message) {
      super(message, null, false, false);
    }
  }
}

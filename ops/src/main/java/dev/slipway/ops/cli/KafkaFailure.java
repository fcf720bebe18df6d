package dev.slipway.ops.cli;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine;

/** What a command says when Kafka refuses it, in one line. */
final class KafkaFailure {
  private KafkaFailure() {}

  /** The command's work; a failure of Kafka's leaves as an unchecked exception. */
  @FunctionalInterface
  interface Work {
    int run() throws IOException, InterruptedException;
  }

  /** Runs it; gives its exit code, or tells why there is none: 2 for a wrong property, else 1. */
  static int guard(String command, Consumer<String> told, Work work)
      throws IOException, InterruptedException {
    try {
      return work.run();
    } catch (KafkaException | IllegalStateException e) {
      told.accept("slipway " + command + ": " + reason(e));
      return property(e) ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }
  }

  private static boolean property(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConfigException) {
        return true;
      }
    }
    return false;
  }

  /** The messages from the outermost to the innermost, each once. */
  private static String reason(Throwable failure) {
    StringBuilder reason = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
      if (reason.indexOf(message) < 0) {
        reason.append(reason.isEmpty() ? "" : ": ").append(message);
      }
    }
    return reason.toString();
  }
}

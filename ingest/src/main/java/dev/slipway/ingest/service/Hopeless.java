package dev.slipway.ingest.service;

import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** Tells what beginning anew would not help against, wherever it stands in the chain of causes. */
final class Hopeless {
  private Hopeless() {}

  /** Why it is, for people; empty: the next session may do better. */
  static Optional<String> reason(Throwable failure, ServiceSettings settings) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<String> reason = own(cause, settings);
      if (reason.isPresent()) {
        return reason;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> own(Throwable cause, ServiceSettings settings) {
    return switch (cause) {
      case FencedInstanceIdException _ ->
          Optional.of(
              "another process has taken over this instance name: instance=" + settings.instance());
      case AuthenticationException e ->
          Optional.of("Kafka does not know who we are: " + e.getMessage());
      case AuthorizationException e -> Optional.of("Kafka does not let us: " + e.getMessage());
      case RecordTooLargeException e ->
          Optional.of("a topic takes smaller records than it has to: " + e.getMessage());
      case ConfigException e -> Optional.of("client property: " + e.getMessage());
      default -> Optional.empty();
    };
  }
}

package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ingest.defaults.ApiGates;
import java.util.List;

/** Rules of probes, hooks and what they do (V-28 to V-30, V-40 to V-47). */
final class HandlerRules {
  private static final List<String> KINDS =
      List.of("exec", "httpGet", "tcpSocket", "grpc", "sleep");
  private static final String NOT_NEGATIVE = "must be greater than or equal to 0";

  private final FieldErrors errors;
  private final Scope scope;

  HandlerRules(FieldErrors errors, Scope scope) {
    this.errors = errors;
    this.scope = scope;
  }

  void probes(JsonNode container, Path path) {
    JsonNode liveness = container.path("livenessProbe");
    if (liveness.isObject()) {
      probe(liveness, path.child("livenessProbe"));
      once(liveness, path.child("livenessProbe"));
    }
    JsonNode readiness = container.path("readinessProbe");
    if (readiness.isObject()) {
      readiness(readiness, path.child("readinessProbe"));
    }
    JsonNode startup = container.path("startupProbe");
    if (startup.isObject()) {
      probe(startup, path.child("startupProbe"));
      once(startup, path.child("startupProbe"));
    }
  }

  private void probe(JsonNode probe, Path path) {
    handler(probe, path);
    for (String field :
        List.of(
            "initialDelaySeconds",
            "timeoutSeconds",
            "periodSeconds",
            "successThreshold",
            "failureThreshold")) {
      long value = probe.path(field).asLong();
      if (value < 0) {
        errors.invalid(path.child(field), value, NOT_NEGATIVE);
      }
    }
    JsonNode grace = probe.path("terminationGracePeriodSeconds");
    if (!grace.isMissingNode() && grace.asLong() <= 0) {
      errors.invalid(
          path.child("terminationGracePeriodSeconds"), grace.asLong(), "must be greater than 0");
    }
  }

  private void once(JsonNode probe, Path path) {
    long successes = probe.path("successThreshold").asLong();
    if (successes != 1) {
      errors.invalid(path.child("successThreshold"), successes, "must be 1");
    }
  }

  private void readiness(JsonNode probe, Path path) {
    probe(probe, path);
    JsonNode grace = probe.path("terminationGracePeriodSeconds");
    if (!grace.isMissingNode()) {
      errors.invalid(
          path.child("terminationGracePeriodSeconds"),
          grace.asLong(),
          "must not be set for readinessProbes");
    }
  }

  void lifecycle(JsonNode lifecycle, Path path) {
    for (String hook : List.of("postStart", "preStop")) {
      if (lifecycle.path(hook).isObject()) {
        handler(lifecycle.path(hook), path.child(hook));
      }
    }
    if (lifecycle.has("stopSignal")) {
      stopSignal(lifecycle.path("stopSignal").asText(), path.child("stopSignal"));
    }
  }

  private void stopSignal(String signal, Path path) {
    switch (scope.os()) {
      case null ->
          errors.forbidden(path, "may not be set for containers with empty `spec.os.name`");
      case "linux" -> supported(path, signal, Signals.LINUX);
      case "windows" -> supported(path, signal, Signals.WINDOWS);
      default -> {}
    }
  }

  private void supported(Path path, String value, List<String> values) {
    if (!values.contains(value)) {
      errors.notSupported(path, value, values);
    }
  }

  private void handler(JsonNode handler, Path path) {
    boolean found = false;
    for (String kind : KINDS) {
      if (!handler.path(kind).isObject()) {
        continue;
      }
      if (found) {
        errors.forbidden(path.child(kind), "may not specify more than 1 handler type");
      } else {
        found = true;
        action(kind, handler.path(kind), path.child(kind));
      }
    }
    if (!found) {
      errors.required(path, "must specify a handler type");
    }
  }

  private void action(String kind, JsonNode action, Path path) {
    switch (kind) {
      case "exec" -> exec(action, path);
      case "httpGet" -> httpGet(action, path);
      case "tcpSocket" -> port(action, path.child("port"));
      case "grpc" -> grpc(action, path);
      default -> sleep(action, path);
    }
  }

  private void exec(JsonNode exec, Path path) {
    if (exec.path("command").isEmpty()) {
      errors.required(path.child("command"), "");
    }
  }

  private void httpGet(JsonNode get, Path path) {
    port(get, path.child("port"));
    supported(path.child("scheme"), get.path("scheme").asText(), List.of("HTTP", "HTTPS"));
    get.path("httpHeaders")
        .forEach(header -> {
          String name = header.path("name").asText();
          errors.invalid(path.child("httpHeaders"), name, Words.httpHeader(name));
        });
    if (get.has("protocol")) {
      supported(path.child("protocol"), get.path("protocol").asText(), List.of("HTTP1", "HTTP2"));
    }
  }

  private void grpc(JsonNode grpc, Path path) {
    port(grpc, path.child("port"));
    if (grpc.has("mode")) {
      supported(path.child("mode"), grpc.path("mode").asText(), List.of("Plaintext", "TLS"));
    }
  }

  private void port(JsonNode action, Path path) {
    JsonNode port = action.path("port");
    if (port.isTextual()) {
      errors.invalid(path, port.asText(), Words.portName(port.asText()));
    } else {
      Words.portNumber(port.asLong()).forEach(wrong -> errors.invalid(path, port.asLong(), wrong));
    }
  }

  private void sleep(JsonNode sleep, Path path) {
    long seconds = sleep.path("seconds").asLong();
    long grace = scope.graceSeconds();
    if (!scope.gates().on(ApiGates.SLEEP_ZERO)) {
      if (seconds <= 0 || seconds > grace) {
        errors.invalid(
            path,
            seconds,
            "must be greater than 0 and less than terminationGracePeriodSeconds ("
                + grace
                + "). Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep.");
      }
    } else if (seconds < 0 || seconds > grace) {
      errors.invalid(
          path,
          seconds,
          "must be non-negative and less than terminationGracePeriodSeconds (" + grace + ")");
    }
  }
}

package dev.slipway.engine.api;

import org.jspecify.annotations.Nullable;

/**
 * One probe of a container, defaulted (rule P-001). Values an API server would refuse are made
 * harmless here (rule P-009), so that a feed nobody validated cannot stop the engine.
 */
public record ProbeSpec(
    Handler handler,
    int initialDelaySeconds,
    int timeoutSeconds,
    int periodSeconds,
    int successThreshold,
    int failureThreshold,
    @Nullable Long terminationGracePeriodSeconds) {
  public ProbeSpec {
    initialDelaySeconds = Math.max(0, initialDelaySeconds);
    timeoutSeconds = timeoutSeconds <= 0 ? 1 : timeoutSeconds;
    periodSeconds = periodSeconds <= 0 ? 10 : periodSeconds;
    successThreshold = successThreshold <= 0 ? 1 : successThreshold;
    failureThreshold = failureThreshold <= 0 ? 3 : failureThreshold;
  }
}

package dev.slipway.engine.job;

import dev.slipway.engine.api.ConditionStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One entry of {@code podFailurePolicy.rules}: either exit codes or conditions. */
public record FailureRule(
    String action, @Nullable OnExitCodes onExitCodes, List<OnCondition> onPodConditions) {
  public FailureRule {
    onPodConditions = List.copyOf(onPodConditions);
  }

  /** Exit codes of one container, or of any where it names none. */
  public record OnExitCodes(@Nullable String containerName, String operator, List<Integer> values) {
    public OnExitCodes {
      values = List.copyOf(values);
    }

    boolean matches(int exitCode) {
      return switch (operator) {
        case "In" -> values.contains(exitCode);
        case "NotIn" -> !values.contains(exitCode);
        default -> false;
      };
    }
  }

  /** A condition of the pod. */
  public record OnCondition(String type, ConditionStatus status) {}
}

package dev.slipway.engine.job;

import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodCondition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job's failure policy makes of a failed pod (L-510 a): the first rule that matches decides.
 */
public final class FailurePolicy {
  private static final Match NOTHING = new Match(true, null, null);

  private FailurePolicy() {}

  /**
   * A judgement.
   *
   * @param counted whether the failure counts against the limits
   * @param action the action of the rule that matched, null if none did
   * @param message why the job fails, null unless it does
   */
  public record Match(boolean counted, @Nullable String action, @Nullable String message) {
    boolean failsIndex() {
      return "FailIndex".equals(action);
    }
  }

  /** Judges a pod; no rules at all count every failure. */
  public static Match of(@Nullable List<FailureRule> rules, Pod pod) {
    if (rules == null) {
      return NOTHING;
    }
    for (int i = 0; i < rules.size(); i++) {
      FailureRule rule = rules.get(i);
      String what =
          rule.onExitCodes() != null ? exited(rule.onExitCodes(), pod) : condition(rule, pod);
      if (what == null) {
        continue;
      }
      switch (rule.action()) {
        case "Ignore" -> {
          return new Match(false, rule.action(), null);
        }
        case "FailIndex", "Count" -> {
          return new Match(true, rule.action(), null);
        }
        case "FailJob" -> {
          String message = what + " matching FailJob rule at index " + i;
          return new Match(true, rule.action(), message);
        }
        default -> {}
      }
    }
    return NOTHING;
  }

  private static @Nullable String condition(FailureRule rule, Pod pod) {
    for (PodCondition condition : pod.status().conditions()) {
      for (FailureRule.OnCondition wanted : rule.onPodConditions()) {
        if (condition.type().equals(wanted.type()) && condition.status() == wanted.status()) {
          return "Pod " + pod.metadata().key() + " has condition " + condition.type();
        }
      }
    }
    return null;
  }

  /** Apps before init containers, sidecars among these. */
  private static @Nullable String exited(FailureRule.OnExitCodes wanted, Pod pod) {
    String app = exited(wanted, pod, pod.status().containerStatuses());
    return app != null ? app : exited(wanted, pod, pod.status().initContainerStatuses());
  }

  private static @Nullable String exited(
      FailureRule.OnExitCodes wanted, Pod pod, List<ContainerStatus> statuses) {
    for (ContainerStatus status : statuses) {
      boolean named =
          wanted.containerName() == null || wanted.containerName().equals(status.name());
      if (named
          && status.state() instanceof ContainerState.Terminated terminated
          && terminated.exitCode() != 0
          && wanted.matches(terminated.exitCode())) {
        return "Container "
            + status.name()
            + " for pod "
            + pod.metadata().key()
            + " failed with exit code "
            + terminated.exitCode();
      }
    }
    return null;
  }
}

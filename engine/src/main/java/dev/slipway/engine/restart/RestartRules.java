package dev.slipway.engine.restart;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.RestartRule;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.RecordState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is restarted after what (rules L-300 to L-305; pkg/kubelet/container/helpers.go and
 * pkg/api/v1/pod/util.go, 1.37.2). Pure functions.
 */
public final class RestartRules {
  private RestartRules() {}

  /** The first rule that matches the exit code, null if none does (rule L-301). */
  public static @Nullable RestartRule match(ContainerSpec container, int exitCode) {
    List<RestartRule> rules = container.restartPolicyRules();
    for (int i = 0; i < rules.size(); i++) {
      RestartRule rule = rules.get(i);
      if (rule.matches(exitCode)) {
        return rule;
      }
    }
    return null;
  }

  /** True if the first matching rule restarts all containers of the pod. */
  public static boolean matchesRestartAll(Profile profile, ContainerSpec container, int exitCode) {
    if (!profile.restartAllContainers()) {
      return false;
    }
    RestartRule rule = match(container, exitCode);
    return rule != null && rule.action() == RestartRule.Action.RESTART_ALL_CONTAINERS;
  }

  /** True if the container is restarted after that exit code (rule L-302). */
  public static boolean restartsAfter(
      Profile profile, RestartPolicy podPolicy, ContainerSpec container, int exitCode) {
    RestartPolicy own = container.restartPolicy();
    if (own == null || !profile.containerRestartRules()) {
      return byPolicy(podPolicy, exitCode);
    }
    RestartRule rule = match(container, exitCode);
    if (rule != null) {
      if (rule.action() == RestartRule.Action.RESTART) {
        return true;
      }
      if (rule.action() == RestartRule.Action.RESTART_ALL_CONTAINERS
          && profile.restartAllContainers()) {
        return true;
      }
    }
    return byPolicy(own, exitCode);
  }

  /** The plain policy (table of rule L-302). */
  public static boolean byPolicy(RestartPolicy policy, int exitCode) {
    return switch (policy) {
      case ALWAYS -> true;
      case ON_FAILURE -> exitCode != 0;
      case NEVER -> false;
    };
  }

  /**
   * True unless a container that cannot be asked for its exit code must stay down: its own policy
   * if set, else the pod's, is Never (rules L-117, L-133).
   */
  public static boolean notNever(Profile profile, PodShape shape, int c) {
    RestartPolicy own = shape.container(c).restartPolicy();
    if (own != null && (profile.containerRestartRules() || shape.isSidecar(c))) {
      return own != RestartPolicy.NEVER;
    }
    return shape.spec.restartPolicy() != RestartPolicy.NEVER;
  }

  /**
   * True if some end of the container leads to another start of it alone: its own policy if set and
   * its rules, else the pod's policy (util.go IsContainerRestartable).
   */
  public static boolean restartable(RestartPolicy podPolicy, ContainerSpec container) {
    RestartPolicy own = container.restartPolicy();
    if (own == null) {
      return podPolicy != RestartPolicy.NEVER;
    }
    for (RestartRule rule : container.restartPolicyRules()) {
      if (rule.action() == RestartRule.Action.RESTART) {
        return true;
      }
    }
    return own != RestartPolicy.NEVER;
  }

  /** {@code shouldRestart} of rule L-130, by the newest record of any sandbox. */
  public static boolean shouldRestart(Profile profile, PodState pod, int c) {
    if (pod.meta.deleting()) {
      return false;
    }
    ContainerRecord record = pod.slots[c].newest;
    if (record == null) {
      return true;
    }
    return switch (record.state) {
      case RUNNING -> false;
      case UNKNOWN, CREATED -> true;
      case EXITED ->
          restartsAfter(
              profile, pod.shape.spec.restartPolicy(), pod.shape.container(c), record.exitCode);
    };
  }

  /** True if the record ended in a way that fails a regular init container (rule L-117). */
  public static boolean failed(ContainerRecord record) {
    return record.state == RecordState.UNKNOWN
        || record.exitCode != 0
        || record.reason.equals("OOMKilled");
  }
}

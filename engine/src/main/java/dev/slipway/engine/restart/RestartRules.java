package dev.slipway.engine.restart;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.RestartRule;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.RecordState;
import dev.slipway.engine.why.Cause;
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
    return after(profile, podPolicy, container, exitCode) != null;
  }

  /** Why the container is restarted after that exit code (rule L-302); null: it is not. */
  public static @Nullable Cause after(
      Profile profile, RestartPolicy podPolicy, ContainerSpec container, int exitCode) {
    RestartPolicy own = container.restartPolicy();
    if (own == null || !profile.containerRestartRules()) {
      return afterByPolicy(podPolicy, exitCode);
    }
    RestartRule rule = match(container, exitCode);
    if (rule != null) {
      if (rule.action() == RestartRule.Action.RESTART) {
        return Cause.RULE_RESTARTS;
      }
      if (rule.action() == RestartRule.Action.RESTART_ALL_CONTAINERS
          && profile.restartAllContainers()) {
        return Cause.RULE_RESTARTS_ALL;
      }
    }
    return afterByPolicy(own, exitCode);
  }

  /** The plain policy (table of rule L-302). */
  public static boolean byPolicy(RestartPolicy policy, int exitCode) {
    return afterByPolicy(policy, exitCode) != null;
  }

  private static @Nullable Cause afterByPolicy(RestartPolicy policy, int exitCode) {
    return switch (policy) {
      case ALWAYS -> Cause.POLICY_ALWAYS;
      case ON_FAILURE -> exitCode == 0 ? null : Cause.POLICY_ON_FAILURE;
      case NEVER -> null;
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
    return start(profile, pod, c) != null;
  }

  /** Why the container is to be started (again), null if it is not: {@link #shouldRestart}. */
  public static @Nullable Cause start(Profile profile, PodState pod, int c) {
    if (pod.meta.deleting()) {
      return null;
    }
    ContainerRecord record = pod.slots[c].newest;
    if (record == null) {
      return Cause.NO_RECORD;
    }
    return switch (record.state()) {
      case RUNNING -> null;
      case UNKNOWN -> Cause.APP_UNKNOWN;
      case CREATED -> Cause.APP_HALF_STARTED;
      case EXITED ->
          after(profile, pod.shape.spec.restartPolicy(), pod.shape.container(c), record.exitCode());
    };
  }

  /** True if the record ended in a way that fails a regular init container (rule L-117). */
  public static boolean failed(ContainerRecord record) {
    return record.state() == RecordState.UNKNOWN
        || record.exitCode() != 0
        || record.reason().equals("OOMKilled");
  }
}

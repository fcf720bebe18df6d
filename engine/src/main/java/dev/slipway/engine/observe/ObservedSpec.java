package dev.slipway.engine.observe;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ImagePullPolicy;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.RestartRule;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.resources.EffectiveResources;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QosClass;
import dev.slipway.engine.resources.QosRules;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceNames;
import dev.slipway.engine.resources.ResourceOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What judging a pod needs of its spec, and nothing else; equal ones are shared. Containers are
 * numbered as in {@link dev.slipway.engine.state.PodShape}: init containers in spec order, then app
 * containers. Ephemeral containers are not judged.
 *
 * @param graceSeconds {@code terminationGracePeriodSeconds}, 30 where absent
 * @param deadlineSeconds {@code activeDeadlineSeconds}, {@link #UNSET} where absent
 * @param cpuMilli effective cpu request, rounded up
 * @param memoryBytes effective memory request, rounded up
 * @param appStart number of init containers, sidecars included
 */
record ObservedSpec(
    RestartPolicy restartPolicy,
    long graceSeconds,
    long deadlineSeconds,
    QosClass qos,
    long cpuMilli,
    long memoryBytes,
    int appStart,
    List<String> readinessGates,
    List<Container> containers) {
  static final long UNSET = -1;
  private static final long DEFAULT_GRACE_SECONDS = 30;

  /** Rules L-403, L-404: what a stop may take beyond its grace: the floor and two truncations. */
  static final long STOP_SLACK = 4 * Times.SECOND;

  ObservedSpec {
    readinessGates = List.copyOf(readinessGates);
    containers = List.copyOf(containers);
  }

  /**
   * One container.
   *
   * @param sidecar an init container that always restarts
   * @param probed it has a liveness or startup probe, so that the kubelet may stop it at any time
   * @param probeGraceSeconds the largest grace of those probes, {@link #UNSET} if they have none
   * @param preStop it has such a hook
   * @param postStart it has such a hook
   * @param key hash of what keys its back-off (rule L-310)
   */
  record Container(
      String name,
      boolean sidecar,
      boolean probed,
      long probeGraceSeconds,
      boolean preStop,
      boolean postStart,
      @Nullable RestartPolicy ownPolicy,
      List<RestartRule> rules,
      long key) {
    Container {
      rules = List.copyOf(rules);
    }

    /** What the restart rules read of a container. */
    ContainerSpec forRestart() {
      return new ContainerSpec(
          name,
          "",
          ImagePullPolicy.IF_NOT_PRESENT,
          ownPolicy,
          rules,
          null,
          null,
          null,
          null,
          null,
          "",
          ResourceRequirements.NONE,
          List.of(),
          List.of());
    }
  }

  static ObservedSpec of(PodSpec spec) {
    List<Container> containers = new ArrayList<>();
    spec.initContainers().forEach(c -> containers.add(container(c, true)));
    spec.containers().forEach(c -> containers.add(container(c, false)));
    PodResources resources = PodResources.of(spec);
    ResourceList requests = EffectiveResources.podRequests(resources, ResourceOptions.SCHEDULER);
    Long grace = spec.terminationGracePeriodSeconds();
    Long deadline = spec.activeDeadlineSeconds();
    return new ObservedSpec(
        spec.restartPolicy(),
        grace == null ? DEFAULT_GRACE_SECONDS : grace,
        deadline == null ? UNSET : deadline,
        QosRules.compute(resources),
        requests.getOrZero(ResourceNames.CPU).milliValue(),
        requests.getOrZero(ResourceNames.MEMORY).value(),
        spec.initContainers().size(),
        spec.readinessGates(),
        containers);
  }

  private static Container container(ContainerSpec c, boolean init) {
    return new Container(
        c.name(),
        init && c.restartPolicy() == RestartPolicy.ALWAYS,
        c.livenessProbe() != null || c.startupProbe() != null,
        Math.max(graceOf(c.livenessProbe()), graceOf(c.startupProbe())),
        c.preStop() != null,
        c.postStart() != null,
        c.restartPolicy(),
        c.restartPolicyRules(),
        31L * c.image().hashCode() + c.resources().hashCode());
  }

  private static long graceOf(@Nullable ProbeSpec probe) {
    Long own = probe == null ? null : probe.terminationGracePeriodSeconds();
    return own == null ? UNSET : own;
  }

  int count() {
    return containers.size();
  }

  boolean isRegularInit(int c) {
    return c < appStart && !containers.get(c).sidecar();
  }

  boolean isApp(int c) {
    return c >= appStart;
  }

  /** The ordinal of a container, -1 if there is none of that name. */
  int ordinal(String name) {
    for (int c = 0; c < containers.size(); c++) {
      if (containers.get(c).name().equals(name)) {
        return c;
      }
    }
    return -1;
  }

  boolean hasRestartAllRule() {
    for (Container c : containers) {
      for (RestartRule rule : c.rules()) {
        if (rule.action() == RestartRule.Action.RESTART_ALL_CONTAINERS) {
          return true;
        }
      }
    }
    return false;
  }

  boolean hasPostStart() {
    for (Container c : containers) {
      if (c.postStart()) {
        return true;
      }
    }
    return false;
  }

  /** The kubelet may stop that container at any time: a probe or a hook failed (L-133, L-211). */
  boolean mayBeStopped(int c) {
    return containers.get(c).probed() || containers.get(c).postStart();
  }

  /** The longest such a stop may take, nanoseconds (rule L-413). */
  long probeStopNanos(int c) {
    long grace = Math.max(graceSeconds, containers.get(c).probeGraceSeconds());
    return grace * Times.SECOND + STOP_SLACK;
  }
}

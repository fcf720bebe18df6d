package dev.slipway.engine.state;

import dev.slipway.engine.api.ContainerRole;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.RestartRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A pod spec with what the rules ask of it again and again worked out once. Containers are numbered
 * through: init containers in spec order, then app containers, then ephemeral ones; that number is
 * called the ordinal. One shape serves all pods of a template.
 */
public final class PodShape {
  public final PodSpec spec;

  /** Number of init containers, sidecars included; the ordinal of the first app container. */
  public final int appStart;

  /** Ordinal of the first ephemeral container. */
  public final int ephemeralStart;

  /** Number of all containers. */
  public final int count;

  public final boolean hasSidecar;

  /** Some container has a rule with action RestartAllContainers. */
  public final boolean hasRestartAllRule;

  private final ContainerSpec[] containers;
  private final ContainerRole[] roles;
  private final int[] statusOrder;

  private PodShape(PodSpec spec) {
    this.spec = spec;
    List<ContainerSpec> all = new ArrayList<>(spec.initContainers());
    all.addAll(spec.containers());
    all.addAll(spec.ephemeralContainers());
    this.containers = all.toArray(ContainerSpec[]::new);
    this.appStart = spec.initContainers().size();
    this.ephemeralStart = appStart + spec.containers().size();
    this.count = containers.length;
    this.roles = new ContainerRole[count];
    boolean sidecar = false;
    boolean restartAll = false;
    for (int c = 0; c < count; c++) {
      roles[c] = roleOf(c);
      sidecar |= roles[c] == ContainerRole.SIDECAR;
      if (c < ephemeralStart) {
        for (RestartRule rule : containers[c].restartPolicyRules()) {
          restartAll |= rule.action() == RestartRule.Action.RESTART_ALL_CONTAINERS;
        }
      }
    }
    this.hasSidecar = sidecar;
    this.hasRestartAllRule = restartAll;
    this.statusOrder =
        IntStream.concat(
                IntStream.range(0, appStart),
                IntStream.concat(byName(appStart, ephemeralStart), byName(ephemeralStart, count)))
            .toArray();
  }

  /** Works out the shape of a spec. */
  public static PodShape of(PodSpec spec) {
    return new PodShape(spec);
  }

  private ContainerRole roleOf(int c) {
    if (c >= ephemeralStart) {
      return ContainerRole.EPHEMERAL;
    }
    if (c >= appStart) {
      return ContainerRole.APP;
    }
    return containers[c].restartPolicy() == RestartPolicy.ALWAYS
        ? ContainerRole.SIDECAR
        : ContainerRole.REGULAR_INIT;
  }

  private IntStream byName(int from, int to) {
    return IntStream.range(from, to)
        .boxed()
        .sorted(Comparator.comparing((Integer c) -> containers[c].name()))
        .mapToInt(Integer::intValue);
  }

  public ContainerSpec container(int ordinal) {
    return containers[ordinal];
  }

  public ContainerRole role(int ordinal) {
    return roles[ordinal];
  }

  public boolean isSidecar(int ordinal) {
    return roles[ordinal] == ContainerRole.SIDECAR;
  }

  public boolean isApp(int ordinal) {
    return roles[ordinal] == ContainerRole.APP;
  }

  /** True for app containers and sidecars, the containers that may have probes (P-008). */
  public boolean mayHaveProbes(int ordinal) {
    return roles[ordinal] == ContainerRole.APP || roles[ordinal] == ContainerRole.SIDECAR;
  }

  /**
   * The ordinal at a place of the status lists: init in spec order, app and ephemeral by name (rule
   * L-520).
   */
  public int statusOrder(int place) {
    return statusOrder[place];
  }

  /** The ordinal of a container by name, -1 if there is none. */
  public int ordinal(String name) {
    for (int c = 0; c < count; c++) {
      if (containers[c].name().equals(name)) {
        return c;
      }
    }
    return -1;
  }
}

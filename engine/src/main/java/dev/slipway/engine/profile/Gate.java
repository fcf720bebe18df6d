package dev.slipway.engine.profile;

import static dev.slipway.engine.profile.Release.V1_28;
import static dev.slipway.engine.profile.Release.V1_29;
import static dev.slipway.engine.profile.Release.V1_30;
import static dev.slipway.engine.profile.Release.V1_32;
import static dev.slipway.engine.profile.Release.V1_33;
import static dev.slipway.engine.profile.Release.V1_34;
import static dev.slipway.engine.profile.Release.V1_35;
import static dev.slipway.engine.profile.Release.V1_36;
import static dev.slipway.engine.profile.Release.V1_37;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A feature gate of kubelet or API server that changes what the engine answers, with its state in
 * each release (rule L-002, table of section 0.1; pkg/features/kube_features.go, 1.28 to 1.37).
 */
public enum Gate {
  CHANGE_CONTAINER_STATUS_ON_KUBELET_RESTART(
      "ChangeContainerStatusOnKubeletRestart", builtIn(V1_28), off(V1_35)),
  CONTAINER_RESTART_RULES("ContainerRestartRules", off(V1_34), on(V1_35)),
  CONTAINER_STOP_SIGNALS("ContainerStopSignals", off(V1_33)),
  GRPC_CONTAINER_PROBE_TLS("GRPCContainerProbeTLS", off(V1_37)),
  H2C_CONTAINER_PROBE("H2CContainerProbe", off(V1_37)),
  IN_PLACE_POD_VERTICAL_SCALING("InPlacePodVerticalScaling", off(V1_28), on(V1_33), locked(V1_35)),
  KUBELET_CRASH_LOOP_BACK_OFF_MAX("KubeletCrashLoopBackOffMax", off(V1_32), on(V1_35)),
  LEGACY_SIDECAR_CONTAINERS("LegacySidecarContainers", builtIn(V1_28), off(V1_33), absent(V1_34)),
  POD_LEVEL_RESOURCES("PodLevelResources", off(V1_32), on(V1_34)),
  POD_LIFECYCLE_SLEEP_ACTION(
      "PodLifecycleSleepAction", off(V1_29), on(V1_30), locked(V1_34), builtIn(V1_37)),
  POD_OBSERVED_GENERATION_TRACKING(
      "PodObservedGenerationTracking", off(V1_33), on(V1_34), locked(V1_35)),
  POD_READY_TO_START_CONTAINERS_CONDITION(
      "PodReadyToStartContainersCondition", off(V1_28), on(V1_29), locked(V1_37)),
  REDUCE_DEFAULT_CRASH_LOOP_BACK_OFF_DECAY("ReduceDefaultCrashLoopBackOffDecay", off(V1_33)),
  SIDECAR_CONTAINERS("SidecarContainers", off(V1_28), on(V1_29), locked(V1_33), builtIn(V1_36)),

  IN_PLACE_POD_LEVEL_RESOURCES_VERTICAL_SCALING(
      "InPlacePodLevelResourcesVerticalScaling", POD_LEVEL_RESOURCES, off(V1_35), on(V1_36)),
  IN_PLACE_POD_VERTICAL_SCALING_INIT_CONTAINERS(
      "InPlacePodVerticalScalingInitContainers",
      IN_PLACE_POD_VERTICAL_SCALING,
      on(V1_36),
      locked(V1_37)),
  POD_LEVEL_RESOURCES_FIX_DEFAULTING(
      "PodLevelResourcesFixDefaulting", POD_LEVEL_RESOURCES, on(V1_37)),
  POD_LIFECYCLE_SLEEP_ACTION_ALLOW_ZERO(
      "PodLifecycleSleepActionAllowZero",
      POD_LIFECYCLE_SLEEP_ACTION,
      off(V1_32),
      on(V1_33),
      locked(V1_34),
      builtIn(V1_37)),
  RESTART_ALL_CONTAINERS_ON_CONTAINER_EXITS(
      "RestartAllContainersOnContainerExits", CONTAINER_RESTART_RULES, off(V1_35), on(V1_36));

  /** How a release has a gate. */
  public enum State {
    /** The release has neither the gate nor what it stands for. */
    ABSENT(false, false),
    OFF(false, true),
    ON(true, true),
    /** On, and refused to be changed. */
    LOCKED(true, false),
    /** What it stands for holds without a gate. */
    BUILT_IN(true, false);

    private final boolean on;
    private final boolean settable;

    State(boolean on, boolean settable) {
      this.on = on;
      this.settable = settable;
    }

    /** What the gate stands for holds, unless somebody changes the gate. */
    public boolean on() {
      return on;
    }

    /** The gate may be changed. */
    public boolean settable() {
      return settable;
    }

    /** The release knows a gate of that name. */
    boolean known() {
      return settable || this == LOCKED;
    }
  }

  private record Since(Release release, State state) {}

  private final String text;
  private final @Nullable Gate needs;
  private final Since[] history;

  Gate(String text, Since... history) {
    this(text, null, history);
  }

  Gate(String text, @Nullable Gate needs, Since... history) {
    this.text = text;
    this.needs = needs;
    this.history = history;
  }

  private static Since absent(Release release) {
    return new Since(release, State.ABSENT);
  }

  private static Since off(Release release) {
    return new Since(release, State.OFF);
  }

  private static Since on(Release release) {
    return new Since(release, State.ON);
  }

  private static Since locked(Release release) {
    return new Since(release, State.LOCKED);
  }

  private static Since builtIn(Release release) {
    return new Since(release, State.BUILT_IN);
  }

  /** The kubelet's spelling. */
  public String text() {
    return text;
  }

  /** The gate this one cannot be on without, null if there is none. */
  public @Nullable Gate needs() {
    return needs;
  }

  /** How the release has the gate. */
  public State state(Release release) {
    State state = State.ABSENT;
    for (Since since : history) {
      if (release.atLeast(since.release())) {
        state = since.state();
      }
    }
    return state;
  }

  /**
   * The gate of that name, to be set in that release. A name the release does not know is an {@link
   * IllegalArgumentException} that lists the ones it does.
   */
  public static Gate of(String text, Release release) {
    for (Gate gate : values()) {
      if (gate.text.equals(text) && gate.state(release).known()) {
        return gate;
      }
    }
    throw new IllegalArgumentException(
        "unknown feature gate "
            + text
            + " in "
            + release.text()
            + "; there are "
            + String.join(", ", known(release)));
  }

  /** The names of the gates a release knows, in the order of the alphabet. */
  public static List<String> known(Release release) {
    return Arrays.stream(values())
        .filter(gate -> gate.state(release).known())
        .map(Gate::text)
        .sorted()
        .collect(Collectors.toList());
  }
}

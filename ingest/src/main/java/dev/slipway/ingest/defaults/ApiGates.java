package dev.slipway.ingest.defaults;

import dev.slipway.engine.profile.Gate;
import dev.slipway.engine.profile.Gates;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which of the API server's feature gates are on. Gates nobody names have the state they have in
 * Kubernetes 1.37.
 *
 * @param changed the gates that differ from that
 */
public record ApiGates(Map<String, Boolean> changed) {
  public static final ApiGates DEFAULT = new ApiGates(Map.of());

  public static final String CONTAINER_RESTART_RULES = "ContainerRestartRules";
  public static final String RESTART_ALL_CONTAINERS = "RestartAllContainersOnContainerExits";
  public static final String CONTAINER_STOP_SIGNALS = "ContainerStopSignals";
  public static final String POD_LEVEL_RESOURCES = "PodLevelResources";
  public static final String POD_LEVEL_RESOURCES_FIX_DEFAULTING = "PodLevelResourcesFixDefaulting";
  public static final String POD_LEVEL_RESIZE = "InPlacePodLevelResourcesVerticalScaling";
  public static final String POD_RESIZE = "InPlacePodVerticalScaling";
  public static final String INIT_CONTAINER_RESIZE = "InPlacePodVerticalScalingInitContainers";
  public static final String SIDECAR_CONTAINERS = "SidecarContainers";
  public static final String SLEEP_ACTION = "PodLifecycleSleepAction";
  public static final String SLEEP_ZERO = "PodLifecycleSleepActionAllowZero";
  public static final String GRPC_PROBE_TLS = "GRPCContainerProbeTLS";
  public static final String H2C_PROBE = "H2CContainerProbe";

  private static final Set<String> OFF = Set.of(CONTAINER_STOP_SIGNALS, GRPC_PROBE_TLS, H2C_PROBE);

  public ApiGates {
    changed = Map.copyOf(changed);
  }

  /** The gates of an API server of the same release as a kubelet, set the same way. */
  public static ApiGates of(Gates gates) {
    Map<String, Boolean> states = new HashMap<>();
    for (Gate gate : Gate.values()) {
      states.put(gate.text(), gates.on(gate));
    }
    return new ApiGates(states);
  }

  /** The same gates with one more on. */
  public ApiGates with(String gate) {
    Map<String, Boolean> more = new HashMap<>(changed);
    more.put(gate, true);
    return new ApiGates(more);
  }

  /** Whether the gate is on. */
  public boolean on(String gate) {
    return changed.getOrDefault(gate, !OFF.contains(gate));
  }
}

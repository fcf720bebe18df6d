package dev.slipway.ingest.defaults;

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
  public static final String GRPC_PROBE_TLS = "GRPCContainerProbeTLS";
  public static final String H2C_PROBE = "H2CContainerProbe";

  private static final Set<String> OFF = Set.of(CONTAINER_STOP_SIGNALS, GRPC_PROBE_TLS, H2C_PROBE);

  public ApiGates {
    changed = Map.copyOf(changed);
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

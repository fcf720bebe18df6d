package dev.slipway.engine.status;

import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.resources.EffectiveResources;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceOptions;
import dev.slipway.engine.state.PodState;
import java.util.HashMap;
import java.util.Map;

/**
 * What a pod's status says about the resources of the whole pod (kubelet_pods.go
 * generateAPIPodStatus, 1.37.2).
 *
 * @param allocated requests set aside
 * @param inForce requests and limits in force
 */
public record ResourcesInStatus(Map<String, Quantity> allocated, ResourceRequirements inForce) {
  private static final String CPU = "cpu";
  private static final String MEMORY = "memory";

  /**
   * The pod-wide values of a pod whose resources are all allocated. Of a pod that the API shows
   * Running, what is in force is what the node measures: memory requests are known as allocated,
   * everything else stays what the status said before until the runtime says otherwise.
   *
   * @param before what the cached status says is in force
   */
  public static ResourcesInStatus of(PodState pod, ResourceRequirements before) {
    PodResources resources = PodResources.of(pod.shape.spec);
    Map<String, Quantity> requests =
        map(EffectiveResources.podRequests(resources, ResourceOptions.SPEC));
    ResourceRequirements inForce =
        pod.apiPhase == PodPhase.RUNNING
            ? measured(pod, requests, before)
            : new ResourceRequirements(
                requests, map(EffectiveResources.podLimits(resources, ResourceOptions.SPEC)));
    return new ResourcesInStatus(requests, inForce);
  }

  private static ResourceRequirements measured(
      PodState pod, Map<String, Quantity> allocated, ResourceRequirements before) {
    ResourceRequirements own = pod.shape.spec.resources();
    Map<String, Quantity> requests = new HashMap<>(own == null ? Map.of() : own.requests());
    Map<String, Quantity> limits = new HashMap<>(own == null ? Map.of() : own.limits());
    take(MEMORY, allocated, requests);
    if (pod.phase == PodPhase.RUNNING) {
      take(CPU, before.requests(), requests);
      take(CPU, before.limits(), limits);
      take(MEMORY, before.limits(), limits);
    }
    return new ResourceRequirements(requests, limits);
  }

  private static void take(String name, Map<String, Quantity> from, Map<String, Quantity> to) {
    Quantity amount = from.get(name);
    if (amount != null) {
      to.put(name, amount);
    }
  }

  private static Map<String, Quantity> map(ResourceList list) {
    Map<String, Quantity> map = new HashMap<>();
    for (int i = 0; i < list.size(); i++) {
      map.put(list.name(i), list.amount(i));
    }
    return map;
  }
}

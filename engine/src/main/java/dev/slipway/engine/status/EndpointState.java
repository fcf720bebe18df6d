package dev.slipway.engine.status;

import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodStatus;

/**
 * What the endpoints of a service say of a pod (rule P-094; k8s.io/endpointslice utils.go, 1.36).
 * Traffic stops at the deletion, whatever the pod's Ready condition says (P-093).
 *
 * @param ready takes new traffic
 * @param serving its Ready condition is True
 * @param terminating it is being deleted
 */
public record EndpointState(boolean ready, boolean serving, boolean terminating) {
  /**
   * The state of a pod.
   *
   * @param deleting its deletionTimestamp is set
   * @param publishNotReady {@code publishNotReadyAddresses} of the service
   */
  public static EndpointState of(PodStatus status, boolean deleting, boolean publishNotReady) {
    boolean serving = false;
    for (PodCondition condition : status.conditions()) {
      serving |= condition.type().equals("Ready") && condition.status() == ConditionStatus.TRUE;
    }
    return new EndpointState(publishNotReady || (serving && !deleting), serving, deleting);
  }
}

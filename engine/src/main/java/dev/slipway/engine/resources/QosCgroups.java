package dev.slipway.engine.resources;

import java.util.List;
import java.util.Map;

/**
 * The cgroups of the QoS classes of a node (rules; source: {@code
 * qos_container_manager_linux.go}, 1.37).
 */
public record QosCgroups(CgroupValues kubepods, CgroupValues burstable, CgroupValues bestEffort) {
  /**
   * The values for the active pods of a node: shares of the sum of requests, not the sum of shares
   * (R-163).
   *
   * @param tieredReservation {@code memoryReservationPolicy: TieredReservation}; otherwise the
   *     values are reset
   */
  public static QosCgroups of(List<PodResources> pods, boolean tieredReservation) {
    long burstableCpu = 0;
    long burstableMemory = 0;
    long guaranteedMemory = 0;
    for (PodResources pod : pods) {
      ResourceList requests = EffectiveResources.podRequests(pod, ResourceOptions.SPEC);
      long memory = requests.getOrZero(ResourceNames.MEMORY).value();
      switch (QosRules.of(pod)) {
        case GUARANTEED -> guaranteedMemory += memory;
        case BURSTABLE -> {
          burstableCpu += requests.getOrZero(ResourceNames.CPU).milliValue();
          burstableMemory += memory;
        }
        case BEST_EFFORT -> {}
      }
    }
    long min = tieredReservation ? guaranteedMemory + burstableMemory : 0;
    Map<String, String> low =
        Map.of(MemoryQos.LOW, Long.toString(tieredReservation ? burstableMemory : 0));
    var kubepods =
        new CgroupValues(
                null, null, null, null, Map.of(), Map.of(MemoryQos.MIN, Long.toString(min)))
            .withUnified(low);
    return new QosCgroups(
        kubepods,
        CgroupValues.ofShares(CpuConversions.shares(burstableCpu)).withUnified(low),
        CgroupValues.ofShares(CpuConversions.MIN_SHARES));
  }
}

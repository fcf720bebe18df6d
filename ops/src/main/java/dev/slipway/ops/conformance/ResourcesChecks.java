package dev.slipway.ops.conformance;

import java.util.Map;

/**
 * The checks of the vectors {@code resources}: what each file of recorded answers is answered by.
 */
public final class ResourcesChecks implements TopicChecks {
  @Override
  public Map<String, VectorCheck> checks() {
    return Map.ofEntries(
        Map.entry("resources/quantity", AmountChecks::quantity),
        Map.entry("resources/arithmetic", AmountChecks::arithmetic),
        Map.entry("resources/cpuconv", AmountChecks::cpuConversion),
        Map.entry("resources/requests", EffectiveChecks::requests),
        Map.entry("resources/qos", EffectiveChecks::qos),
        Map.entry("resources/defaults", EffectiveChecks::defaults),
        Map.entry("resources/podcgroup", CgroupChecks::pod),
        Map.entry("resources/qoscgroup", CgroupChecks::qosClasses),
        Map.entry("resources/containercgroup", CgroupChecks::container),
        Map.entry("resources/oomscore", CgroupChecks::oomScore),
        Map.entry("resources/quota", QuotaChecks::usage),
        Map.entry("resources/quotaadmission", QuotaChecks::admission),
        Map.entry("resources/limitrange", LimitRangeChecks::check),
        Map.entry("resources/fit", SchedulingChecks::fit),
        Map.entry("resources/nodeinfo", SchedulingChecks::nodeInfo),
        Map.entry("resources/admit", SchedulingChecks::admit),
        Map.entry("resources/allocatable", NodeChecks::allocatable),
        Map.entry("resources/threshold", NodeChecks::threshold),
        Map.entry("resources/eviction", NodeChecks::eviction),
        Map.entry("resources/resize", ResizeChecks::resize),
        Map.entry("resources/derived", new DerivedChecks()::check));
  }
}

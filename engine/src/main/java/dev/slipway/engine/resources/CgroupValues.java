package dev.slipway.engine.resources;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the kubelet writes into the cgroup of a pod, a QoS class or the node's pods; null where it
 * writes nothing.
 *
 * @param cpuShares version 1; version 2 gets {@link #cpuWeight()}
 * @param cpuQuota microseconds per period, -1 for no limit
 * @param cpuPeriod microseconds
 * @param memory bytes
 * @param hugePageLimit bytes by page size in bytes
 * @param unified further files of version 2
 */
public record CgroupValues(
    @Nullable Long cpuShares,
    @Nullable Long cpuQuota,
    @Nullable Long cpuPeriod,
    @Nullable Long memory,
    Map<Long, Long> hugePageLimit,
    Map<String, String> unified) {
  public CgroupValues {
    hugePageLimit = Map.copyOf(hugePageLimit);
    unified = Map.copyOf(unified);
  }

  /** Nothing but those shares. */
  static CgroupValues ofShares(long shares) {
    return new CgroupValues(shares, null, null, null, Map.of(), Map.of());
  }

  /** {@code cpu.weight} for those shares, null without shares. */
  public @Nullable Long cpuWeight() {
    return cpuShares == null ? null : CpuConversions.weightLinear(cpuShares);
  }

  /** {@code cpu.max} of version 2, null where nothing is written. */
  public @Nullable String cpuMax() {
    if (cpuQuota == null || cpuPeriod == null) {
      return null;
    }
    return (cpuQuota > 0 ? cpuQuota.toString() : "max") + " " + cpuPeriod;
  }

  CgroupValues withUnified(Map<String, String> more) {
    var all = new TreeMap<>(unified);
    all.putAll(more);
    return new CgroupValues(cpuShares, cpuQuota, cpuPeriod, memory, hugePageLimit, all);
  }
}

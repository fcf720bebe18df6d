package dev.slipway.engine.resources;

import java.util.Map;

/**
 * What the kubelet hands to the runtime for a container or a sandbox; 0 stands for unset, as in the
 * runtime's interface.
 *
 * @param cpuShares version 1 shares; runtimes turn them into {@code cpu.weight} by R-066 (older
 *     ones by R-065)
 * @param cpuQuota microseconds per period, 0 for none
 * @param cpuPeriod microseconds, 0 if CPU limits are not enforced
 * @param memoryLimitInBytes 0 for none
 * @param memorySwapLimitInBytes memory and swap together (version 1), 0 for none
 * @param hugepageLimits bytes by page size as cgroups call it, {@code 2MB}
 * @param unified further files of version 2
 */
public record LinuxContainerResources(
    long cpuShares,
    long cpuQuota,
    long cpuPeriod,
    long memoryLimitInBytes,
    long memorySwapLimitInBytes,
    long oomScoreAdj,
    Map<String, Long> hugepageLimits,
    Map<String, String> unified) {
  /** Nothing set. */
  public static final LinuxContainerResources NONE =
      new LinuxContainerResources(0, 0, 0, 0, 0, 0, Map.of(), Map.of());

  public LinuxContainerResources {
    hugepageLimits = Map.copyOf(hugepageLimits);
    unified = Map.copyOf(unified);
  }

  /** {@code cpu.max} of version 2. */
  public String cpuMax() {
    return (cpuQuota > 0 ? Long.toString(cpuQuota) : "max")
        + " "
        + (cpuPeriod > 0 ? cpuPeriod : CpuConversions.DEFAULT_PERIOD_MICROS);
  }
}

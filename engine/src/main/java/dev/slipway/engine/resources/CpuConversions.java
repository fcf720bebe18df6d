package dev.slipway.engine.resources;

/**
 * CPU in milli to and from what cgroups call it: shares and quota of version 1, weight of version 2
 * (rules; sources: {@code pkg/kubelet/cm/helpers_linux.go}, opencontainers/cgroups
 * 0.0.7).
 */
public final class CpuConversions {
  public static final long MIN_SHARES = 2;
  public static final long MAX_SHARES = 262_144;

  /** Microseconds of the default CFS period. */
  public static final long DEFAULT_PERIOD_MICROS = 100_000;

  /** The least quota in microseconds: limits below 10m act as 10m at the default period. */
  public static final long MIN_QUOTA_MICROS = 1_000;

  private static final long SHARES_PER_CPU = 1024;
  private static final long MILLI_PER_CPU = 1000;
  private static final long MILLI_OF_MAX_SHARES = MAX_SHARES * MILLI_PER_CPU / SHARES_PER_CPU;
  private static final long MAX_WEIGHT = 10_000;

  private CpuConversions() {}

  /** {@code cpu.shares} of a request in milli. */
  public static long shares(long milliCpu) {
    if (milliCpu == 0) {
      return MIN_SHARES;
    }
    if (milliCpu >= MILLI_OF_MAX_SHARES) {
      return MAX_SHARES;
    }
    return Math.max(MIN_SHARES, milliCpu * SHARES_PER_CPU / MILLI_PER_CPU);
  }

  /** {@code cpu.weight} as the kubelet writes it for pods and QoS classes. */
  public static long weightLinear(long shares) {
    return shares >= MAX_SHARES
        ? MAX_WEIGHT
        : 1 + (shares - MIN_SHARES) * (MAX_WEIGHT - 1) / (MAX_SHARES - MIN_SHARES);
  }

  /** {@code cpu.weight} as newer runtimes write it for containers. */
  public static long weightQuadratic(long shares) {
    if (shares == 0) {
      return 0;
    }
    if (shares <= MIN_SHARES) {
      return 1;
    }
    if (shares >= MAX_SHARES) {
      return MAX_WEIGHT;
    }
    double l = log2(shares);
    double exponent = (l * l + 125 * l) / 612.0 - 7.0 / 34.0;
    return (long) Math.ceil(Math.pow(10, exponent));
  }

  /** Exact for powers of two, where the formula meets whole numbers. */
  private static double log2(long value) {
    int floor = 63 - Long.numberOfLeadingZeros(value);
    return floor + Math.log((double) value / (1L << floor)) / Math.log(2);
  }

  /** Shares the kubelet reads back from a weight. */
  public static long sharesOfWeight(long weight) {
    return (weight - 1) * (MAX_SHARES - MIN_SHARES) / (MAX_WEIGHT - 1) + MIN_SHARES;
  }

  /** CPU in milli the kubelet reads back from shares. */
  public static long milliOfShares(long shares) {
    return shares < MIN_SHARES ? 0 : Math.ceilDiv(shares * MILLI_PER_CPU, SHARES_PER_CPU);
  }

  /** CFS quota in microseconds, 0 for no limit. */
  public static long quota(long milliCpu, long periodMicros) {
    return milliCpu == 0 ? 0 : Math.max(MIN_QUOTA_MICROS, milliCpu * periodMicros / MILLI_PER_CPU);
  }

  /** CPU in milli the kubelet reads back from a quota; -1 means no limit and gives 0. */
  public static long milliOfQuota(long quotaMicros, long periodMicros) {
    return quotaMicros == -1 ? 0 : quotaMicros * MILLI_PER_CPU / periodMicros;
  }
}

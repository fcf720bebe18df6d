package dev.slipway.engine.resources;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Memory protection and throttling of cgroups version 2 (rules ).
 *
 * @param tieredReservation {@code memoryReservationPolicy: TieredReservation}; false is {@code
 *     None}
 * @param throttlingFactor {@code memoryThrottlingFactor}, null where not configured
 */
public record MemoryQos(boolean tieredReservation, @Nullable Double throttlingFactor) {
  static final String MIN = "memory.min";
  static final String LOW = "memory.low";
  static final String HIGH = "memory.high";

  /** Bytes of a page. */
  static final long PAGE = 4096;

  private static final Map<String, String> UNPROTECTED = Map.of(MIN, "0", LOW, "0");

  /** What protects a container with that memory request in bytes. */
  Map<String, String> protectContainer(long request, QosClass qos) {
    return request != 0 && tieredReservation ? protect(request, qos) : UNPROTECTED;
  }

  /** What protects a pod with that effective memory request in bytes. */
  Map<String, String> protectPod(long request, QosClass qos) {
    return request != 0 && tieredReservation ? protect(request, qos) : Map.of();
  }

  private static Map<String, String> protect(long request, QosClass qos) {
    return Map.of(qos == QosClass.GUARANTEED ? MIN : LOW, Long.toString(request));
  }

  /**
   * Bytes from which on the kernel slows allocations down, 0 for none: a page boundary above the
   * request.
   */
  long high(long request, long base) {
    if (throttlingFactor == null) {
      return 0;
    }
    double above = (double) request + ((double) base - (double) request) * throttlingFactor;
    long high = (long) (Math.floor(above) / PAGE) * PAGE;
    return high > request ? high : 0;
  }
}

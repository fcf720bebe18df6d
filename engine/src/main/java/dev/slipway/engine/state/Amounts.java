package dev.slipway.engine.state;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.ResourceRequirements;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The four values of a container, or of a pod, that a resize compares (rule L-170): bytes and
 * millicores, 0 where unset.
 */
public record Amounts(long memoryLimit, long memoryRequest, long cpuLimit, long cpuRequest) {
  private static final String MEMORY = "memory";
  private static final String CPU = "cpu";

  /**
   * The values of a container; a limit it does not have is that of the pod (L-170).
   *
   * @param pod pod-level resources, null if there are none
   */
  public static Amounts of(ResourceRequirements own, @Nullable ResourceRequirements pod) {
    Map<String, Quantity> podLimits = pod == null ? Map.of() : pod.limits();
    long memoryLimit = bytes(own.limits());
    long cpuLimit = millicores(own.limits());
    return new Amounts(
        memoryLimit == 0 ? bytes(podLimits) : memoryLimit,
        bytes(own.requests()),
        cpuLimit == 0 ? millicores(podLimits) : cpuLimit,
        millicores(own.requests()));
  }

  private static long bytes(Map<String, Quantity> amounts) {
    Quantity quantity = amounts.get(MEMORY);
    return quantity == null ? 0 : quantity.value();
  }

  private static long millicores(Map<String, Quantity> amounts) {
    Quantity quantity = amounts.get(CPU);
    return quantity == null ? 0 : quantity.milliValue();
  }

  public boolean sameMemory(Amounts other) {
    return memoryLimit == other.memoryLimit && memoryRequest == other.memoryRequest;
  }

  public boolean sameCpu(Amounts other) {
    return cpuLimit == other.cpuLimit && cpuRequest == other.cpuRequest;
  }

  /**
   * True if memory grows from the other values to these: by the limit, if it stays by the request.
   */
  public boolean memoryAbove(Amounts other) {
    return memoryLimit == other.memoryLimit
        ? memoryRequest > other.memoryRequest
        : memoryLimit > other.memoryLimit;
  }

  /** True if CPU grows from the other values to these: by the limit, if it stays by the request. */
  public boolean cpuAbove(Amounts other) {
    return cpuLimit == other.cpuLimit ? cpuRequest > other.cpuRequest : cpuLimit > other.cpuLimit;
  }
}

package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Amounts as the scheduler counts them: whole numbers, rounded up per pod.
 *
 * @param milliCpu thousandths of a CPU
 * @param memory bytes
 * @param ephemeralStorage bytes
 * @param scalars other names the scheduler knows, by name
 */
public record SchedulerVector(
    long milliCpu, long memory, long ephemeralStorage, Map<String, Long> scalars) {
  public static final SchedulerVector ZERO = new SchedulerVector(0, 0, 0, Map.of());

  public SchedulerVector {
    scalars = Collections.unmodifiableMap(new TreeMap<>(scalars));
  }

  /** Requests of a pod or allocatable amounts of a node. */
  public static SchedulerVector of(ResourceList list) {
    var scalars = new TreeMap<String, Long>();
    for (int i = 0; i < list.size(); i++) {
      if (ResourceNames.isScalar(list.name(i))) {
        scalars.put(list.name(i), list.amount(i).value());
      }
    }
    return new SchedulerVector(
        list.getOrZero(ResourceNames.CPU).milliValue(),
        list.getOrZero(ResourceNames.MEMORY).value(),
        list.getOrZero(ResourceNames.EPHEMERAL_STORAGE).value(),
        scalars);
  }

  /** Amount of a name in the unit the scheduler counts it in, of a list. */
  static long amount(ResourceList list, String name) {
    Quantity amount = list.getOrZero(name);
    return name.equals(ResourceNames.CPU) ? amount.milliValue() : amount.value();
  }

  /** Amount of a name, 0 if absent. */
  public long get(String name) {
    return switch (name) {
      case ResourceNames.CPU -> milliCpu;
      case ResourceNames.MEMORY -> memory;
      case ResourceNames.EPHEMERAL_STORAGE -> ephemeralStorage;
      default -> scalars.getOrDefault(name, 0L);
    };
  }

  /** Nothing requested at all, not even a scalar of amount 0. */
  boolean isEmpty() {
    return milliCpu == 0 && memory == 0 && ephemeralStorage == 0 && scalars.isEmpty();
  }

  /** The sum with {@code sign} times the other. */
  SchedulerVector plus(SchedulerVector other, int sign) {
    var sums = new TreeMap<>(scalars);
    other.scalars.forEach((name, amount) -> sums.merge(name, sign * amount, Long::sum));
    return new SchedulerVector(
        milliCpu + sign * other.milliCpu,
        memory + sign * other.memory,
        ephemeralStorage + sign * other.ephemeralStorage,
        sums);
  }
}

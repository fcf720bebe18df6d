package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;
import java.util.List;
import java.util.Map;

/**
 * What of a node's capacity is left for pods (rules; source: {@code
 * node_container_manager_linux.go}, 1.37).
 *
 * @param evictionHard memory.available and nodefs.available; other signals reserve nothing
 */
public record NodeAllocatable(
    ResourceList capacity,
    ResourceList kubeReserved,
    ResourceList systemReserved,
    Map<String, EvictionThreshold> evictionHard) {
  public static final String MEMORY_AVAILABLE = "memory.available";
  public static final String NODEFS_AVAILABLE = "nodefs.available";

  private static final EvictionThreshold NONE = new EvictionThreshold.Off();

  public NodeAllocatable {
    evictionHard = Map.copyOf(evictionHard);
  }

  /**
   * What is taken from the capacity: both reservations and the hard eviction margin; names with
   * nothing are absent.
   */
  public ResourceList reservation() {
    var sums = new ResourceSums(capacity.size());
    for (int i = 0; i < capacity.size(); i++) {
      String name = capacity.name(i);
      Quantity reserved =
          systemReserved
              .getOrZero(name)
              .add(kubeReserved.getOrZero(name))
              .add(evictionMargin(name));
      if (!reserved.isZero()) {
        sums.put(name, reserved);
      }
    }
    return sums.toList();
  }

  private Quantity evictionMargin(String name) {
    EvictionThreshold threshold =
        switch (name) {
          case ResourceNames.MEMORY -> evictionHard.getOrDefault(MEMORY_AVAILABLE, NONE);
          case ResourceNames.EPHEMERAL_STORAGE -> evictionHard.getOrDefault(NODEFS_AVAILABLE, NONE);
          default -> NONE;
        };
    return threshold.of(capacity.getOrZero(name));
  }

  /**
   * What the kubepods cgroup is limited to: capacity less both reservations, without the eviction
   * margin.
   */
  public ResourceList kubepods() {
    return minus(List.of(systemReserved, kubeReserved));
  }

  /** {@code status.allocatable}: floor 0, huge pages taken from memory last. */
  public ResourceList allocatable() {
    ResourceList left = minus(List.of(reservation()));
    Quantity memory = left.get(ResourceNames.MEMORY);
    if (memory == null) {
      return left;
    }
    for (int i = 0; i < capacity.size(); i++) {
      if (ResourceNames.isHugePages(capacity.name(i))) {
        memory = memory.subtract(capacity.amount(i));
      }
    }
    return left.with(ResourceNames.MEMORY, notNegative(memory));
  }

  private ResourceList minus(List<ResourceList> taken) {
    var left = new ResourceSums(capacity.size());
    for (int i = 0; i < capacity.size(); i++) {
      Quantity amount = capacity.amount(i);
      for (ResourceList list : taken) {
        amount = amount.subtract(list.getOrZero(capacity.name(i)));
      }
      left.put(capacity.name(i), notNegative(amount));
    }
    return left.toList();
  }

  private static Quantity notNegative(Quantity amount) {
    return amount.signum() < 0 ? Quantity.ZERO.withFormat(amount.format()) : amount;
  }

  /** True if more is reserved than there is: the kubelet refuses to start. */
  public boolean isInvalid() {
    ResourceList reservation = reservation();
    for (int i = 0; i < reservation.size(); i++) {
      if (reservation.amount(i).compareTo(capacity.getOrZero(reservation.name(i))) > 0) {
        return true;
      }
    }
    return false;
  }

  /** The values of the kubepods cgroup. */
  public CgroupValues kubepodsCgroup() {
    ResourceList kubepods = kubepods();
    Quantity cpu = kubepods.get(ResourceNames.CPU);
    Quantity memory = kubepods.get(ResourceNames.MEMORY);
    return new CgroupValues(
        cpu == null ? null : CpuConversions.shares(cpu.milliValue()),
        null,
        null,
        memory == null ? null : memory.value(),
        HugePages.bytesByPage(kubepods),
        Map.of());
  }
}

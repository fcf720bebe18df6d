package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What containers and sandboxes get from the runtime (rules; source: {@code
 * kuberuntime_container_linux.go}, 1.37).
 */
public final class ContainerCgroup {
  private static final String SWAP_MAX = "memory.swap.max";
  private static final String OOM_GROUP = "memory.oom.group";

  private final Config config;

  public ContainerCgroup(Config config) {
    this.config = config;
  }

  /** What a node does about swap. */
  public enum Swap {
    /** The node has no swap controller: nothing is written. */
    UNAVAILABLE,
    NO_SWAP,
    LIMITED_SWAP
  }

  /**
   * How a node is set up.
   *
   * @param cgroupV2 cgroups version 2
   * @param cpuCfsQuota CPU limits are enforced
   * @param cpuPeriodMicros {@code cpuCFSQuotaPeriod}
   * @param memoryCapacity bytes of the machine
   * @param memoryAllocatable bytes of node allocatable
   * @param swapCapacity bytes of swap
   * @param oomGroup the kernel kills all processes of a container together (version 2)
   * @param memoryQos null unless the gate is on
   * @param hugePageBytes page sizes the node knows
   */
  public record Config(
      boolean cgroupV2,
      boolean cpuCfsQuota,
      long cpuPeriodMicros,
      long memoryCapacity,
      long memoryAllocatable,
      Swap swap,
      long swapCapacity,
      boolean oomGroup,
      @Nullable MemoryQos memoryQos,
      List<Long> hugePageBytes) {
    public Config {
      hugePageBytes = List.copyOf(hugePageBytes);
    }
  }

  /** The values of one app or init container. */
  public LinuxContainerResources container(
      PodResources pod, ContainerResources container, boolean init, PodImportance importance) {
    Quantity memoryLimit = limit(pod, container, ResourceNames.MEMORY);
    LinuxContainerResources linux =
        linux(
            container.requests().get(ResourceNames.CPU),
            limit(pod, container, ResourceNames.CPU),
            memoryLimit);
    boolean sidecar = init && container.alwaysRestarts();
    int oom = OomScore.of(pod, container, sidecar, importance, config.memoryCapacity());
    var unified = new TreeMap<>(linux.unified());
    if (config.cgroupV2()) {
      unified(unified, pod, container);
    }
    long swapLimit = swap(unified, pod, container, importance, linux.memoryLimitInBytes());
    return new LinuxContainerResources(
        linux.cpuShares(),
        linux.cpuQuota(),
        linux.cpuPeriod(),
        linux.memoryLimitInBytes(),
        swapLimit,
        oom,
        hugePages(pod, container),
        unified);
  }

  /** What the sandbox is told about the pod as a whole: effective amounts without overhead. */
  public LinuxContainerResources sandbox(PodResources pod) {
    ResourceList requests =
        EffectiveResources.podRequests(pod, ResourceOptions.SPEC_WITHOUT_OVERHEAD);
    ResourceList limits = EffectiveResources.podLimits(pod, ResourceOptions.SPEC_WITHOUT_OVERHEAD);
    return linux(
        requests.get(ResourceNames.CPU),
        limits.getOrZero(ResourceNames.CPU),
        limits.getOrZero(ResourceNames.MEMORY));
  }

  /** What the sandbox is told about its own overhead, which is request and limit in one. */
  public LinuxContainerResources sandboxOverhead(PodResources pod) {
    if (!pod.overhead().present()) {
      return LinuxContainerResources.NONE;
    }
    Quantity cpu = pod.overhead().getOrZero(ResourceNames.CPU);
    return linux(cpu, cpu, pod.overhead().getOrZero(ResourceNames.MEMORY));
  }

  /** The container's own limit, else that of the pod if there are pod-level resources. */
  private static Quantity limit(PodResources pod, ContainerResources container, String name) {
    Quantity own = container.limits().getOrZero(name);
    Resources podLevel = pod.podLevel();
    return own.isZero() && podLevel != null && pod.hasPodLevel()
        ? podLevel.limits().getOrZero(name)
        : own;
  }

  private LinuxContainerResources linux(
      @Nullable Quantity cpuRequest, Quantity cpuLimit, Quantity memoryLimit) {
    Quantity weighed = cpuRequest == null ? cpuLimit : cpuRequest;
    return new LinuxContainerResources(
        CpuConversions.shares(weighed.milliValue()),
        config.cpuCfsQuota()
            ? CpuConversions.quota(cpuLimit.milliValue(), config.cpuPeriodMicros())
            : 0,
        config.cpuCfsQuota() ? config.cpuPeriodMicros() : 0,
        memoryLimit.value(),
        0,
        0,
        Map.of(),
        config.cgroupV2() && config.oomGroup() ? Map.of(OOM_GROUP, "1") : Map.of());
  }

  /** its own limit, else the pod's, else nothing, for every page size of the node. */
  private Map<String, Long> hugePages(PodResources pod, ContainerResources container) {
    Map<Long, Long> own = HugePages.bytesByPage(container.limits());
    Resources podLevel = pod.podLevel();
    Map<Long, Long> shared =
        podLevel != null && pod.hasPodLevel() ? HugePages.bytesByPage(podLevel.limits()) : Map.of();
    var limits = new TreeMap<String, Long>();
    for (Long page : config.hugePageBytes()) {
      limits.put(HugePages.cgroupSize(page), own.getOrDefault(page, shared.getOrDefault(page, 0L)));
    }
    return limits;
  }

  private void unified(
      Map<String, String> unified, PodResources pod, ContainerResources container) {
    MemoryQos memoryQos = config.memoryQos();
    if (memoryQos == null) {
      unified.put(MemoryQos.HIGH, "max");
      return;
    }
    long request = container.requests().getOrZero(ResourceNames.MEMORY).value();
    long limit = container.limits().getOrZero(ResourceNames.MEMORY).value();
    unified.putAll(memoryQos.protectContainer(request, QosRules.of(pod)));
    long high = throttle(memoryQos, pod, request, limit);
    if (high != 0) {
      unified.put(MemoryQos.HIGH, Long.toString(high));
    }
  }

  /** */
  private long throttle(MemoryQos memoryQos, PodResources pod, long request, long limit) {
    if (limit != 0) {
      return request == limit ? 0 : memoryQos.high(request, limit);
    }
    Resources podLevel = pod.podLevel();
    boolean podBounded = podLevel != null && podLevel.limits().isNonZero(ResourceNames.MEMORY);
    return podBounded ? 0 : memoryQos.high(request, config.memoryAllocatable());
  }

  /** Bytes of memory and swap together for version 1; version 2 gets a file. */
  private long swap(
      Map<String, String> unified,
      PodResources pod,
      ContainerResources container,
      PodImportance importance,
      long memoryLimit) {
    if (config.swap() == Swap.UNAVAILABLE) {
      return 0;
    }
    if (!config.cgroupV2()) {
      return memoryLimit;
    }
    boolean maySwap = config.swap() == Swap.LIMITED_SWAP && maySwap(pod, container, importance);
    unified.put(SWAP_MAX, Long.toString(maySwap ? swapShare(container) : 0));
    return 0;
  }

  private static boolean maySwap(
      PodResources pod, ContainerResources container, PodImportance importance) {
    Quantity request = container.requests().getOrZero(ResourceNames.MEMORY);
    Quantity limit = container.limits().getOrZero(ResourceNames.MEMORY);
    return !importance.isCritical()
        && QosRules.of(pod) == QosClass.BURSTABLE
        && !request.equals(limit);
  }

  /** Swap in proportion to the memory request; none for a request larger than the machine. */
  private long swapShare(ContainerResources container) {
    long request = container.requests().getOrZero(ResourceNames.MEMORY).value();
    if (config.memoryCapacity() <= 0 || request > config.memoryCapacity()) {
      return 0;
    }
    return (long) ((double) request / config.memoryCapacity() * config.swapCapacity());
  }
}

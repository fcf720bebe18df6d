package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cgroup of a pod (rules; source: {@code
 * pkg/kubelet/cm/helpers_linux.go}, 1.37).
 */
public final class PodCgroup {
  private PodCgroup() {}

  /**
   * How a node is set up.
   *
   * @param enforceCpuLimits {@code cpuCFSQuota}
   * @param cpuPeriodMicros {@code cpuCFSQuotaPeriod}
   * @param memoryQos null unless the gate is on and cgroups are version 2
   */
  public record Config(
      boolean enforceCpuLimits, long cpuPeriodMicros, @Nullable MemoryQos memoryQos) {
    /** A node of the default profile. */
    public static final Config DEFAULT =
        new Config(true, CpuConversions.DEFAULT_PERIOD_MICROS, new MemoryQos(false, null));
  }

  /** The values for a pod as the kubelet has allocated it. */
  public static CgroupValues values(PodResources pod, Config config) {
    ResourceList requests = EffectiveResources.podRequests(pod, ResourceOptions.SPEC);
    ResourceList limits = EffectiveResources.podLimits(pod, ResourceOptions.SPEC);
    QosClass qos = QosRules.of(pod);
    boolean cpu =
        qos == QosClass.GUARANTEED
            || (qos == QosClass.BURSTABLE && isLimited(pod, ResourceNames.CPU));
    boolean memory =
        qos == QosClass.GUARANTEED
            || (qos == QosClass.BURSTABLE && isLimited(pod, ResourceNames.MEMORY));
    var values =
        new CgroupValues(
            qos == QosClass.BEST_EFFORT
                ? CpuConversions.MIN_SHARES
                : CpuConversions.shares(requests.getOrZero(ResourceNames.CPU).milliValue()),
            cpu ? quota(limits.getOrZero(ResourceNames.CPU), config) : null,
            cpu ? config.cpuPeriodMicros() : null,
            memory ? limits.getOrZero(ResourceNames.MEMORY).value() : null,
            HugePages.bytesByPage(requests),
            Map.of());
    MemoryQos memoryQos = config.memoryQos();
    return memoryQos == null
        ? values
        : values.withUnified(unified(pod, requests, limits, qos, memoryQos));
  }

  private static boolean isLimited(PodResources pod, String name) {
    return !UnlimitedResources.isUnlimited(pod, name);
  }

  private static long quota(Quantity limit, Config config) {
    return config.enforceCpuLimits()
        ? CpuConversions.quota(limit.milliValue(), config.cpuPeriodMicros())
        : -1;
  }

  private static Map<String, String> unified(
      PodResources pod,
      ResourceList requests,
      ResourceList limits,
      QosClass qos,
      MemoryQos memoryQos) {
    long request = requests.getOrZero(ResourceNames.MEMORY).value();
    long limit = limits.getOrZero(ResourceNames.MEMORY).value();
    var unified = new TreeMap<>(memoryQos.protectPod(request, qos));
    boolean throttled =
        pod.hasPodLevel() && isLimited(pod, ResourceNames.MEMORY) && limit != 0 && request != limit;
    long high = throttled ? memoryQos.high(request, limit) : 0;
    if (high != 0) {
      unified.put(MemoryQos.HIGH, Long.toString(high));
    }
    return unified;
  }

  /** The pod's directory below the cgroup root, one directory a level. */
  public static String cgroupfsPath(String uid, QosClass qos) {
    return "/kubepods" + (qos == QosClass.GUARANTEED ? "" : "/" + level(qos)) + "/pod" + uid;
  }

  /**
   * The pod's slice below the cgroup root: names nest by '-', so that a UID's own become '_'
   * (R-060).
   */
  public static String systemdPath(String uid, QosClass qos) {
    String pod = "pod" + uid.replace('-', '_') + ".slice";
    if (qos == QosClass.GUARANTEED) {
      return "/kubepods.slice/kubepods-" + pod;
    }
    String parent = "kubepods-" + level(qos);
    return "/kubepods.slice/" + parent + ".slice/" + parent + "-" + pod;
  }

  private static String level(QosClass qos) {
    return qos == QosClass.BURSTABLE ? "burstable" : "besteffort";
  }
}

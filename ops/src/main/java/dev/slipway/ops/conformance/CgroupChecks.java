package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.resources.CgroupValues;
import dev.slipway.engine.resources.ContainerCgroup;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.CpuConversions;
import dev.slipway.engine.resources.LinuxContainerResources;
import dev.slipway.engine.resources.MemoryQos;
import dev.slipway.engine.resources.OomScore;
import dev.slipway.engine.resources.PodCgroup;
import dev.slipway.engine.resources.PodImportance;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QosCgroups;
import dev.slipway.engine.resources.QosRules;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks of cgroup values of pods, QoS classes and containers, and of the out-of-memory score. */
final class CgroupChecks {
  private static final List<Long> NODE_PAGES = List.of(2L << 20, 1L << 30);

  private CgroupChecks() {}

  static Verdict pod(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    JsonNode out = vector.path("out");
    PodResources pod = ResourceJson.pod(in.path("pod"));
    var config =
        new PodCgroup.Config(
            in.path("enforceCPULimits").booleanValue(),
            in.path("cpuPeriod").longValue(),
            memoryQos(in));
    String uid = in.path("pod").path("metadata").path("uid").asText();
    var comparison = new Comparison();
    cgroup(comparison, "", out, PodCgroup.values(pod, config));
    return comparison
        .add("cgroupfs", out.path("cgroupfs"), PodCgroup.cgroupfsPath(uid, QosRules.of(pod)))
        .add("systemd", out.path("systemd"), PodCgroup.systemdPath(uid, QosRules.of(pod)))
        .verdict();
  }

  static void cgroup(Comparison comparison, String prefix, JsonNode out, CgroupValues values) {
    comparison
        .add(prefix + "cpuShares", out.path("cpuShares"), values.cpuShares())
        .add(prefix + "cpuWeight", out.path("cpuWeight"), values.cpuWeight())
        .add(prefix + "cpuQuota", out.path("cpuQuota"), values.cpuQuota())
        .add(prefix + "cpuPeriod", out.path("cpuPeriod"), values.cpuPeriod())
        .add(prefix + "memory", out.path("memory"), values.memory())
        .add(prefix + "hugePageLimit", out.path("hugePageLimit"), values.hugePageLimit())
        .add(prefix + "unified", out.path("unified"), values.unified());
  }

  private static @Nullable MemoryQos memoryQos(JsonNode in) {
    if (!in.path("memoryQoS").booleanValue()) {
      return null;
    }
    JsonNode factor = in.path("memoryThrottlingFactor");
    return new MemoryQos(
        in.path("memoryReservationPolicy").asText().equals("TieredReservation"),
        factor.isNumber() ? factor.doubleValue() : null);
  }

  static Verdict qosClasses(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    JsonNode out = vector.path("out");
    boolean tiered = in.path("memoryReservationPolicy").asText().equals("TieredReservation");
    QosCgroups cgroups =
        QosCgroups.of(ResourceJson.list(in.path("pods"), ResourceJson::pod), tiered);
    var comparison = new Comparison();
    cgroup(comparison, "kubepods.", out.path("kubepods"), cgroups.kubepods());
    cgroup(comparison, "burstable.", out.path("burstable"), cgroups.burstable());
    cgroup(comparison, "besteffort.", out.path("besteffort"), cgroups.bestEffort());
    return comparison.verdict();
  }

  static Verdict container(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    JsonNode out = vector.path("out");
    PodResources pod = ResourceJson.pod(in.path("pod"));
    PodImportance importance = ResourceJson.importance(in.path("pod"));
    var rules = new ContainerCgroup(config(in));
    var comparison = new Comparison();
    int position = 0;
    for (ContainerResources init : pod.initContainers()) {
      linux(comparison, out, position++, rules.container(pod, init, true, importance));
    }
    for (ContainerResources app : pod.containers()) {
      linux(comparison, out, position++, rules.container(pod, app, false, importance));
    }
    linux(comparison, "sandboxResources.", out.path("sandboxResources"), rules.sandbox(pod));
    linux(comparison, "sandboxOverhead.", out.path("sandboxOverhead"), rules.sandboxOverhead(pod));
    return comparison
        .add("critical", out.path("critical"), importance.isCritical())
        .add("nodeCritical", out.path("nodeCritical"), importance.isNodeCritical())
        .verdict();
  }

  private static ContainerCgroup.Config config(JsonNode in) {
    JsonNode singleProcess = in.path("singleProcessOOMKill");
    return new ContainerCgroup.Config(
        in.path("cgroupVersion").intValue() == 2,
        in.path("cpuCFSQuota").booleanValue(),
        in.path("cpuCFSQuotaPeriodMicros").asLong(CpuConversions.DEFAULT_PERIOD_MICROS),
        in.path("memoryCapacity").longValue(),
        ResourceJson.amounts(in.path("nodeAllocatable")).getOrZero("memory").value(),
        switch (in.path("swap").asText()) {
          case "" -> ContainerCgroup.Swap.UNAVAILABLE;
          case "LimitedSwap" -> ContainerCgroup.Swap.LIMITED_SWAP;
          default -> ContainerCgroup.Swap.NO_SWAP;
        },
        in.path("swapCapacity").longValue(),
        singleProcess.isBoolean() && !singleProcess.booleanValue(),
        memoryQos(in),
        NODE_PAGES);
  }

  private static void linux(
      Comparison comparison, JsonNode out, int position, LinuxContainerResources ours) {
    JsonNode recorded = out.path("containers").path(position);
    linux(comparison, recorded.path("name").asText() + ".", recorded.path("linux"), ours);
  }

  private static void linux(
      Comparison comparison, String prefix, JsonNode recorded, LinuxContainerResources ours) {
    comparison
        .add(prefix + "cpuShares", recorded.path("cpuShares"), ours.cpuShares())
        .add(prefix + "cpuQuota", recorded.path("cpuQuota"), ours.cpuQuota())
        .add(prefix + "cpuPeriod", recorded.path("cpuPeriod"), ours.cpuPeriod())
        .add(
            prefix + "memoryLimitInBytes",
            recorded.path("memoryLimitInBytes"),
            ours.memoryLimitInBytes())
        .add(
            prefix + "memorySwapLimitInBytes",
            recorded.path("memorySwapLimitInBytes"),
            ours.memorySwapLimitInBytes())
        .add(prefix + "oomScoreAdj", recorded.path("oomScoreAdj"), ours.oomScoreAdj())
        .add(prefix + "hugepageLimits", recorded.path("hugepageLimits"), ours.hugepageLimits())
        .add(prefix + "unified", recorded.path("unified"), ours.unified());
  }

  static Verdict oomScore(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    PodResources pod = ResourceJson.pod(in.path("pod"));
    PodImportance importance = ResourceJson.importance(in.path("pod"));
    long capacity = in.path("memoryCapacity").longValue();
    var scores = new TreeMap<String, Integer>();
    for (ContainerResources init : pod.initContainers()) {
      scores.put(init.name(), OomScore.of(pod, init, init.alwaysRestarts(), importance, capacity));
    }
    for (ContainerResources app : pod.containers()) {
      scores.put(app.name(), OomScore.of(pod, app, false, importance, capacity));
    }
    Map<String, Integer> ours = scores;
    return new Comparison()
        .add("oomScoreAdj", vector.path("out").path("oomScoreAdj"), ours)
        .verdict();
  }
}

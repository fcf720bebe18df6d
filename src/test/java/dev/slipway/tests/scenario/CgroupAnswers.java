package dev.slipway.tests.scenario;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.CgroupValues;
import dev.slipway.engine.resources.ContainerCgroup;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.CpuConversions;
import dev.slipway.engine.resources.KubeletDefaults;
import dev.slipway.engine.resources.LinuxContainerResources;
import dev.slipway.engine.resources.MemoryQos;
import dev.slipway.engine.resources.OomScore;
import dev.slipway.engine.resources.PodCgroup;
import dev.slipway.engine.resources.PodImportance;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QosCgroups;
import dev.slipway.engine.resources.QosClass;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Questions about cgroups and scores. Amounts the kubelet does not write are {@code -}.
 *
 * <ul>
 *   <li>{@code cpu}: shares, both weights, quota at 100 ms and at 5 ms of the milli in the pod cell
 *   <li>{@code from-shares}, {@code from-weight}, {@code from-quota period=..}: back
 *   <li>{@code pod [period=..] [cfs=off] [tiered] [factor=..]}: shares, weight, quota, cpu.max,
 *       memory, and {@code unified} files and {@code hugetlb} where there are any
 *   <li>{@code container NAME} with the same options and {@code v1}, {@code allocatable=..}:
 *       shares, weight, quota, memory; {@code files}: the unified files; {@code hugetlb}
 *   <li>{@code qos-cgroups pod[..]..}: shares of burstable and besteffort, memory.min and low
 *   <li>{@code path UID}: of both drivers for the class in the pod cell
 *   <li>{@code oom memory=.. [critical] [static]}: scores of init containers, then apps
 *   <li>{@code pids LIMIT}, {@code agent}: pids.max of a pod, the score of the kubelet
 * </ul>
 */
final class CgroupAnswers {
  private CgroupAnswers() {}

  static String of(String cell, Given given) {
    return switch (given.word(0)) {
      case "cpu" -> cpu(Long.parseLong(cell));
      case "from-shares" -> Long.toString(CpuConversions.milliOfShares(Long.parseLong(cell)));
      case "from-weight" -> Long.toString(CpuConversions.sharesOfWeight(Long.parseLong(cell)));
      case "from-quota" ->
          Long.toString(
              CpuConversions.milliOfQuota(Long.parseLong(cell), given.number("period", 100_000)));
      case "weight" -> Long.toString(CpuConversions.weightQuadratic(Long.parseLong(cell)));
      case "pod" -> pod(SumsText.pod(cell), given);
      case "container" -> container(SumsText.pod(cell), given);
      case "qos-cgroups" -> qos(given);
      case "path" -> path(cell, given.word(1));
      case "oom" -> oom(SumsText.pod(cell), given);
      case "pids" -> KubeletDefaults.podPidsMax(Long.parseLong(given.word(1)));
      default -> Integer.toString(OomScore.NODE_AGENT);
    };
  }

  private static String cpu(long milli) {
    long shares = CpuConversions.shares(milli);
    return shares
        + " "
        + CpuConversions.weightLinear(shares)
        + " "
        + CpuConversions.weightQuadratic(shares)
        + " "
        + CpuConversions.quota(milli, 100_000)
        + " "
        + CpuConversions.quota(milli, 5_000);
  }

  private static MemoryQos memoryQos(Given given) {
    String factor = given.get("factor", "");
    return new MemoryQos(given.has("tiered"), factor.isEmpty() ? null : Double.valueOf(factor));
  }

  private static String pod(PodResources pod, Given given) {
    var config =
        new PodCgroup.Config(
            !given.get("cfs", "on").equals("off"),
            given.number("period", 100_000),
            memoryQos(given));
    CgroupValues values = PodCgroup.values(pod, config);
    String text =
        text(values.cpuShares())
            + " "
            + text(values.cpuWeight())
            + " "
            + text(values.cpuQuota())
            + " "
            + (values.cpuMax() == null ? "-" : String.valueOf(values.cpuMax()).replace(' ', '/'))
            + " "
            + text(values.memory());
    return text + files(values.unified()) + pages(values.hugePageLimit());
  }

  private static String text(@Nullable Long value) {
    return value == null ? "-" : value.toString();
  }

  private static String files(Map<String, String> files) {
    return new TreeMap<>(files)
        .entrySet().stream()
            .map(file -> " " + file.getKey() + "=" + file.getValue())
            .collect(Collectors.joining());
  }

  private static String pages(Map<?, Long> pages) {
    return new TreeMap<>(pages)
        .entrySet().stream()
            .map(page -> " huge." + page.getKey() + "=" + page.getValue())
            .collect(Collectors.joining());
  }

  private static String container(PodResources pod, Given given) {
    long allocatable = Quantity.parse(given.get("allocatable", "16Gi")).value();
    var config =
        new ContainerCgroup.Config(
            !given.has("v1"),
            !given.get("cfs", "on").equals("off"),
            given.number("period", 100_000),
            16L << 30,
            allocatable,
            ContainerCgroup.Swap.UNAVAILABLE,
            0,
            !given.has("single-process-kill"),
            given.has("gate-off") ? null : memoryQos(given),
            List.of(2L << 20, 1L << 30));
    LinuxContainerResources linux = container(pod, given.word(1), new ContainerCgroup(config));
    if (given.has("files")) {
      return files(linux.unified()).isEmpty() ? "-" : files(linux.unified()).strip();
    }
    if (given.has("hugetlb")) {
      return pages(linux.hugepageLimits()).strip();
    }
    return linux.cpuShares()
        + " "
        + CpuConversions.weightQuadratic(linux.cpuShares())
        + " "
        + linux.cpuQuota()
        + " "
        + linux.memoryLimitInBytes();
  }

  private static LinuxContainerResources container(
      PodResources pod, String name, ContainerCgroup cgroup) {
    for (ContainerResources init : pod.initContainers()) {
      if (init.name().equals(name)) {
        return cgroup.container(pod, init, true, PodImportance.NONE);
      }
    }
    for (ContainerResources app : pod.containers()) {
      if (app.name().equals(name)) {
        return cgroup.container(pod, app, false, PodImportance.NONE);
      }
    }
    throw new IllegalArgumentException("no such container: " + name);
  }

  private static String qos(Given given) {
    QosCgroups cgroups =
        QosCgroups.of(given.all("pod").stream().map(SumsText::pod).toList(), given.has("tiered"));
    return "burstable "
        + text(cgroups.burstable().cpuShares())
        + files(cgroups.burstable().unified())
        + "; besteffort "
        + text(cgroups.bestEffort().cpuShares())
        + "; kubepods"
        + files(cgroups.kubepods().unified());
  }

  private static String path(String cell, String uid) {
    QosClass qos = QosClass.parse(cell);
    if (qos == null) {
      throw new IllegalArgumentException("no such class: " + cell);
    }
    return PodCgroup.cgroupfsPath(uid, qos) + " " + PodCgroup.systemdPath(uid, qos);
  }

  private static String oom(PodResources pod, Given given) {
    long memory = Quantity.parse(given.get("memory", "16Gi")).value();
    PodImportance importance =
        given.has("critical") || given.has("static")
            ? new PodImportance(
                given.has("static"),
                given.has("critical") ? 2_000_001_000 : null,
                "system-node-critical")
            : PodImportance.NONE;
    return Stream.concat(
            pod.initContainers().stream()
                .map(c -> OomScore.of(pod, c, c.alwaysRestarts(), importance, memory)),
            pod.containers().stream().map(c -> OomScore.of(pod, c, false, importance, memory)))
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }
}

package dev.slipway.ops.resources;

import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.resources.CgroupValues;
import dev.slipway.engine.resources.ContainerCgroup;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.CpuConversions;
import dev.slipway.engine.resources.EffectiveResources;
import dev.slipway.engine.resources.LinuxContainerResources;
import dev.slipway.engine.resources.MemoryQos;
import dev.slipway.engine.resources.PhaseSplit;
import dev.slipway.engine.resources.PodCgroup;
import dev.slipway.engine.resources.PodImportance;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QosClass;
import dev.slipway.engine.resources.QosRules;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceNames;
import dev.slipway.engine.resources.ResourceOptions;
import dev.slipway.engine.resources.UnlimitedResources;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All figures of one pod, or of each of the equal pods of a workload.
 *
 * @param kind of what was read: Pod, Deployment, ...
 * @param name of what was read
 * @param pods how many pods of this kind there are
 * @param phase null where there is no status
 * @param statusQos {@code status.qosClass} as written, empty where absent
 * @param qos the class the spec makes
 * @param request effective requests, with what the status says about a resize (as the scheduler)
 * @param limit effective declared limits, likewise
 * @param unlimited names nothing bounds the pod for
 * @param split where requests come from
 * @param naive requests by plain arithmetic
 */
record PodFigures(
    String file,
    String kind,
    String namespace,
    String name,
    int pods,
    @Nullable PodPhase phase,
    String statusQos,
    QosClass qos,
    ResourceList request,
    ResourceList limit,
    List<String> unlimited,
    PhaseSplit split,
    ResourceList naive,
    CgroupValues cgroup,
    String cgroupPath,
    List<ContainerFigures> containers,
    Pod pod,
    PodResources resources) {
  private static final List<String> BOUNDABLE =
      List.of(Amounts.CPU, ResourceNames.EPHEMERAL_STORAGE, Amounts.MEMORY);

  /** Of huge pages on a common machine. */
  private static final List<Long> PAGE_SIZES = List.of(2L << 20, 1L << 30);

  PodFigures {
    unlimited = List.copyOf(unlimited);
    containers = List.copyOf(containers);
  }

  /** What was read, whose pod it is. */
  record Origin(String file, String kind, String namespace, String name, int pods) {}

  /** Figures of one container. */
  record ContainerFigures(
      String name,
      String role,
      ResourceList requests,
      ResourceList limits,
      LinuxContainerResources linux) {
    long oomScoreAdj() {
      return linux.oomScoreAdj();
    }

    /** As newer runtimes write it. */
    long cpuWeight() {
      return CpuConversions.weightQuadratic(linux.cpuShares());
    }
  }

  static PodFigures of(
      Origin origin,
      Pod pod,
      PodResources resources,
      PodImportance importance,
      String statusQos,
      long nodeMemory) {
    ResourceList limit = EffectiveResources.podLimits(resources, ResourceOptions.SCHEDULER);
    QosClass qos = QosRules.compute(resources);
    return new PodFigures(
        origin.file(),
        origin.kind(),
        origin.namespace(),
        origin.name(),
        origin.pods(),
        pod.status().phase(),
        statusQos,
        qos,
        EffectiveResources.podRequests(resources, ResourceOptions.SCHEDULER),
        limit,
        unlimited(resources),
        PhaseSplit.ofRequests(resources),
        EffectiveResources.podRequests(Naive.view(resources), ResourceOptions.SPEC),
        PodCgroup.values(resources, PodCgroup.Config.DEFAULT),
        PodCgroup.systemdPath(pod.metadata().uid(), QosRules.of(resources)),
        containers(resources, importance, nodeMemory),
        pod,
        resources);
  }

  /** The names a pod may use without bound: of anything else no limit means nothing at all. */
  static List<String> unlimited(PodResources pod) {
    return BOUNDABLE.stream().filter(name -> UnlimitedResources.isUnlimited(pod, name)).toList();
  }

  private static List<ContainerFigures> containers(
      PodResources pod, PodImportance importance, long nodeMemory) {
    var figures = new ArrayList<ContainerFigures>();
    var cgroup = new ContainerCgroup(node(nodeMemory));
    for (ContainerResources init : pod.initContainers()) {
      String role = init.alwaysRestarts() ? "sidecar" : "init";
      figures.add(figures(init, role, cgroup.container(pod, init, true, importance)));
    }
    for (ContainerResources app : pod.containers()) {
      figures.add(figures(app, "app", cgroup.container(pod, app, false, importance)));
    }
    return figures;
  }

  private static ContainerFigures figures(
      ContainerResources container, String role, LinuxContainerResources linux) {
    return new ContainerFigures(
        container.name(), role, container.requests(), container.limits(), linux);
  }

  /** A node with the kubelet's defaults, on cgroups version 2, that may not swap. */
  private static ContainerCgroup.Config node(long memory) {
    return new ContainerCgroup.Config(
        true,
        true,
        CpuConversions.DEFAULT_PERIOD_MICROS,
        memory,
        memory,
        ContainerCgroup.Swap.NO_SWAP,
        0,
        true,
        new MemoryQos(false, null),
        PAGE_SIZES);
  }

  /** {@code Deployment/web}, or just the name of a pod. */
  String title() {
    return kind.equals("Pod") ? name : kind + "/" + name;
  }

  /** The pod has Succeeded or Failed and takes nothing any more. */
  boolean ended() {
    return phase == PodPhase.SUCCEEDED || phase == PodPhase.FAILED;
  }

  /** What plain arithmetic misses. */
  ResourceList difference() {
    return Naive.difference(request, naive);
  }
}

package dev.slipway.ops.resources;

import dev.slipway.engine.resources.CgroupValues;
import dev.slipway.engine.resources.LinuxContainerResources;
import java.util.List;

/**
 * What the kubelet has written into the cgroup of each pod and of each of its containers, in the
 * words of version 1 and of version 2 (rules ).
 */
final class CgroupTable {
  private static final String NO_QUOTA = "-1";
  private static final String MAX = "max";

  private final TextTable table =
      new TextTable(
          List.of(
              "NAMESPACE",
              "NAME",
              "CONTAINER",
              "ROLE",
              "V1 CPU.SHARES",
              "V1 CPU.CFS_QUOTA_US",
              "V1 MEMORY.LIMIT",
              "V2 CPU.WEIGHT",
              "V2 CPU.MAX",
              "V2 MEMORY.MAX",
              "OOM_SCORE_ADJ"));

  CgroupTable(List<PodFigures> rows) {
    for (PodFigures row : rows) {
      pod(row);
      row.containers().forEach(container -> container(row, container));
    }
  }

  List<String> lines() {
    return table.lines();
  }

  private void pod(PodFigures row) {
    CgroupValues cgroup = row.cgroup();
    Long quota = cgroup.cpuQuota();
    String memory =
        cgroup.memory() == null || cgroup.memory() == 0 ? "" : cgroup.memory().toString();
    String cpuMax = cgroup.cpuMax();
    table.add(
        List.of(
            row.namespace(),
            row.title(),
            Amounts.NOTHING,
            "pod",
            cgroup.cpuShares() == null ? Amounts.NOTHING : cgroup.cpuShares().toString(),
            quota == null || quota <= 0 ? NO_QUOTA : quota.toString(),
            memory.isEmpty() ? NO_QUOTA : memory,
            cgroup.cpuWeight() == null ? Amounts.NOTHING : cgroup.cpuWeight().toString(),
            cpuMax == null ? MAX : cpuMax,
            memory.isEmpty() ? MAX : memory,
            Amounts.NOTHING));
  }

  private void container(PodFigures row, PodFigures.ContainerFigures container) {
    LinuxContainerResources linux = container.linux();
    boolean bounded = linux.memoryLimitInBytes() != 0;
    table.add(
        List.of(
            row.namespace(),
            row.title(),
            container.name(),
            container.role(),
            Long.toString(linux.cpuShares()),
            linux.cpuQuota() == 0 ? NO_QUOTA : Long.toString(linux.cpuQuota()),
            bounded ? Long.toString(linux.memoryLimitInBytes()) : NO_QUOTA,
            Long.toString(container.cpuWeight()),
            linux.cpuMax(),
            bounded ? Long.toString(linux.memoryLimitInBytes()) : MAX,
            Long.toString(container.oomScoreAdj())));
  }
}

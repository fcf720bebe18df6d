package dev.slipway.engine.scheduling;

import dev.slipway.engine.resources.SchedulerVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A spec made ready for one cluster: its amounts as numbers, its group, the terms it carries. */
final class Template {
  final SchedulingSpec spec;
  final PodGroup group;
  final TermCarriers[] carriers;
  final List<HostPort> ports;

  /** What a pod of it takes on a node. */
  final long nodeCpu;

  final long nodeMemory;
  final long nodeEphemeral;
  final long nonZeroCpu;
  final long nonZeroMemory;
  final int[] nodeScalars;
  final long[] nodeScalarAmounts;

  /** Pods on nodes and nominated pods that are of it. */
  int references;

  /** How to decide for a pod of it, while decisions are being made. */
  @Nullable Plan plan;

  Template(SchedulingSpec spec, PodGroup group, TermCarriers[] carriers, NodeTable nodes) {
    this.spec = spec;
    this.group = group;
    this.carriers = carriers;
    this.ports = spec.hostPorts();
    SchedulerVector taken = spec.needs().onNode().requested();
    nodeCpu = taken.milliCpu();
    nodeMemory = taken.memory();
    nodeEphemeral = taken.ephemeralStorage();
    nonZeroCpu = spec.needs().onNode().nonZeroMilliCpu();
    nonZeroMemory = spec.needs().onNode().nonZeroMemory();
    nodeScalars = new int[taken.scalars().size()];
    nodeScalarAmounts = new long[taken.scalars().size()];
    int i = 0;
    for (var scalar : taken.scalars().entrySet()) {
      nodeScalars[i] = nodes.scalar(scalar.getKey());
      nodeScalarAmounts[i++] = scalar.getValue();
    }
  }
}

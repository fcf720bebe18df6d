package dev.slipway.ops.demo;

import dev.slipway.ingest.manifest.PodSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One manifest of the demo and how many pods it has to keep. */
final class Workload {
  /** What its controller does, in the simplest terms. */
  enum Kind {
    /** As many as wanted at any time; what is gone or has ended is replaced. */
    KEPT,
    /** As {@link #KEPT}, but a pod's number is taken again only when the pod is gone. */
    NUMBERED,
    /** As {@link #NUMBERED}, and the number is that of the pod's node. */
    PER_NODE,
    /** Until so many have succeeded. */
    JOB,
    /** Some more now and then; the oldest that have ended are deleted. */
    CRON,
    /** Made once. */
    SINGLE
  }

  private static final int JOB_WAVES = 2;

  final PodSource source;
  final Kind kind;
  final int wanted;

  /** Pods made so far. */
  int made;

  private Workload(PodSource source, int wanted) {
    this.source = source;
    this.wanted = wanted;
    this.kind =
        switch (source.kind()) {
          case "StatefulSet" -> Kind.NUMBERED;
          case "DaemonSet" -> Kind.PER_NODE;
          case "Job" -> Kind.JOB;
          case "CronJob" -> Kind.CRON;
          case "Pod" -> Kind.SINGLE;
          default -> Kind.KEPT;
        };
  }

  /** How many of a job's pods run at the same time. */
  int parallel() {
    return Math.max(1, wanted / JOB_WAVES);
  }

  /** A pod's ordinal is a number that nobody else has, instead of one never used. */
  boolean numbered() {
    return kind == Kind.NUMBERED || kind == Kind.PER_NODE;
  }

  /**
   * The sources with their share of so many pods: a DaemonSet one per node, the others in the
   * proportion of their replicas and each at least one.
   */
  static List<Workload> share(List<PodSource> sources, int pods, int nodes) {
    List<PodSource> scaled = sources.stream().filter(source -> !perNode(source)).toList();
    int left = pods - nodes * (sources.size() - scaled.size());
    List<Workload> workloads = new ArrayList<>();
    sources.stream()
        .filter(Workload::perNode)
        .forEach(source -> workloads.add(new Workload(source, nodes)));
    int[] shares = shares(scaled, left);
    for (int k = 0; k < shares.length; k++) {
      workloads.add(new Workload(scaled.get(k), shares[k]));
    }
    return workloads;
  }

  private static boolean perNode(PodSource source) {
    return source.kind().equals("DaemonSet");
  }

  /** What rounding takes away goes to those that lost most by it. */
  private static int[] shares(List<PodSource> sources, int pods) {
    long sum = Math.max(1, sources.stream().mapToLong(Workload::weight).sum());
    int[] shares = new int[sources.size()];
    long given = 0;
    for (int k = 0; k < shares.length; k++) {
      shares[k] = (int) Math.max(1, pods * weight(sources.get(k)) / sum);
      given += shares[k];
    }
    for (int k : byLoss(sources, pods, sum, shares)) {
      if (given < pods) {
        shares[k]++;
        given++;
      }
    }
    while (given > Math.max(pods, shares.length)) {
      shares[largest(shares)]--;
      given--;
    }
    return shares;
  }

  private static int largest(int[] shares) {
    int largest = 0;
    for (int k = 1; k < shares.length; k++) {
      largest = shares[k] > shares[largest] ? k : largest;
    }
    return largest;
  }

  private static long weight(PodSource source) {
    Integer completions = source.completions();
    return Math.max(1, Math.max(source.replicas(), completions == null ? 0 : completions));
  }

  private static List<Integer> byLoss(List<PodSource> sources, int pods, long sum, int[] shares) {
    List<Integer> order = new ArrayList<>();
    for (int k = 0; k < shares.length; k++) {
      order.add(k);
    }
    order.sort(
        Comparator.comparingLong(
            (Integer k) -> (long) shares[k] * sum - pods * weight(sources.get(k))));
    return order;
  }
}

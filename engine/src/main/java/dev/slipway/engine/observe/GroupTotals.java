package dev.slipway.engine.observe;

import dev.slipway.engine.api.PodPhase;

/**
 * Counts of the pods of one group in one shard.
 *
 * @param group {@code cluster}, {@code namespace}, {@code node} or {@code qos}
 * @param name its name, empty for the cluster
 * @param cpuMilli effective requests of the pods that have not ended
 * @param memoryBytes the same for memory
 */
public record GroupTotals(
    String group,
    String name,
    long pods,
    long pending,
    long running,
    long succeeded,
    long failed,
    long unknown,
    long ready,
    long restarts,
    long cpuMilli,
    long memoryBytes) {
  static final int PODS = 0;
  private static final int FIRST_PHASE = 1;
  private static final int READY = 6;
  private static final int RESTARTS = 7;
  private static final int CPU = 8;
  private static final int MEMORY = 9;
  static final int COLUMNS = 10;

  static GroupTotals of(String group, String name, long[] c) {
    return new GroupTotals(
        group,
        name,
        c[PODS],
        c[1],
        c[2],
        c[3],
        c[4],
        c[5],
        c[READY],
        c[RESTARTS],
        c[CPU],
        c[MEMORY]);
  }

  static void add(long[] columns, ObservedPod pod, int sign) {
    PodPhase phase = pod.phase();
    columns[PODS] += sign;
    columns[FIRST_PHASE + phase.ordinal()] += sign;
    columns[READY] += pod.ready() ? sign : 0;
    columns[RESTARTS] += sign * (long) pod.restarts();
    if (!phase.terminal()) {
      columns[CPU] += sign * pod.spec.cpuMilli();
      columns[MEMORY] += sign * pod.spec.memoryBytes();
    }
  }
}

package dev.slipway.ops.plan;

/**
 * A pod's plan and whose pod it is.
 *
 * @param kind of the workload
 * @param replicas how many pods of this kind the workload wants; one was run
 */
record PodPlan(
    String file,
    String kind,
    String namespace,
    String name,
    String podName,
    int replicas,
    Outcome outcome,
    Timeline timeline) {
  /** {@code Deployment default/web}. */
  String title() {
    return kind + " " + namespace + "/" + name;
  }
}

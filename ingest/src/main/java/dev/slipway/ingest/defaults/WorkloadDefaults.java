package dev.slipway.ingest.defaults;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Defaults of the workloads that carry a template of pods. */
public final class WorkloadDefaults {
  private static final int REVISIONS = 10;
  private static final int PROGRESS_SECONDS = 600;
  private static final int BACKOFF_LIMIT = 6;
  private static final int SUCCESSFUL_JOBS = 3;
  private static final String QUARTER = "25%";
  private static final String ROLLING_UPDATE = "RollingUpdate";

  private WorkloadDefaults() {}

  /** Fills in the spec of a workload of that kind; an unknown kind stays as it is. */
  public static void spec(String kind, ObjectNode spec) {
    switch (kind) {
      case "Deployment" -> deployment(spec);
      case "StatefulSet" -> statefulSet(spec);
      case "DaemonSet" -> daemonSet(spec);
      case "ReplicaSet", "ReplicationController" -> replicas(spec);
      case "Job" -> job(spec);
      case "CronJob" -> cronJob(spec);
      default -> {}
    }
  }

  /** Fills in the template of any workload. */
  private static void template(ObjectNode spec) {
    PodDefaults.templateSpec(Fill.make(Fill.make(spec, "template"), "spec"));
  }

  private static void replicas(ObjectNode spec) {
    template(spec);
    Fill.absent(spec, "replicas", 1);
  }

  private static void deployment(ObjectNode spec) {
    replicas(spec);
    ObjectNode strategy = Fill.make(spec, "strategy");
    Fill.text(strategy, "type", ROLLING_UPDATE);
    if (strategy.path("type").asText().equals(ROLLING_UPDATE)) {
      ObjectNode rolling = Fill.make(strategy, "rollingUpdate");
      Fill.absentText(rolling, "maxUnavailable", QUARTER);
      Fill.absentText(rolling, "maxSurge", QUARTER);
    }
    Fill.absent(spec, "revisionHistoryLimit", REVISIONS);
    Fill.absent(spec, "progressDeadlineSeconds", PROGRESS_SECONDS);
  }

  private static void statefulSet(ObjectNode spec) {
    replicas(spec);
    Fill.each(spec, "volumeClaimTemplates", VolumeDefaults::claim);
    Fill.text(spec, "podManagementPolicy", "OrderedReady");
    ObjectNode strategy = Fill.make(spec, "updateStrategy");
    if (strategy.path("type").asText().isEmpty()) {
      strategy.put("type", ROLLING_UPDATE);
      Fill.make(strategy, "rollingUpdate");
    }
    if (strategy.path("type").asText().equals(ROLLING_UPDATE)) {
      Fill.object(
          strategy,
          "rollingUpdate",
          rolling -> {
            Fill.absent(rolling, "partition", 0);
            Fill.absent(rolling, "maxUnavailable", 1);
          });
    }
    ObjectNode retention = Fill.make(spec, "persistentVolumeClaimRetentionPolicy");
    Fill.text(retention, "whenDeleted", "Retain");
    Fill.text(retention, "whenScaled", "Retain");
    Fill.absent(spec, "revisionHistoryLimit", REVISIONS);
  }

  private static void daemonSet(ObjectNode spec) {
    template(spec);
    ObjectNode strategy = Fill.make(spec, "updateStrategy");
    Fill.text(strategy, "type", ROLLING_UPDATE);
    if (strategy.path("type").asText().equals(ROLLING_UPDATE)) {
      ObjectNode rolling = Fill.make(strategy, "rollingUpdate");
      Fill.absent(rolling, "maxUnavailable", 1);
      Fill.absent(rolling, "maxSurge", 0);
    }
    Fill.absent(spec, "revisionHistoryLimit", REVISIONS);
  }

  private static void job(ObjectNode spec) {
    jobTemplate(spec);
    if (!spec.has("completions") && !spec.has("parallelism")) {
      spec.put("completions", 1);
    }
    Fill.absent(spec, "parallelism", 1);
    Fill.absent(
        spec, "backoffLimit", spec.has("backoffLimitPerIndex") ? Integer.MAX_VALUE : BACKOFF_LIMIT);
    Fill.absentText(spec, "completionMode", "NonIndexed");
    Fill.absent(spec, "suspend", false);
    Fill.absent(spec, "manualSelector", false);
    Fill.absentText(
        spec,
        "podReplacementPolicy",
        spec.has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
  }

  /** What a job gets inside a cron job too. */
  private static void jobTemplate(ObjectNode spec) {
    template(spec);
    Fill.each(
        spec.path("podFailurePolicy"),
        "rules",
        rule ->
            Fill.each(rule, "onPodConditions", pattern -> Fill.text(pattern, "status", "True")));
  }

  private static void cronJob(ObjectNode spec) {
    jobTemplate(Fill.make(Fill.make(spec, "jobTemplate"), "spec"));
    Fill.text(spec, "concurrencyPolicy", "Allow");
    Fill.absent(spec, "suspend", false);
    Fill.absent(spec, "successfulJobsHistoryLimit", SUCCESSFUL_JOBS);
    Fill.absent(spec, "failedJobsHistoryLimit", 1);
  }
}

package dev.slipway.ingest.manifest;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kinds of object that carry pods, and where in them the pod stands. */
final class Workloads {
  private static final String TEMPLATE = "spec.template";

  private static final Map<String, String> TEMPLATE_PATHS =
      Map.of(
          "Pod", "",
          "PodTemplate", "template",
          "Deployment", TEMPLATE,
          "ReplicaSet", TEMPLATE,
          "StatefulSet", TEMPLATE,
          "DaemonSet", TEMPLATE,
          "ReplicationController", TEMPLATE,
          "Job", TEMPLATE,
          "CronJob", "spec.jobTemplate.spec.template");

  /**
   * The groups these kinds have been in since Kubernetes 1.0; elsewhere the same word means
   * something else.
   */
  private static final Set<String> GROUPS = Set.of("", "apps", "batch", "extensions");

  private Workloads() {}

  /** Path of the pod template, empty for a pod itself, null for a kind without pods. */
  static @Nullable String templatePath(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    return GROUPS.contains(group) ? TEMPLATE_PATHS.get(kind) : null;
  }
}

package dev.slipway.ingest.defaults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Defaults of pods and of templates of pods (rule V-60). */
public final class PodDefaults {
  private static final int GRACE_SECONDS = 30;
  private static final List<String> CONTAINER_LISTS =
      List.of("initContainers", "containers", "ephemeralContainers");

  private PodDefaults() {}

  /** Fills in the spec of a pod. */
  public static void podSpec(ObjectNode spec) {
    templateSpec(spec);
    for (String list : List.of("initContainers", "containers")) {
      Fill.each(spec, list, ResourceDefaults::requestsFromLimits);
    }
    Fill.absent(spec, "enableServiceLinks", true);
    if (spec.path("hostNetwork").asBoolean()) {
      hostPorts(spec);
    }
    if (spec.path("terminationGracePeriodSeconds").asLong() < 0) {
      spec.put("terminationGracePeriodSeconds", 1);
    }
  }

  /** Fills in the spec of a pod template: what a pod gets only when it is made stays open. */
  public static void templateSpec(ObjectNode spec) {
    Fill.each(spec, "volumes", VolumeDefaults::volume);
    for (String list : CONTAINER_LISTS) {
      Fill.each(spec, list, ContainerDefaults::container);
    }
    ResourceDefaults.roundAll(spec, "resources");
    ResourceDefaults.round(spec, "overhead");
    Fill.text(spec, "dnsPolicy", "ClusterFirst");
    Fill.text(spec, "restartPolicy", "Always");
    Fill.make(spec, "securityContext");
    Fill.absent(spec, "terminationGracePeriodSeconds", GRACE_SECONDS);
    Fill.text(spec, "schedulerName", "default-scheduler");
    serviceAccount(spec);
  }

  /** The old and the new name of the same field say the same. */
  private static void serviceAccount(ObjectNode spec) {
    String name = spec.path("serviceAccountName").asText();
    String old = spec.path("serviceAccount").asText();
    String both = name.isEmpty() ? old : name;
    if (!both.isEmpty()) {
      spec.put("serviceAccountName", both);
      spec.put("serviceAccount", both);
    }
  }

  private static void hostPorts(ObjectNode spec) {
    for (String list : List.of("initContainers", "containers")) {
      Fill.each(
          spec,
          list,
          container ->
              Fill.each(
                  container,
                  "ports",
                  port -> {
                    if (port.has("containerPort")) {
                      Fill.absent(port, "hostPort", port.path("containerPort").asLong());
                    }
                  }));
    }
  }
}

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
    podSpec(spec, ApiGates.DEFAULT);
  }

  /** Fills in the spec of a pod on a server with these gates. */
  public static void podSpec(ObjectNode spec, ApiGates gates) {
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
    if (gates.on(ApiGates.POD_LEVEL_RESOURCES)
        && !gates.on(ApiGates.POD_LEVEL_RESOURCES_FIX_DEFAULTING)) {
      PodLevelDefaults.fillBefore137(spec);
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

  /** The old field of one address and the new list of them say the same; the old one wins. */
  public static void podStatus(ObjectNode pod) {
    Fill.object(
        pod,
        "status",
        status -> {
          String ip = status.path("podIP").asText();
          String first = status.path("podIPs").path(0).path("ip").asText();
          if (!ip.isEmpty() && !ip.equals(first)) {
            status.putArray("podIPs").addObject().put("ip", ip);
          } else if (ip.isEmpty() && !first.isEmpty()) {
            status.put("podIP", first);
          }
        });
  }
}

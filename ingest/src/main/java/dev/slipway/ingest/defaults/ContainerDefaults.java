package dev.slipway.ingest.defaults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Defaults of containers, whatever list they stand in. */
final class ContainerDefaults {
  private static final List<String> PROBES =
      List.of("livenessProbe", "readinessProbe", "startupProbe");
  private static final List<String> HOOKS = List.of("postStart", "preStop");

  private ContainerDefaults() {}

  static void container(ObjectNode container) {
    Fill.text(
        container, "imagePullPolicy", Images.defaultPullPolicy(container.path("image").asText()));
    Fill.text(container, "terminationMessagePath", "/dev/termination-log");
    Fill.text(container, "terminationMessagePolicy", "File");
    Fill.each(container, "ports", port -> Fill.text(port, "protocol", "TCP"));
    Fill.each(container, "env", ContainerDefaults::variable);
    ResourceDefaults.roundAll(container, "resources");
    for (String probe : PROBES) {
      Fill.object(container, probe, ContainerDefaults::probe);
    }
    for (String hook : HOOKS) {
      Fill.object(container.path("lifecycle"), hook, ContainerDefaults::handler);
    }
  }

  private static void variable(ObjectNode variable) {
    Fill.object(
        variable,
        "valueFrom",
        source -> {
          VolumeDefaults.fieldRef(source);
          Fill.object(source, "fileKeyRef", ref -> Fill.absent(ref, "optional", false));
        });
  }

  private static void probe(ObjectNode probe) {
    handler(probe);
    Fill.object(probe, "grpc", grpc -> Fill.absentText(grpc, "service", ""));
    number(probe, "timeoutSeconds", 1);
    number(probe, "periodSeconds", 10);
    number(probe, "successThreshold", 1);
    number(probe, "failureThreshold", 3);
  }

  private static void number(ObjectNode probe, String field, int value) {
    if (probe.path(field).asInt() == 0) {
      probe.put(field, value);
    }
  }

  private static void handler(ObjectNode handler) {
    Fill.object(
        handler,
        "httpGet",
        get -> {
          Fill.text(get, "path", "/");
          Fill.text(get, "scheme", "HTTP");
        });
  }
}

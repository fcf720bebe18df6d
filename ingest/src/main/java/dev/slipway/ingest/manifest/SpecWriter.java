package dev.slipway.ingest.manifest;

import static dev.slipway.ingest.manifest.PodWriter.list;
import static dev.slipway.ingest.manifest.PodWriter.text;
import static dev.slipway.ingest.manifest.PodWriter.texts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.ContainerPort;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ResizePolicy;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.RestartRule;
import org.jspecify.annotations.Nullable;

/** Writes pod specs: the fields the engine knows, with the API's names. */
final class SpecWriter {
  private SpecWriter() {}

  static ObjectNode spec(PodSpec spec) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    list(node, "initContainers", spec.initContainers(), SpecWriter::container);
    list(node, "containers", spec.containers(), SpecWriter::container);
    list(node, "ephemeralContainers", spec.ephemeralContainers(), SpecWriter::container);
    node.put("restartPolicy", spec.restartPolicy().text());
    whole(node, "terminationGracePeriodSeconds", spec.terminationGracePeriodSeconds());
    whole(node, "activeDeadlineSeconds", spec.activeDeadlineSeconds());
    text(node, "nodeName", spec.nodeName());
    if (spec.hostNetwork()) {
      node.put("hostNetwork", true);
    }
    list(
        node,
        "readinessGates",
        spec.readinessGates(),
        (gate, type) -> gate.put("conditionType", type));
    if (spec.resources() != null) {
      node.set("resources", resources(spec.resources()));
    }
    texts(node, "overhead", spec.overhead());
    text(node, "priorityClassName", spec.priorityClassName());
    if (spec.priority() != null) {
      node.put("priority", spec.priority());
    }
    return node;
  }

  private static void container(ObjectNode node, ContainerSpec container) {
    node.put("name", container.name());
    text(node, "image", container.image());
    node.put("imagePullPolicy", container.imagePullPolicy().text());
    if (container.restartPolicy() != null) {
      node.put("restartPolicy", container.restartPolicy().text());
    }
    list(node, "restartPolicyRules", container.restartPolicyRules(), SpecWriter::restartRule);
    probe(node, "startupProbe", container.startupProbe());
    probe(node, "livenessProbe", container.livenessProbe());
    probe(node, "readinessProbe", container.readinessProbe());
    lifecycle(node, container);
    node.set("resources", resources(container.resources()));
    list(node, "resizePolicy", container.resizePolicy(), SpecWriter::resizePolicy);
    list(node, "ports", container.ports(), SpecWriter::containerPort);
    list(node, "volumeMounts", container.volumeMounts(), (mount, name) -> mount.put("name", name));
  }

  private static void restartRule(ObjectNode node, RestartRule rule) {
    switch (rule.action()) {
      case RESTART -> node.put("action", "Restart");
      case RESTART_ALL_CONTAINERS -> node.put("action", "RestartAllContainers");
      case UNKNOWN -> {}
    }
    ObjectNode exitCodes = node.putObject("exitCodes");
    switch (rule.operator()) {
      case IN -> exitCodes.put("operator", "In");
      case NOT_IN -> exitCodes.put("operator", "NotIn");
      case UNKNOWN -> {}
    }
    var values = exitCodes.putArray("values");
    rule.exitCodes().forEach(values::add);
  }

  private static void resizePolicy(ObjectNode node, ResizePolicy policy) {
    node.put("resourceName", policy.resourceName());
    node.put("restartPolicy", policy.restartContainer() ? "RestartContainer" : "NotRequired");
  }

  private static ObjectNode resources(ResourceRequirements resources) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    texts(node, "requests", resources.requests());
    texts(node, "limits", resources.limits());
    return node;
  }

  private static void lifecycle(ObjectNode node, ContainerSpec container) {
    ObjectNode lifecycle = JsonNodeFactory.instance.objectNode();
    if (container.postStart() != null) {
      handler(lifecycle.putObject("postStart"), container.postStart());
    }
    if (container.preStop() != null) {
      handler(lifecycle.putObject("preStop"), container.preStop());
    }
    text(lifecycle, "stopSignal", container.stopSignal());
    if (!lifecycle.isEmpty()) {
      node.set("lifecycle", lifecycle);
    }
  }

  private static void probe(ObjectNode node, String field, @Nullable ProbeSpec probe) {
    if (probe == null) {
      return;
    }
    ObjectNode written = node.putObject(field);
    handler(written, probe.handler());
    PodWriter.number(written, "initialDelaySeconds", probe.initialDelaySeconds());
    written.put("timeoutSeconds", probe.timeoutSeconds());
    written.put("periodSeconds", probe.periodSeconds());
    written.put("successThreshold", probe.successThreshold());
    written.put("failureThreshold", probe.failureThreshold());
    whole(written, "terminationGracePeriodSeconds", probe.terminationGracePeriodSeconds());
  }

  private static void handler(ObjectNode node, Handler handler) {
    switch (handler) {
      case Handler.Exec exec -> list(node.putObject("exec"), "command", exec.command());
      case Handler.HttpGet get -> {
        ObjectNode written = node.putObject("httpGet");
        text(written, "host", get.host());
        port(written, get.port());
        text(written, "path", get.path());
        text(written, "scheme", get.scheme());
        list(written, "httpHeaders", get.headers(), SpecWriter::header);
      }
      case Handler.TcpSocket socket -> {
        ObjectNode written = node.putObject("tcpSocket");
        text(written, "host", socket.host());
        port(written, socket.port());
      }
      case Handler.Grpc(int port, String service, boolean _) ->
          node.putObject("grpc").put("port", port).put("service", service);
      case Handler.Sleep(long seconds) -> node.putObject("sleep").put("seconds", seconds);
      case Handler.None() -> {}
    }
  }

  private static void port(ObjectNode node, Handler.Port port) {
    if (port.named()) {
      node.put("port", port.name());
    } else {
      node.put("port", port.number());
    }
  }

  private static void containerPort(ObjectNode node, ContainerPort port) {
    text(node, "name", port.name());
    node.put("containerPort", port.containerPort());
  }

  private static void header(ObjectNode node, Handler.HttpHeader header) {
    node.put("name", header.name()).put("value", header.value());
  }

  private static void whole(ObjectNode node, String field, @Nullable Long value) {
    if (value != null) {
      node.put(field, value);
    }
  }
}

package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.ImagePullPolicy;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.ResizePolicy;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.RestartRule;
import dev.slipway.engine.api.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pods of the engine's vectors: API JSON as the API server stored it, defaulted and
 * valid.
 */
final class VectorPods {
  private VectorPods() {}

  static ObjectMeta meta(JsonNode pod) {
    JsonNode meta = pod.path("metadata");
    JsonNode grace = meta.path("deletionGracePeriodSeconds");
    Map<String, String> annotations = new HashMap<>();
    meta.path("annotations")
        .fields()
        .forEachRemaining(e -> annotations.put(e.getKey(), e.getValue().asText()));
    return new ObjectMeta(
        meta.path("name").asText(""),
        meta.path("namespace").asText(""),
        meta.path("uid").asText(""),
        meta.path("generation").asLong(0),
        "",
        Map.of(),
        annotations,
        List.of(),
        List.of(),
        Times.NONE,
        meta.has("deletionTimestamp") ? 0 : Times.NONE,
        grace.isMissingNode() ? null : Long.valueOf(grace.asLong()));
  }

  static PodSpec spec(JsonNode pod) {
    JsonNode spec = pod.path("spec");
    List<String> gates = new ArrayList<>();
    spec.path("readinessGates").forEach(g -> gates.add(g.path("conditionType").asText()));
    return new PodSpec(
        RestartPolicy.of(spec.path("restartPolicy").asText("Always")),
        number(spec, "terminationGracePeriodSeconds"),
        number(spec, "activeDeadlineSeconds"),
        spec.path("hostNetwork").asBoolean(),
        spec.path("nodeName").asText(""),
        gates,
        containers(spec.path("initContainers")),
        containers(spec.path("containers")),
        containers(spec.path("ephemeralContainers")),
        spec.has("resources") ? resources(spec.path("resources")) : null,
        Map.of(),
        null,
        "");
  }

  /** A pod of those containers and of nothing else. */
  static PodSpec podOf(List<ContainerSpec> init, List<ContainerSpec> app) {
    return new PodSpec(
        RestartPolicy.ALWAYS,
        null,
        null,
        false,
        "",
        List.of(),
        init,
        app,
        List.of(),
        null,
        Map.of(),
        null,
        "");
  }

  static PodSpec withGrace(PodSpec spec, @Nullable Long seconds) {
    return new PodSpec(
        spec.restartPolicy(),
        seconds,
        null,
        false,
        "",
        List.of(),
        spec.initContainers(),
        spec.containers(),
        spec.ephemeralContainers(),
        null,
        Map.of(),
        null,
        "");
  }

  /** A container without probes and hooks. */
  static ContainerSpec plainContainer(String name, String image, ResourceRequirements resources) {
    return new ContainerSpec(
        name,
        image,
        ImagePullPolicy.IF_NOT_PRESENT,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        "",
        resources,
        List.of(),
        List.of());
  }

  /** The container with that restart policy and preStop hook. */
  static ContainerSpec with(
      ContainerSpec plain, @Nullable RestartPolicy policy, @Nullable Handler preStop) {
    return new ContainerSpec(
        plain.name(),
        plain.image(),
        plain.imagePullPolicy(),
        policy,
        List.of(),
        null,
        null,
        null,
        null,
        preStop,
        "",
        plain.resources(),
        List.of(),
        List.of());
  }

  private static @Nullable Long number(JsonNode node, String field) {
    return node.has(field) ? Long.valueOf(node.path(field).asLong()) : null;
  }

  private static List<ContainerSpec> containers(JsonNode list) {
    List<ContainerSpec> containers = new ArrayList<>();
    list.forEach(c -> containers.add(container(c)));
    return containers;
  }

  static ContainerSpec container(JsonNode c) {
    List<RestartRule> rules = new ArrayList<>();
    c.path("restartPolicyRules").forEach(r -> rules.add(rule(r)));
    List<ResizePolicy> resize = new ArrayList<>();
    c.path("resizePolicy")
        .forEach(p ->
            resize.add(
                new ResizePolicy(
                    p.path("resourceName").asText(),
                    p.path("restartPolicy").asText().equals("RestartContainer"))));
    return new ContainerSpec(
        c.path("name").asText(),
        c.path("image").asText(""),
        ImagePullPolicy.of(c.path("imagePullPolicy").asText("IfNotPresent")),
        c.has("restartPolicy") ? RestartPolicy.of(c.path("restartPolicy").asText()) : null,
        rules,
        probe(c.path("startupProbe")),
        probe(c.path("livenessProbe")),
        probe(c.path("readinessProbe")),
        hook(c.path("lifecycle").path("postStart")),
        hook(c.path("lifecycle").path("preStop")),
        "",
        resources(c.path("resources")),
        resize,
        List.of());
  }

  private static RestartRule rule(JsonNode rule) {
    RestartRule.Action action =
        switch (rule.path("action").asText()) {
          case "Restart" -> RestartRule.Action.RESTART;
          case "RestartAllContainers" -> RestartRule.Action.RESTART_ALL_CONTAINERS;
          default -> RestartRule.Action.UNKNOWN;
        };
    RestartRule.Operator operator =
        switch (rule.path("exitCodes").path("operator").asText()) {
          case "In" -> RestartRule.Operator.IN;
          case "NotIn" -> RestartRule.Operator.NOT_IN;
          default -> RestartRule.Operator.UNKNOWN;
        };
    List<Integer> codes = new ArrayList<>();
    rule.path("exitCodes").path("values").forEach(v -> codes.add(v.asInt()));
    return new RestartRule(action, operator, codes);
  }

  private static @Nullable ProbeSpec probe(JsonNode p) {
    if (p.isMissingNode()) {
      return null;
    }
    return new ProbeSpec(
        new Handler.Exec(List.of()),
        p.path("initialDelaySeconds").asInt(0),
        p.path("timeoutSeconds").asInt(0),
        p.path("periodSeconds").asInt(0),
        p.path("successThreshold").asInt(0),
        p.path("failureThreshold").asInt(0),
        number(p, "terminationGracePeriodSeconds"));
  }

  private static @Nullable Handler hook(JsonNode hook) {
    if (hook.isMissingNode()) {
      return null;
    }
    return hook.has("sleep")
        ? new Handler.Sleep(hook.path("sleep").path("seconds").asLong())
        : new Handler.Exec(List.of());
  }

  static ResourceRequirements resources(JsonNode resources) {
    return new ResourceRequirements(
        amounts(resources.path("requests")), amounts(resources.path("limits")));
  }

  private static Map<String, Quantity> amounts(JsonNode node) {
    Map<String, Quantity> amounts = new HashMap<>();
    node.fields()
        .forEachRemaining(e -> amounts.put(e.getKey(), Quantity.parse(e.getValue().asText())));
    return amounts;
  }
}

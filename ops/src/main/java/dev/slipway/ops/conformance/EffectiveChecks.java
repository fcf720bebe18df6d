package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.EffectiveResources;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QosRules;
import dev.slipway.engine.resources.ResourceDefaults;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceOptions;
import dev.slipway.engine.resources.Resources;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks of effective requests and limits, QoS class and defaults. */
final class EffectiveChecks {
  private EffectiveChecks() {}

  static Verdict requests(JsonNode vector, DataFolders data) {
    PodResources pod = ResourceJson.pod(vector.path("in").path("pod"));
    JsonNode options = vector.path("in").path("options");
    JsonNode answers = vector.path("out").path("answers");
    var comparison = new Comparison();
    for (int i = 0; i < options.size(); i++) {
      answer(comparison, "answers[" + i + "].", answers.path(i), pod, options(options.path(i)));
    }
    return comparison.verdict();
  }

  static void answer(
      Comparison comparison,
      String prefix,
      JsonNode answer,
      PodResources pod,
      ResourceOptions options) {
    comparison
        .add(
            prefix + "requests",
            answer.path("requests"),
            texts(EffectiveResources.podRequests(pod, options)))
        .add(
            prefix + "limits",
            answer.path("limits"),
            texts(EffectiveResources.podLimits(pod, options)))
        .add(
            prefix + "containerRequests",
            answer.path("containerRequests"),
            texts(EffectiveResources.containerRequests(pod, options)))
        .add(
            prefix + "containerLimits",
            answer.path("containerLimits"),
            texts(EffectiveResources.containerLimits(pod, options)));
  }

  private static Map<String, String> texts(ResourceList list) {
    return ResourceJson.texts(list);
  }

  private static ResourceOptions options(JsonNode node) {
    return new ResourceOptions(
        node.path("excludeOverhead").booleanValue(),
        node.path("useStatusResources").booleanValue(),
        node.path("inPlacePodLevel").booleanValue(),
        node.path("skipPodLevel").booleanValue(),
        node.path("skipContainerLevel").booleanValue(),
        node.path("draClaims").booleanValue(),
        ResourceJson.amounts(node.path("nonMissing")));
  }

  static Verdict qos(JsonNode vector, DataFolders data) {
    JsonNode out = vector.path("out");
    PodResources pod = ResourceJson.pod(vector.path("in").path("pod"));
    return new Comparison()
        .add("computed", out.path("computed"), QosRules.compute(pod).text())
        .add("get", out.path("get"), QosRules.of(pod).text())
        .add(
            "defaulted",
            out.path("defaulted"),
            QosRules.compute(ResourceDefaults.created(pod)).text())
        .verdict();
  }

  static Verdict defaults(JsonNode vector, DataFolders data) {
    JsonNode out = vector.path("out");
    PodResources decoded =
        ResourceDefaults.decoded(ResourceJson.pod(vector.path("in").path("pod")));
    return new Comparison()
        .addTexts("decoded", strict(out.path("decoded")), strict(decoded))
        .addTexts(
            "created",
            strict(out.path("created")),
            strict(ResourceDefaults.withPodLevelDefaults(decoded)))
        .verdict();
  }

  /** A recorded tree with empty maps told from absent ones, null left out. */
  private static String strict(JsonNode node) {
    if (node.isObject()) {
      var fields = new TreeMap<String, String>();
      node.properties()
          .forEach(entry -> {
            if (!entry.getValue().isNull()) {
              fields.put(entry.getKey(), strict(entry.getValue()));
            }
          });
      return fields.toString();
    }
    return node.isArray()
        ? ResourceJson.list(node, EffectiveChecks::strict).toString()
        : node.asText();
  }

  private static String strict(PodResources pod) {
    var fields = new TreeMap<String, String>();
    fields.put("containers", containers(pod.containers()));
    if (!pod.initContainers().isEmpty()) {
      fields.put("initContainers", containers(pod.initContainers()));
    }
    if (pod.podLevel() != null) {
      fields.put("resources", strict(pod.podLevel()));
    }
    if (pod.overhead().present()) {
      fields.put("overhead", texts(pod.overhead()).toString());
    }
    return fields.toString();
  }

  private static String containers(List<ContainerResources> containers) {
    return containers.stream().map(container -> strict(container.resources())).toList().toString();
  }

  private static String strict(Resources resources) {
    var fields = new TreeMap<String, String>();
    if (resources.requests().present()) {
      fields.put("requests", texts(resources.requests()).toString());
    }
    if (resources.limits().present()) {
      fields.put("limits", texts(resources.limits()).toString());
    }
    return fields.toString();
  }
}

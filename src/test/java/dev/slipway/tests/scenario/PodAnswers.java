package dev.slipway.tests.scenario;

import static dev.slipway.tests.scenario.SumsText.list;
import static dev.slipway.tests.scenario.SumsText.words;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.DocumentationRule;
import dev.slipway.engine.resources.EffectiveResources;
import dev.slipway.engine.resources.PhaseSplit;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QosRules;
import dev.slipway.engine.resources.ResourceDefaults;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceOptions;
import dev.slipway.engine.resources.Resources;
import dev.slipway.engine.resources.StatusUpTo136;
import dev.slipway.engine.resources.UnlimitedResources;
import dev.slipway.ingest.defaults.ApiGates;
import dev.slipway.ingest.defaults.PodCreation;
import dev.slipway.ingest.defaults.PodDefaults;
import dev.slipway.ingest.validation.FieldError;
import dev.slipway.ingest.validation.PodValidator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Questions about what one pod asks for.
 *
 * <ul>
 *   <li>{@code requests}, {@code limits}: effective, with options {@code status},
 *       {@code scheduler} (with ), {@code up-to-1.36}, {@code nonmissing[..]},
 *       {@code no-overhead}, {@code no-pod-level}, {@code no-containers}, {@code claims}
 *   <li>{@code unlimited}: names without bound among cpu and memory, {@code -} if none
 *   <li>{@code split}: steady, peak, effective, unused after the start, missed by app sums
 *   <li>{@code page}: requests and limits by the documentation page
 *   <li>{@code defaults}: containers, then the pod level, after creation (with {@code up-to-1.36}
 *       as those releases did); {@code decoded}: before the pod level's defaults
 *   <li>{@code qos}: class of the created pod; {@code qos-as-written} without defaults; {@code
 *       qos-stored}: what the kubelet goes by
 *   <li>{@code valid}: fields with errors that have to do with resources, {@code -} if none
 * </ul>
 */
final class PodAnswers {
  private static final List<String> BOUNDED = List.of("cpu", "memory");

  private PodAnswers() {}

  static String of(PodResources pod, Given given) {
    return switch (given.word(0)) {
      case "requests" -> words(EffectiveResources.podRequests(view(pod, given), options(given)));
      case "limits" -> words(EffectiveResources.podLimits(view(pod, given), options(given)));
      case "unlimited" -> unlimited(pod);
      case "split" -> split(PhaseSplit.ofRequests(pod));
      case "page" -> {
        DocumentationRule page = DocumentationRule.of(pod);
        yield words(page.requests()) + "; limits " + words(page.limits());
      }
      case "decoded" -> resources(ResourceDefaults.decoded(pod));
      case "defaults" ->
          given.has("up-to-1.36")
              ? json(before137(pod).path("spec"))
              : resources(ResourceDefaults.created(pod));
      case "qos" -> QosRules.compute(ResourceDefaults.created(pod)).text();
      case "qos-as-written" -> QosRules.compute(pod).text();
      case "qos-stored" -> QosRules.of(pod).text();
      default -> valid(pod);
    };
  }

  private static PodResources view(PodResources pod, Given given) {
    return given.has("up-to-1.36") ? StatusUpTo136.view(pod) : pod;
  }

  static ResourceOptions options(Given given) {
    return new ResourceOptions(
        given.has("no-overhead"),
        given.has("status") || given.has("scheduler"),
        given.has("scheduler"),
        given.has("no-pod-level"),
        given.has("no-containers"),
        given.has("claims"),
        list(given.get("nonmissing", "-")));
  }

  private static String unlimited(PodResources pod) {
    List<String> names =
        BOUNDED.stream().filter(name -> UnlimitedResources.isUnlimited(pod, name)).toList();
    return names.isEmpty() ? "-" : String.join(" ", names);
  }

  private static String split(PhaseSplit split) {
    return words(split.steady())
        + "; peak "
        + words(split.initPeak())
        + "; effective "
        + words(split.effective())
        + "; unused "
        + words(split.unusedAfterStart())
        + "; missed "
        + words(split.missedByApps());
  }

  private static String resources(PodResources pod) {
    List<String> parts = new ArrayList<>();
    Stream.concat(pod.initContainers().stream(), pod.containers().stream())
        .forEach(container -> parts.add(both(container.name(), container.resources())));
    Resources podLevel = pod.podLevel();
    if (podLevel != null) {
      parts.add(both("pod", podLevel));
    }
    return String.join("; ", parts);
  }

  private static String both(String what, Resources resources) {
    return what + " " + words(resources.requests()) + " / " + words(resources.limits());
  }

  private static ObjectNode before137(PodResources pod) {
    ObjectNode node = tree(pod);
    var gates = new ApiGates(Map.of(ApiGates.POD_LEVEL_RESOURCES_FIX_DEFAULTING, false));
    PodDefaults.podSpec(spec(node), gates);
    return node;
  }

  private static String json(JsonNode spec) {
    return "pod " + json(spec.at("/resources/requests"), spec.at("/resources/limits"));
  }

  private static String json(JsonNode requests, JsonNode limits) {
    return words(amounts(requests)) + " / " + words(amounts(limits));
  }

  private static ResourceList amounts(JsonNode node) {
    List<String> words = new ArrayList<>();
    node.properties().forEach(entry -> words.add(entry.getKey() + "=" + entry.getValue().asText()));
    return list(String.join(" ", words));
  }

  private static String valid(PodResources pod) {
    ObjectNode node = tree(pod);
    PodDefaults.podSpec(spec(node));
    PodCreation.podLevel(spec(node), ApiGates.DEFAULT);
    List<String> fields =
        PodValidator.DEFAULT.create(node).stream()
            .map(FieldError::field)
            .filter(field -> field.contains("resources") || field.contains("overhead"))
            .distinct()
            .toList();
    return fields.isEmpty() ? "-" : String.join(" ", fields);
  }

  private static ObjectNode spec(ObjectNode pod) {
    return pod.withObject("/spec");
  }

  private static ObjectNode tree(PodResources pod) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("apiVersion", "v1").put("kind", "Pod");
    node.putObject("metadata").put("name", "p").put("namespace", "ns");
    ObjectNode spec = node.putObject("spec");
    pod.initContainers().forEach(c -> container(c, spec.withArray("initContainers")));
    pod.containers().forEach(c -> container(c, spec.withArray("containers")));
    Resources podLevel = pod.podLevel();
    if (podLevel != null) {
      put(spec.putObject("resources"), podLevel);
    }
    if (pod.overhead().present()) {
      pod.overhead()
          .toMap()
          .forEach((name, amount) -> spec.withObject("/overhead").put(name, amount.toString()));
    }
    return node;
  }

  private static void container(ContainerResources container, ArrayNode list) {
    ObjectNode node = list.addObject().put("name", container.name()).put("image", "i:1");
    if (container.alwaysRestarts()) {
      node.put("restartPolicy", "Always");
    }
    put(node.putObject("resources"), container.resources());
  }

  private static void put(ObjectNode node, Resources resources) {
    put(node, "requests", resources.requests());
    put(node, "limits", resources.limits());
  }

  private static void put(ObjectNode node, String field, ResourceList list) {
    if (list.present()) {
      ObjectNode entries = node.putObject(field);
      list.toMap().forEach((name, amount) -> entries.put(name, amount.toString()));
    }
  }
}

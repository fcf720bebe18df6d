package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.ContainerResourceStatus;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.NodeAllocatableClaim;
import dev.slipway.engine.resources.PodImportance;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QosClass;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceStatus;
import dev.slipway.engine.resources.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what the resource rules need out of API objects as trees, and writes amounts back. */
public final class ResourceJson {
  private ResourceJson() {}

  static boolean present(JsonNode node) {
    return !node.isMissingNode() && !node.isNull();
  }

  static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
    var list = new ArrayList<T>();
    array.forEach(node -> list.add(read.apply(node)));
    return list;
  }

  static List<String> texts(JsonNode array) {
    return list(array, JsonNode::asText);
  }

  static @Nullable String textOrNull(JsonNode node) {
    return present(node) ? node.asText() : null;
  }

  static @Nullable Long longOrNull(JsonNode node) {
    return present(node) ? node.longValue() : null;
  }

  /** An amount as the API decodes it: outer blanks trimmed, null is zero. */
  static Quantity amount(JsonNode node) {
    return Quantity.parseJson(node.asText());
  }

  private static @Nullable Quantity amountOrNull(JsonNode node) {
    return present(node) ? amount(node) : null;
  }

  static ResourceList amounts(JsonNode map) {
    if (!present(map)) {
      return ResourceList.ABSENT;
    }
    var entries = new LinkedHashMap<String, Quantity>();
    map.properties().forEach(entry -> entries.put(entry.getKey(), amount(entry.getValue())));
    return ResourceList.of(entries);
  }

  static Resources resources(JsonNode node) {
    return new Resources(amounts(node.path("requests")), amounts(node.path("limits")));
  }

  private static @Nullable Resources resourcesOrNull(JsonNode node) {
    return present(node) ? resources(node) : null;
  }

  /** A pod with its status. */
  public static PodResources pod(JsonNode pod) {
    return spec(pod.path("spec")).withStatus(status(pod.path("status")));
  }

  static PodResources spec(JsonNode spec) {
    return new PodResources(
        list(spec.path("initContainers"), ResourceJson::container),
        list(spec.path("containers"), ResourceJson::container),
        resourcesOrNull(spec.path("resources")),
        amounts(spec.path("overhead")),
        ResourceStatus.NONE);
  }

  private static ContainerResources container(JsonNode node) {
    boolean always = node.path("restartPolicy").asText().equals("Always");
    return new ContainerResources(
        node.path("name").asText(), always, resources(node.path("resources")));
  }

  private static ResourceStatus status(JsonNode status) {
    var containers =
        new ArrayList<>(list(status.path("containerStatuses"), ResourceJson::containerStatus));
    containers.addAll(list(status.path("initContainerStatuses"), ResourceJson::containerStatus));
    return new ResourceStatus(
        containers,
        amounts(status.path("allocatedResources")),
        resourcesOrNull(status.path("resources")),
        resizeInfeasible(status.path("conditions")),
        list(status.path("nodeAllocatableResourceClaimStatuses"), ResourceJson::claim),
        QosClass.parse(status.path("qosClass").asText()));
  }

  private static ContainerResourceStatus containerStatus(JsonNode node) {
    return new ContainerResourceStatus(
        node.path("name").asText(),
        amounts(node.path("allocatedResources")),
        resourcesOrNull(node.path("resources")));
  }

  private static boolean resizeInfeasible(JsonNode conditions) {
    for (JsonNode condition : conditions) {
      if (condition.path("type").asText().equals("PodResizePending")) {
        return condition.path("reason").asText().equals("Infeasible");
      }
    }
    return false;
  }

  private static NodeAllocatableClaim claim(JsonNode node) {
    return new NodeAllocatableClaim(
        node.path("containers").size(),
        list(
            node.path("mapping"),
            mapping ->
                new NodeAllocatableClaim.Mapping(
                    mapping.path("name").asText(), amountOrNull(mapping.path("quantity")))),
        list(
            node.path("overhead"),
            overhead ->
                new NodeAllocatableClaim.Overhead(
                    overhead.path("name").asText(),
                    amountOrNull(overhead.path("perPod")),
                    amountOrNull(overhead.path("perContainer")))));
  }

  /** What makes a pod critical. */
  public static PodImportance importance(JsonNode pod) {
    JsonNode annotations = pod.path("metadata").path("annotations");
    JsonNode source = annotations.path("kubernetes.io/config.source");
    boolean isStatic = source.isTextual() && !source.asText().equals("api");
    JsonNode priority = pod.path("spec").path("priority");
    return new PodImportance(
        isStatic || annotations.has("kubernetes.io/config.mirror"),
        priority.isNumber() ? priority.intValue() : null,
        pod.path("spec").path("priorityClassName").asText());
  }

  /** Amounts as a map of canonical texts, sorted by name. */
  public static Map<String, String> texts(ResourceList list) {
    var texts = new TreeMap<String, String>();
    for (int i = 0; i < list.size(); i++) {
      texts.put(list.name(i), list.amount(i).toString());
    }
    return texts;
  }
}

package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ingest.defaults.ApiGates;
import dev.slipway.ingest.defaults.PodQos;
import java.util.List;
import java.util.Map;

/** What may change through the resize endpoint (rule V-57). */
final class ResizeRules {
  private static final List<String> AMOUNTS = List.of("requests", "limits");
  private static final List<String> RESIZABLE = List.of("cpu", "memory");

  private final FieldErrors errors;
  private final ApiGates gates;
  private final Path path = Path.of("spec");

  ResizeRules(FieldErrors errors, ApiGates gates) {
    this.errors = errors;
    this.gates = gates;
  }

  void check(JsonNode pod, JsonNode oldPod) {
    JsonNode spec = pod.path("spec");
    JsonNode old = oldPod.path("spec");
    if (oldPod.path("metadata").path("annotations").has("kubernetes.io/config.mirror")) {
      errors.only().forbidden(Path.NONE, "static pods cannot be resized");
      return;
    }
    if (old.path("os").path("name").asText().equals("windows")) {
      errors.only().forbidden(Path.NONE, "windows pods cannot be resized");
      return;
    }
    qosClass(pod, oldPod);
    if (!supported(oldPod)) {
      errors.forbidden(path, "Pod running on node without support for resize");
    }
    if (!gates.on(ApiGates.POD_LEVEL_RESIZE) && (hasPodLevel(spec) || hasPodLevel(old))) {
      errors.forbidden(
          Path.NONE,
          "resize of pods with pod-level resources is forbidden when"
              + " InPlacePodLevelResourcesVerticalScalingEnabled feature gate is disabled");
      return;
    }
    ObjectNode rest = spec.deepCopy();
    podLevel(rest, old);
    boolean apps = sameOrder(spec, old, "containers");
    boolean inits = sameOrder(spec, old, "initContainers");
    if (apps && inits) {
      containers(rest, spec, old);
    }
    // Empty pod-level resources where there were none are looked at only if nothing else is wrong.
    if (errors.isEmpty() && spec.has("resources") != old.has("resources") && !hasPodLevel(spec)) {
      errors.forbidden(path, "only cpu and memory resources are mutable");
    }
  }

  private static boolean hasPodLevel(JsonNode spec) {
    JsonNode resources = spec.path("resources");
    return !resources.path("requests").isEmpty() || !resources.path("limits").isEmpty();
  }

  private void qosClass(JsonNode pod, JsonNode oldPod) {
    String stored = oldPod.path("status").path("qosClass").asText();
    String before = stored.isEmpty() ? PodQos.of(oldPod.path("spec")) : stored;
    if (!before.equals(PodQos.of(pod.path("spec")))) {
      errors.invalid(
          path,
          pod.path("status").path("qosClass").asText(),
          "Pod QOS Class may not change as a result of resizing");
    }
  }

  /** A node that can resize reports the resources of what runs. */
  private static boolean supported(JsonNode oldPod) {
    for (JsonNode status : oldPod.path("status").path("containerStatuses")) {
      if (status.path("state").has("running")) {
        return status.has("resources");
      }
    }
    return true;
  }

  private boolean sameOrder(JsonNode spec, JsonNode old, String list) {
    JsonNode now = spec.path(list);
    JsonNode before = old.path(list);
    if (now.size() != before.size()) {
      errors.forbidden(path.child(list), list + " may not be added or removed on resize");
      return false;
    }
    boolean same = true;
    for (int i = 0; i < now.size(); i++) {
      if (!now.get(i).path("name").equals(before.get(i).path("name"))) {
        errors.forbidden(
            path.child(list).index(i).child("name"),
            list + " may not be renamed or reordered on resize");
        same = false;
      }
    }
    return same;
  }

  private void containers(ObjectNode rest, JsonNode spec, JsonNode old) {
    for (String list : List.of("containers", "initContainers")) {
      for (int i = 0; i < spec.path(list).size(); i++) {
        removed(
            spec.path(list).get(i).path("resources"),
            old.path(list).get(i).path("resources"),
            path.child(list).index(i).child("resources"),
            "resource ");
      }
    }
    initContainers(rest, old);
    apps(rest, old);
    if (!SemanticEquality.same(rest, old)) {
      errors.forbidden(path, "only cpu and memory resources are mutable");
    }
  }

  private void removed(JsonNode now, JsonNode old, Path place, String what) {
    for (String list : AMOUNTS) {
      for (Map.Entry<String, JsonNode> amount : old.path(list).properties()) {
        if (!now.path(list).has(amount.getKey())) {
          errors.forbidden(place.child(list), what + list + " cannot be removed");
        }
      }
    }
  }

  private void apps(ObjectNode rest, JsonNode old) {
    for (int i = 0; i < rest.path("containers").size(); i++) {
      if (rest.path("containers").get(i) instanceof ObjectNode container) {
        setBack(container, old.path("containers").get(i));
      }
    }
  }

  private void podLevel(ObjectNode rest, JsonNode old) {
    removed(
        rest.path("resources"),
        old.path("resources"),
        path.child("resources"),
        "pod-level resource ");
    ObjectNode now = rest.deepCopy().retain("resources");
    ObjectNode before = old.<ObjectNode>deepCopy().retain("resources");
    setBack(now, before);
    if (!SemanticEquality.same(now, before)) {
      errors.forbidden(path, "only cpu and memory resources are mutable at pod-level");
    }
    replace(rest, "resources", old.path("resources"));
  }

  private void initContainers(ObjectNode rest, JsonNode old) {
    if (!(rest.path("initContainers") instanceof ArrayNode containers)) {
      return;
    }
    for (int i = 0; i < containers.size(); i++) {
      if (!(containers.get(i) instanceof ObjectNode container)) {
        continue;
      }
      JsonNode before = old.path("initContainers").get(i);
      Path place = path.child("initContainers").index(i);
      setBack(container, before);
      if (!SemanticEquality.same(container, before)) {
        errors.forbidden(
            place, "only cpu and memory resources for init or sidecar containers are mutable");
      }
      if (restarts(container)) {
        errors.forbidden(
            place,
            "non-sidecar init containers with a resize policy of RestartContainer cannot be"
                + " resized");
      }
      containers.set(i, before);
    }
  }

  private static boolean restarts(JsonNode container) {
    if (container.path("restartPolicy").asText().equals("Always")) {
      return false;
    }
    for (JsonNode policy : container.path("resizePolicy")) {
      if (policy.path("restartPolicy").asText().equals("RestartContainer")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Gives an owner of resources the cpu and memory it had; a list it did not have goes altogether.
   */
  private static void setBack(ObjectNode owner, JsonNode old) {
    JsonNode before = old.path("resources");
    ObjectNode resources =
        owner.path("resources") instanceof ObjectNode own ? own : owner.putObject("resources");
    for (String list : AMOUNTS) {
      if (before.path(list).isEmpty() && !resources.has(list)) {
        continue;
      }
      ObjectNode amounts = resources.withObject("/" + list);
      for (String name : RESIZABLE) {
        replace(amounts, name, before.path(list).path(name));
      }
      if (amounts.isEmpty()) {
        resources.remove(list);
      }
    }
    if (resources.isEmpty() && before.isMissingNode()) {
      owner.remove("resources");
    }
  }

  private static void replace(ObjectNode object, String field, JsonNode value) {
    if (value.isMissingNode()) {
      object.remove(field);
    } else {
      object.set(field, value.deepCopy());
    }
  }
}

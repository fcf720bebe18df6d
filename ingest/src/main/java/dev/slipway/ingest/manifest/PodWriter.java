package dev.slipway.ingest.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.OwnerReference;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.Times;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Turns the engine's records into trees with the API's field names, as an API server would answer
 * them. Absent and empty fields are left out, times are whole seconds.
 */
public final class PodWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private PodWriter() {}

  /** The whole pod object. */
  public static ObjectNode write(Pod pod) {
    ObjectNode root = JSON.objectNode();
    root.put("apiVersion", "v1");
    root.put("kind", "Pod");
    root.set("metadata", metadata(pod.metadata()));
    root.set("spec", SpecWriter.spec(pod.spec()));
    root.set("status", status(pod.status()));
    return root;
  }

  /** {@code metadata} of an object. */
  public static ObjectNode metadata(ObjectMeta meta) {
    ObjectNode node = JSON.objectNode();
    text(node, "name", meta.name());
    text(node, "namespace", meta.namespace());
    text(node, "uid", meta.uid());
    text(node, "resourceVersion", meta.resourceVersion());
    number(node, "generation", meta.generation());
    time(node, "creationTimestamp", meta.creationTimestamp());
    time(node, "deletionTimestamp", meta.deletionTimestamp());
    if (meta.deletionGracePeriodSeconds() != null) {
      node.put("deletionGracePeriodSeconds", meta.deletionGracePeriodSeconds());
    }
    texts(node, "labels", meta.labels());
    texts(node, "annotations", meta.annotations());
    list(node, "ownerReferences", meta.ownerReferences(), PodWriter::owner);
    list(node, "finalizers", meta.finalizers());
    return node;
  }

  private static void owner(ObjectNode node, OwnerReference owner) {
    node.put("apiVersion", owner.apiVersion());
    node.put("kind", owner.kind());
    node.put("name", owner.name());
    node.put("uid", owner.uid());
    if (owner.controller()) {
      node.put("controller", true);
    }
  }

  /** {@code status} of a pod. */
  public static ObjectNode status(PodStatus status) {
    ObjectNode node = JSON.objectNode();
    number(node, "observedGeneration", status.observedGeneration());
    if (status.phase() != null) {
      node.put("phase", status.phase().text());
    }
    list(node, "conditions", status.conditions(), PodWriter::condition);
    text(node, "message", status.message());
    text(node, "reason", status.reason());
    text(node, "podIP", status.podIP());
    if (!status.podIP().isEmpty()) {
      node.putArray("podIPs").addObject().put("ip", status.podIP());
    }
    time(node, "startTime", status.startTime());
    list(node, "initContainerStatuses", status.initContainerStatuses(), PodWriter::container);
    list(node, "containerStatuses", status.containerStatuses(), PodWriter::container);
    text(node, "qosClass", status.qosClass());
    list(
        node,
        "ephemeralContainerStatuses",
        status.ephemeralContainerStatuses(),
        PodWriter::container);
    resources(node, status.resources(), status.allocatedResources());
    return node;
  }

  private static void condition(ObjectNode node, PodCondition condition) {
    node.put("type", condition.type());
    number(node, "observedGeneration", condition.observedGeneration());
    node.put("status", condition.status().text());
    time(node, "lastProbeTime", condition.lastProbeTime());
    time(node, "lastTransitionTime", condition.lastTransitionTime());
    text(node, "reason", condition.reason());
    text(node, "message", condition.message());
  }

  private static void container(ObjectNode node, ContainerStatus status) {
    node.put("name", status.name());
    node.set("state", state(status.state()));
    node.set("lastState", state(status.lastState()));
    node.put("ready", status.ready());
    node.put("restartCount", status.restartCount());
    node.put("image", status.image());
    node.put("imageID", status.imageID());
    text(node, "containerID", status.containerID());
    if (status.started() != null) {
      node.put("started", status.started());
    }
    resources(node, status.resources(), status.allocatedResources());
  }

  private static void resources(
      ObjectNode node, ResourceRequirements inForce, Map<String, Quantity> allocated) {
    texts(node, "allocatedResources", allocated);
    if (!inForce.requests().isEmpty() || !inForce.limits().isEmpty()) {
      ObjectNode resources = node.putObject("resources");
      texts(resources, "requests", inForce.requests());
      texts(resources, "limits", inForce.limits());
    }
  }

  /** {@code state} or {@code lastState} of a container status. */
  public static ObjectNode state(ContainerState state) {
    ObjectNode node = JSON.objectNode();
    switch (state) {
      case ContainerState.None() -> {}
      case ContainerState.Waiting(String reason, String message) -> {
        ObjectNode waiting = node.putObject("waiting");
        text(waiting, "reason", reason);
        text(waiting, "message", message);
      }
      case ContainerState.Running(long startedAt) ->
          time(node.putObject("running"), "startedAt", startedAt);
      case ContainerState.Terminated terminated ->
          terminated(node.putObject("terminated"), terminated);
    }
    return node;
  }

  private static void terminated(ObjectNode node, ContainerState.Terminated terminated) {
    node.put("exitCode", terminated.exitCode());
    text(node, "reason", terminated.reason());
    text(node, "message", terminated.message());
    time(node, "startedAt", terminated.startedAt());
    time(node, "finishedAt", terminated.finishedAt());
    text(node, "containerID", terminated.containerID());
  }

  static void text(ObjectNode node, String field, String value) {
    if (!value.isEmpty()) {
      node.put(field, value);
    }
  }

  static void number(ObjectNode node, String field, long value) {
    if (value != 0) {
      node.put(field, value);
    }
  }

  static void time(ObjectNode node, String field, long nanos) {
    if (nanos != Times.NONE) {
      node.put(field, ApiTimes.format(nanos));
    }
  }

  static void texts(ObjectNode node, String field, Map<String, ?> values) {
    if (!values.isEmpty()) {
      ObjectNode map = node.putObject(field);
      new TreeMap<>(values).forEach((key, value) -> map.put(key, value.toString()));
    }
  }

  static void list(ObjectNode node, String field, Collection<String> values) {
    if (!values.isEmpty()) {
      ArrayNode list = node.putArray(field);
      values.forEach(list::add);
    }
  }

  static <T> void list(
      ObjectNode node, String field, List<T> values, BiConsumer<ObjectNode, T> write) {
    if (!values.isEmpty()) {
      ArrayNode list = node.putArray(field);
      values.forEach(value -> write.accept(list.addObject(), value));
    }
  }
}

package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import java.util.List;
import java.util.function.UnaryOperator;

/** Writes statuses as the vectors do: API JSON without empty fields, times in milliseconds. */
final class StatusJson {
  private final UnaryOperator<String> containerIds;

  /**
   * Prepares a writer.
   *
   * @param containerIds turns the engine's container ids into those of the vectors
   */
  StatusJson(UnaryOperator<String> containerIds) {
    this.containerIds = containerIds;
  }

  ObjectNode status(PodStatus status) {
    ObjectNode json = JsonFacts.object();
    if (status.phase() != null) {
      json.put("phase", status.phase().text());
    }
    text(json, "reason", status.reason());
    text(json, "message", status.message());
    time(json, "startTime", status.startTime());
    text(json, "podIP", status.podIP());
    if (!status.podIP().isEmpty()) {
      json.putArray("podIPs").addObject().put("ip", status.podIP());
    }
    text(json, "qosClass", status.qosClass());
    if (!status.conditions().isEmpty()) {
      ArrayNode conditions = json.putArray("conditions");
      status.conditions().forEach(c -> conditions.add(condition(c)));
    }
    containers(json, "initContainerStatuses", status.initContainerStatuses());
    containers(json, "containerStatuses", status.containerStatuses());
    containers(json, "ephemeralContainerStatuses", status.ephemeralContainerStatuses());
    return json;
  }

  static ObjectNode condition(PodCondition c) {
    ObjectNode json = JsonFacts.object();
    json.put("type", c.type());
    json.put("status", c.status().text());
    text(json, "reason", c.reason());
    text(json, "message", c.message());
    if (c.observedGeneration() != 0) {
      json.put("observedGeneration", c.observedGeneration());
    }
    time(json, "lastTransitionTime", c.lastTransitionTime());
    time(json, "lastProbeTime", c.lastProbeTime());
    return json;
  }

  private void containers(ObjectNode json, String list, List<ContainerStatus> statuses) {
    if (!statuses.isEmpty()) {
      ArrayNode array = json.putArray(list);
      statuses.forEach(s -> array.add(container(s)));
    }
  }

  private ObjectNode container(ContainerStatus s) {
    ObjectNode json = JsonFacts.object();
    json.put("name", s.name());
    json.put("ready", s.ready());
    json.put("restartCount", s.restartCount());
    json.put("image", s.image());
    json.put("imageID", s.imageID());
    text(json, "containerID", s.containerID().isEmpty() ? "" : containerIds.apply(s.containerID()));
    Boolean started = s.started();
    if (started != null) {
      json.put("started", started);
    }
    ResourceStatusJson.add(s.resources(), json);
    state(json, "state", s.state());
    state(json, "lastState", s.lastState());
    if (s.lastAlsoWaiting()) {
      json.withObject("/lastState").putObject("waiting");
    }
    return json;
  }

  private static void state(ObjectNode json, String field, ContainerState state) {
    switch (state) {
      case ContainerState.None _ -> {}
      case ContainerState.Waiting w -> {
        ObjectNode waiting = json.putObject(field).putObject("waiting");
        text(waiting, "reason", w.reason());
        text(waiting, "message", w.message());
      }
      case ContainerState.Running r ->
          time(json.putObject(field).putObject("running"), "startedAt", r.startedAt());
      case ContainerState.Terminated t -> {
        ObjectNode end = json.putObject(field).putObject("terminated");
        end.put("exitCode", t.exitCode());
        text(end, "reason", t.reason());
        text(end, "message", t.message());
        time(end, "startedAt", t.startedAt());
        time(end, "finishedAt", t.finishedAt());
        text(end, "containerID", t.containerID());
      }
    }
  }

  static void text(ObjectNode json, String field, String value) {
    if (!value.isEmpty()) {
      json.put(field, value);
    }
  }

  static void time(ObjectNode json, String field, long nanos) {
    if (nanos != Times.NONE) {
      json.put(field, Times.truncateToSecond(nanos) / Times.MILLI);
    }
  }
}

package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** One pod in the envelopes of the formats that carry whole objects. */
final class Wrapped {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String TIME = "2026-01-02T03:04:05.678901Z";

  private static final String API_TIME = "2026-01-02T03:04:05Z";

  private Wrapped() {}

  /** A record of every such format, in the field order of its producer. */
  static List<ObjectNode> all(JsonNode bare) {
    JsonNode pod = managed(bare);
    List<ObjectNode> records = new ArrayList<>();
    for (String type : List.of("ADDED", "MODIFIED", "DELETED")) {
      records.add(watch(type, pod));
    }
    records.add(typed(pod));
    records.add(list(List.of(pod, pod)));
    records.add(audit("patch", "status", pod));
    records.add(audit("create", "", pod));
    records.add(audit("get", "", pod));
    records.add(cloudEvent("update", pod));
    records.add(simulator(pod));
    return records;
  }

  /** The pod with managed fields, which recordings have lost. */
  private static JsonNode managed(JsonNode bare) {
    JsonNode pod = bare.deepCopy();
    if (pod.path("metadata") instanceof ObjectNode metadata) {
      var managers = metadata.putArray("managedFields");
      for (String manager : List.of("kube-controller-manager", "kubelet")) {
        ObjectNode entry = managers.addObject().put("manager", manager).put("time", API_TIME);
        ObjectNode conditions =
            entry.putObject("fieldsV1").putObject("f:status").putObject("f:conditions");
        conditions.putObject("k:{\"type\":\"Ready\"}").putObject(".");
        conditions.putObject("f:lastProbeTime");
        entry.put("operation", "Update");
      }
    }
    return pod;
  }

  static ObjectNode watch(String type, JsonNode pod) {
    ObjectNode record = JSON.objectNode().put("type", type);
    record.set("object", pod);
    return record;
  }

  /** With kind and version in front, as the API server writes a single object. */
  static ObjectNode typed(JsonNode pod) {
    ObjectNode record = JSON.objectNode().put("kind", "Pod").put("apiVersion", "v1");
    pod.properties().forEach(field -> record.set(field.getKey(), field.getValue()));
    return record;
  }

  static ObjectNode list(List<? extends JsonNode> pods) {
    ObjectNode record = JSON.objectNode().put("kind", "PodList").put("apiVersion", "v1");
    record.putObject("metadata").put("resourceVersion", "4711").put("continue", "more");
    record.putArray("items").addAll(pods);
    return record;
  }

  static ObjectNode audit(String verb, String subresource, JsonNode pod) {
    ObjectNode record = JSON.objectNode().put("kind", "Event").put("apiVersion", "audit.k8s.io/v1");
    record.put("level", "RequestResponse").put("auditID", "a-1").put("stage", "ResponseComplete");
    record.put("requestURI", "/api/v1/namespaces/a/pods/b").put("verb", verb);
    record.putObject("user").put("username", "system:node:n1");
    ObjectNode target = record.putObject("objectRef").put("resource", "pods");
    target.put("namespace", "a").put("name", "b").put("apiVersion", "v1");
    if (!subresource.isEmpty()) {
      target.put("subresource", subresource);
    }
    record.putObject("responseStatus").put("code", 200);
    record.set("responseObject", typed(pod));
    return record.put("requestReceivedTimestamp", TIME).put("stageTimestamp", TIME);
  }

  static ObjectNode cloudEvent(String what, JsonNode pod) {
    ObjectNode record = JSON.objectNode().put("specversion", "1.0").put("id", "1");
    record.put("source", "https://10.0.0.1:443");
    record.put("type", "dev.knative.apiserver.resource." + what).put("time", TIME);
    record.put("datacontenttype", "application/json");
    record.set("data", typed(pod));
    return record;
  }

  static ObjectNode simulator(JsonNode pod) {
    ObjectNode record = JSON.objectNode().put("time", TIME).put("event", "Update");
    record.set("resource", typed(pod));
    return record;
  }
}

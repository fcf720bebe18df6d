package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.scheduling.Cluster;
import dev.slipway.engine.scheduling.ControllerRef;
import dev.slipway.engine.scheduling.LabelSelector;
import dev.slipway.engine.scheduling.SchedulingPod;
import dev.slipway.ingest.manifest.FieldProblems;
import dev.slipway.ingest.manifest.SchedulingReader;
import java.util.HashMap;
import java.util.Map;

/** Builds the cluster of a recorded scheduling case. */
final class SchedulerInput {
  private SchedulerInput() {}

  static SchedulingPod pod(JsonNode pod) {
    return SchedulingReader.pod(pod, FieldProblems.IGNORED);
  }

  static Cluster cluster(JsonNode in) {
    var cluster = new Cluster();
    for (JsonNode namespace : in.path("namespaces")) {
      cluster.setNamespace(name(namespace), texts(namespace.path("metadata").path("labels")));
    }
    for (JsonNode node : in.path("nodes")) {
      cluster.addNode(SchedulingReader.node(node, FieldProblems.IGNORED));
    }
    for (JsonNode pod : in.path("pods")) {
      cluster.addPod(pod(pod), pod.path("spec").path("nodeName").asText());
    }
    in.path("nominated").forEach(pod -> cluster.nominations().add(pod(pod)));
    in.path("pdbs")
        .forEach(
            budget -> cluster.setBudget(SchedulingReader.budget(budget, FieldProblems.IGNORED)));
    workloads(in, cluster);
    return cluster;
  }

  private static void workloads(JsonNode in, Cluster cluster) {
    for (JsonNode service : in.path("services")) {
      JsonNode selector = service.path("spec").path("selector");
      if (ResourceJson.present(selector)) {
        cluster.setService(namespace(service), name(service), texts(selector));
      }
    }
    for (JsonNode controller : in.path("replicationControllers")) {
      LabelSelector selector = LabelSelector.of(texts(controller.path("spec").path("selector")));
      controller(cluster, controller, "v1", "ReplicationController", selector);
    }
    for (JsonNode controller : in.path("replicaSets")) {
      controller(cluster, controller, "apps/v1", "ReplicaSet", selector(controller));
    }
    for (JsonNode controller : in.path("statefulSets")) {
      controller(cluster, controller, "apps/v1", "StatefulSet", selector(controller));
    }
  }

  private static LabelSelector selector(JsonNode controller) {
    LabelSelector selector =
        SchedulingReader.selector(controller.path("spec").path("selector"), FieldProblems.IGNORED);
    return selector == null ? LabelSelector.of(Map.of()) : selector;
  }

  private static void controller(
      Cluster cluster, JsonNode object, String version, String kind, LabelSelector selector) {
    cluster.setController(
        namespace(object), new ControllerRef(version, kind, name(object)), selector);
  }

  private static String name(JsonNode object) {
    return object.path("metadata").path("name").asText();
  }

  private static String namespace(JsonNode object) {
    return object.path("metadata").path("namespace").asText();
  }

  private static Map<String, String> texts(JsonNode map) {
    var texts = new HashMap<String, String>();
    map.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }
}

package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * The pods and pod templates of real files, as trees in document order: YAML documents, items of
 * lists, elements of arrays. The last few files stay in memory, for cases come file by file.
 */
final class PodDocuments {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final int KEPT_FILES = 4;

  private static final Set<String> WITH_TEMPLATE =
      Set.of(
          "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job");

  /** Fields of a pod that are integers in the API: a text there cannot be decoded. */
  private static final Set<String> INTEGERS =
      Set.of(
          "containerPort",
          "hostPort",
          "initialDelaySeconds",
          "periodSeconds",
          "timeoutSeconds",
          "successThreshold",
          "failureThreshold",
          "terminationGracePeriodSeconds",
          "activeDeadlineSeconds",
          "priority",
          "runAsUser",
          "runAsGroup",
          "fsGroup");

  private final Map<Path, List<JsonNode>> files =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, List<JsonNode>> eldest) {
          return size() > KEPT_FILES;
        }
      };

  /** Pods of a file, each as {@code {metadata, spec, status}}. */
  synchronized List<JsonNode> pods(Path file) throws IOException {
    List<JsonNode> pods = files.get(file);
    if (pods == null) {
      pods = read(file);
      files.put(file, pods);
    }
    return pods;
  }

  private static List<JsonNode> read(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    boolean packed = name.endsWith(".gz");
    boolean json = name.endsWith(".json") || name.endsWith(".json.gz");
    var pods = new ArrayList<JsonNode>();
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        InputStream text = packed ? new GZIPInputStream(bytes) : bytes;
        MappingIterator<JsonNode> documents =
            (json ? JSON : YAML).readerFor(JsonNode.class).readValues(text)) {
      while (documents.hasNextValue()) {
        collect(documents.nextValue(), "", pods);
      }
    }
    return pods;
  }

  private static void collect(JsonNode node, String listKind, List<JsonNode> pods) {
    if (node.isArray()) {
      node.forEach(element -> collect(element, listKind, pods));
      return;
    }
    String kind = node.path("kind").asText(listKind);
    if (kind.endsWith("List") && node.path("items").isArray()) {
      String items = kind.substring(0, kind.length() - "List".length());
      collect(node.path("items"), items, pods);
      return;
    }
    JsonNode pod = pod(kind, node);
    if (pod.path("spec").path("containers").isArray()) {
      pods.add(pod);
    }
  }

  private static JsonNode pod(String kind, JsonNode node) {
    if (kind.equals("Pod")) {
      return node;
    }
    if (kind.equals("CronJob")) {
      return node.path("spec").path("jobTemplate").path("spec").path("template");
    }
    return node.path("spec").path(WITH_TEMPLATE.contains(kind) ? "template" : "");
  }

  /** True if an integer of the API holds something else: templates with placeholders do. */
  static boolean hasMistypedField(JsonNode node) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (INTEGERS.contains(field.getKey()) && field.getValue().isTextual()) {
        return true;
      }
      if (field.getKey().equals("grpc") && field.getValue().path("port").isTextual()) {
        return true;
      }
      if (hasMistypedField(field.getValue())) {
        return true;
      }
    }
    if (node.isArray()) {
      for (JsonNode element : node) {
        if (hasMistypedField(element)) {
          return true;
        }
      }
    }
    return false;
  }
}

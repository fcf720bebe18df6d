package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Further versions of a recorded pod, and siblings of it, by small changes of the usual kinds. */
final class Versions {
  private static final String TOKEN = "kube-api-access-";

  private final SplittableRandom random;

  Versions(SplittableRandom random) {
    this.random = random;
  }

  /** So many of the pods, spread over all of them. */
  static List<ObjectNode> sample(List<ObjectNode> pods, int size) {
    List<ObjectNode> sample = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      sample.add(pods.get(i * pods.size() / size));
    }
    return sample;
  }

  /** A pod of one ReplicaSet as the API server writes it. */
  static String sibling(String suffix, String node) {
    return """
    {"type":"ADDED","object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web-%1$s","generateName":"web-",\
    "namespace":"shop","uid":"u-%1$s","resourceVersion":"7","labels":{"app":"web"},"ownerReferences":[{"apiVersion":\
    "apps/v1","kind":"ReplicaSet","name":"web","uid":"r","controller":true}]},"spec":{"volumes":[{"name":\
    "kube-api-access-%1$s","projected":{}}],"containers":[{"name":"app","image":"web:1","volumeMounts":[{"name":\
    "config","mountPath":"/a"},{"name":"kube-api-access-%1$s","mountPath":"/b"}]}],"serviceAccount":"default"%2$s,\
    "securityContext":{}},"status":{"phase":"Pending"}}}\
    """
        .formatted(suffix, node);
  }

  /** Changes the watch record into one of another version or pod. */
  void next(ObjectNode record) {
    ObjectNode pod = (ObjectNode) record.path("object");
    ObjectNode metadata = (ObjectNode) pod.path("metadata");
    metadata.put("resourceVersion", Long.toString(random.nextLong(1, 1_000_000_000)));
    switch (random.nextInt(6)) {
      case 0 -> {
        metadata.put("name", "sibling-" + suffix());
        metadata.put("uid", "u-" + suffix());
        retoken(pod, suffix());
      }
      case 1 -> ((ObjectNode) pod.path("spec")).put("nodeName", "node-" + random.nextInt(3));
      case 2 -> ((ObjectNode) pod.path("spec")).remove("nodeName");
      case 3 -> metadata.put("deletionTimestamp", time()).put("deletionGracePeriodSeconds", 30);
      case 4 -> times(pod, "time");
      default -> times(pod, "lastTransitionTime");
    }
  }

  private String suffix() {
    return Integer.toString(random.nextInt(36 * 36 * 36 * 36, 36 * 36 * 36 * 36 * 36), 36);
  }

  private String time() {
    return "2026-0%d-1%dT0%d:00:0%dZ"
        .formatted(
            random.nextInt(1, 10), random.nextInt(10), random.nextInt(10), random.nextInt(10));
  }

  /** Gives every field of that name another time. */
  private void times(JsonNode node, String name) {
    if (node instanceof ObjectNode object && object.has(name)) {
      object.put(name, time());
    }
    node.forEach(child -> times(child, name));
  }

  /** Gives the token's volume and its mounts another name. */
  private static void retoken(JsonNode node, String suffix) {
    if (node instanceof ObjectNode object && object.path("name").asText().startsWith(TOKEN)) {
      object.put("name", TOKEN + suffix);
    }
    node.forEach(child -> retoken(child, suffix));
  }
}

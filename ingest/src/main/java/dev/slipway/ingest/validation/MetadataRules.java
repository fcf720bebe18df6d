package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Rules of object metadata (V-10, V-11). */
final class MetadataRules {
  private static final Set<String> STANDARD_FINALIZERS =
      Set.of("kubernetes", "orphan", "foregroundDeletion");
  private static final int ANNOTATIONS_MAX_BYTES = 256 * 1024;
  private static final List<String> OWNER_FIELDS =
      List.of("apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion");

  private final FieldErrors errors;

  MetadataRules(FieldErrors errors) {
    this.errors = errors;
  }

  /** The metadata of a pod. */
  void check(JsonNode meta, Path path) {
    String generateName = meta.path("generateName").asText();
    String name = meta.path("name").asText();
    if (!generateName.isEmpty()) {
      errors.invalid(
          path.child("generateName"), generateName, Words.subdomain(maskDash(generateName)));
    }
    if (!name.isEmpty()) {
      errors.invalid(path.child("name"), name, Words.subdomain(name));
    } else if (generateName.isEmpty()) {
      errors.required(path.child("name"), "name or generateName is required");
    }
    String namespace = meta.path("namespace").asText("default");
    errors.invalid(path.child("namespace"), namespace, Words.label(namespace));
    if (meta.path("generation").asLong() < 0) {
      errors.invalid(
          path.child("generation"),
          meta.path("generation").asLong(),
          "must be greater than or equal to 0");
    }
    labels(meta.path("labels"), path.child("labels"));
    annotations(meta.path("annotations"), path.child("annotations"));
    owners(meta.path("ownerReferences"), path.child("ownerReferences"));
    finalizers(meta.path("finalizers"), path.child("finalizers"));
  }

  /** A prefix may end with a dash: what is appended makes it a name. */
  private static String maskDash(String prefix) {
    return prefix.length() > 1 && prefix.endsWith("-")
        ? prefix.substring(0, prefix.length() - 2) + "a"
        : prefix;
  }

  void labels(JsonNode labels, Path path) {
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      errors.invalid(path, label.getKey(), Words.qualifiedName(label.getKey()));
      String value = label.getValue().asText();
      errors.invalid(path, value, Words.labelValue(value));
    }
  }

  void annotations(JsonNode annotations, Path path) {
    long bytes = 0;
    for (Map.Entry<String, JsonNode> annotation : annotations.properties()) {
      String key = annotation.getKey();
      errors.invalid(path, key, Words.qualifiedName(key.toLowerCase(Locale.ROOT)));
      bytes += Words.bytes(key) + Words.bytes(annotation.getValue().asText());
    }
    if (bytes > ANNOTATIONS_MAX_BYTES) {
      errors.tooLong(path, ANNOTATIONS_MAX_BYTES);
    }
  }

  void owners(JsonNode owners, Path path) {
    String controller = "";
    for (int i = 0; i < owners.size(); i++) {
      JsonNode owner = owners.get(i);
      Path place = path.index(i);
      String apiVersion = owner.path("apiVersion").asText();
      for (String field : List.of("apiVersion", "kind", "name", "uid")) {
        if (owner.path(field).asText().isEmpty()) {
          errors.required(place.child(field), "must not be empty");
        }
      }
      if (apiVersion.equals("v1") && owner.path("kind").asText().equals("Event")) {
        errors.invalid(place, printed(owner), "/v1, Kind=Event is disallowed from being an owner");
      }
      if (owner.path("controller").asBoolean()) {
        String words = owner.path("kind").asText() + "/" + owner.path("name").asText();
        if (controller.isEmpty()) {
          controller = words;
        } else {
          errors.invalid(
              path,
              printedAll(owners),
              "Only one reference can have Controller set to true. Found \"true\" in references"
                  + " for "
                  + controller
                  + " and "
                  + words);
        }
      }
    }
  }

  /** An owner in the API's field order, with the fields that are always printed. */
  private static ObjectNode printed(JsonNode owner) {
    ObjectNode ordered = JsonNodeFactory.instance.objectNode();
    for (String field : OWNER_FIELDS) {
      if (owner.has(field)) {
        ordered.set(field, owner.get(field));
      } else if (!field.startsWith("con") && !field.startsWith("block")) {
        ordered.put(field, "");
      }
    }
    return ordered;
  }

  private static ArrayNode printedAll(JsonNode owners) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    owners.forEach(owner -> list.add(printed(owner)));
    return list;
  }

  private void finalizers(JsonNode finalizers, Path path) {
    boolean orphan = false;
    boolean foreground = false;
    for (int i = 0; i < finalizers.size(); i++) {
      String finalizer = finalizers.get(i).asText();
      errors.invalid(path, finalizer, Words.qualifiedName(finalizer));
      orphan |= finalizer.equals("orphan");
      foreground |= finalizer.equals("foregroundDeletion");
    }
    if (orphan && foreground) {
      errors.invalid(
          path, finalizers, "finalizer set cannot have both foregroundDeletion and orphan");
    }
    finalizerWords(finalizers, path);
  }

  /** A finalizer is one of the server's own or has a prefix. */
  void finalizerWords(JsonNode finalizers, Path path) {
    for (int i = 0; i < finalizers.size(); i++) {
      String finalizer = finalizers.get(i).asText();
      if (!finalizer.contains("/") && !STANDARD_FINALIZERS.contains(finalizer)) {
        errors.invalid(
            path.index(i),
            finalizer,
            "name is neither a standard finalizer name nor is it fully qualified");
      }
    }
  }
}

package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Rules of environment variables and of what may be read from the pod itself. */
final class EnvRules {
  private static final Set<String> ENV_FIELDS =
      Set.of(
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.serviceAccountName",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs");
  static final Set<String> VOLUME_FIELDS =
      Set.of(
          "metadata.name",
          "metadata.namespace",
          "metadata.labels",
          "metadata.annotations",
          "metadata.uid");
  private static final Set<String> KNOWN_FIELDS =
      Set.of(
          "metadata.annotations",
          "metadata.labels",
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.restartPolicy",
          "spec.serviceAccountName",
          "spec.schedulerName",
          "status.phase",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs",
          "spec.host");
  private static final List<String> RESOURCES =
      List.of(
          "limits.cpu",
          "limits.ephemeral-storage",
          "limits.memory",
          "requests.cpu",
          "requests.ephemeral-storage",
          "requests.memory");
  private static final String BINARY_DIVISORS =
      "1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei";
  private static final String ONE_AT_A_TIME =
      "may not have more than one field specified at a time";

  private final FieldErrors errors;

  EnvRules(FieldErrors errors) {
    this.errors = errors;
  }

  void env(JsonNode list, Path path) {
    for (int i = 0; i < list.size(); i++) {
      JsonNode variable = list.get(i);
      String name = variable.path("name").asText();
      if (name.isEmpty()) {
        errors.required(path.index(i).child("name"), "");
      } else {
        errors.invalid(path.index(i).child("name"), name, Words.variable(name));
      }
      if (variable.path("valueFrom").isObject()) {
        valueFrom(variable, path.index(i).child("valueFrom"));
      }
    }
  }

  private void valueFrom(JsonNode variable, Path path) {
    JsonNode source = variable.path("valueFrom");
    if (source.has("fieldRef")) {
      fieldRef(source.path("fieldRef"), ENV_FIELDS, path.child("fieldRef"));
    }
    if (source.has("resourceFieldRef")) {
      resourceFieldRef(source.path("resourceFieldRef"), path.child("resourceFieldRef"), false);
    }
    for (String ref : List.of("configMapKeyRef", "secretKeyRef")) {
      if (source.has(ref)) {
        keyRef(source.path(ref), path.child(ref));
      }
    }
    if (source.has("fileKeyRef")) {
      fileKeyRef(source.path("fileKeyRef"), path.child("fileKeyRef"));
    }
    if (source.isEmpty()) {
      errors.invalid(
          path,
          "",
          "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef`"
              + " or `fileKeyRef`");
    } else if (variable.has("value")) {
      errors.invalid(path, "", "may not be specified when `value` is not empty");
    } else if (source.size() > 1) {
      errors.invalid(path, "", ONE_AT_A_TIME);
    }
  }

  private void keyRef(JsonNode ref, Path path) {
    String name = ref.path("name").asText();
    String key = ref.path("key").asText();
    errors.invalid(path.child("name"), name, Words.subdomain(name));
    if (key.isEmpty()) {
      errors.required(path.child("key"), "");
    } else {
      errors.invalid(path.child("key"), key, Words.configKey(key));
    }
  }

  private void fileKeyRef(JsonNode ref, Path path) {
    String key = ref.path("key").asText();
    if (key.isEmpty()) {
      errors.required(path.child("key"), "");
    } else {
      errors.invalid(path.child("key"), key, Words.variable(key));
    }
    if (ref.path("volumeName").asText().isEmpty()) {
      errors.required(path.child("volumeName"), "");
    } else {
      String volume = ref.path("volumeName").asText();
      errors.invalid(path.child("volumeName"), volume, Words.label(volume));
    }
    String file = ref.path("path").asText();
    if (file.isEmpty()) {
      errors.required(path.child("path"), "");
    } else {
      new FileRules(errors).descending(file, path.child("path"));
    }
  }

  /** A field of the pod. */
  void fieldRef(JsonNode ref, Set<String> allowed, Path path) {
    String field = ref.path("fieldPath").asText();
    Path place = path.child("fieldPath");
    if (field.isEmpty()) {
      errors.required(place, "");
      return;
    }
    if (!ref.path("apiVersion").asText().equals("v1")) {
      String version = ref.path("apiVersion").asText();
      errors.invalid(
          place, field, "error converting fieldPath: unsupported pod version: " + version);
      return;
    }
    int open = field.indexOf("['");
    if (open >= 0 && field.endsWith("']")) {
      subscript(field, open, place, path);
    } else if (!KNOWN_FIELDS.contains(field)) {
      errors.invalid(
          place, field, "error converting fieldPath: field label not supported: " + field);
    } else {
      String path2 = field.equals("spec.host") ? "spec.nodeName" : field;
      if (!allowed.contains(path2)) {
        errors.notSupported(place, path2, allowed.stream().sorted().toList());
      }
    }
  }

  private void subscript(String field, int open, Path place, Path path) {
    String key = field.substring(open + 2, field.length() - 2);
    switch (field.substring(0, open)) {
      case "metadata.annotations" ->
          errors.invalid(
              path,
              key.toLowerCase(Locale.ROOT),
              Words.qualifiedName(key.toLowerCase(Locale.ROOT)));
      case "metadata.labels" -> errors.invalid(path, key, Words.qualifiedName(key));
      default ->
          errors.invalid(
              place,
              field,
              "error converting fieldPath: field label does not support subscript: " + field);
    }
  }

  /** An amount of a container. */
  void resourceFieldRef(JsonNode ref, Path path, boolean volume) {
    String resource = ref.path("resource").asText();
    if (volume && ref.path("containerName").asText().isEmpty()) {
      errors.required(path.child("containerName"), "");
    } else if (resource.isEmpty()) {
      errors.required(path.child("resource"), "");
    } else if (!RESOURCES.contains(resource) && !isHugePages(resource)) {
      errors.notSupported(path.child("resource"), resource, RESOURCES);
    }
    if (ref.has("divisor")) {
      divisor(resource, ref.path("divisor").asText(), path.child("divisor"));
    }
  }

  private static boolean isHugePages(String resource) {
    return resource.startsWith("limits.hugepages-") || resource.startsWith("requests.hugepages-");
  }

  private void divisor(String resource, String divisor, Path path) {
    boolean one = divisor.equals("1");
    String text = Quantity.parse(divisor).toString();
    if (resource.endsWith(".cpu")) {
      if (!one && !text.equals("1m")) {
        errors.invalid(
            path, resource, "only divisor's values 1m and 1 are supported with the cpu resource");
      }
      return;
    }
    String what =
        resource.endsWith(".memory")
            ? "memory"
            : resource.endsWith(".ephemeral-storage")
                ? "local ephemeral storage"
                : isHugePages(resource) ? "hugepages" : "";
    if (!what.isEmpty() && !List.of(BINARY_DIVISORS.split(", ", -1)).contains(text)) {
      errors.invalid(
          path,
          resource,
          "only divisor's values "
              + BINARY_DIVISORS
              + " are supported with the "
              + what
              + " resource");
    }
  }

  void envFrom(JsonNode list, Path path) {
    for (int i = 0; i < list.size(); i++) {
      JsonNode source = list.get(i);
      Path place = path.index(i);
      String prefix = source.path("prefix").asText();
      if (!prefix.isEmpty()) {
        errors.invalid(place.child("prefix"), prefix, Words.variable(prefix));
      }
      int sources = 0;
      for (String ref : List.of("configMapRef", "secretRef")) {
        if (source.has(ref)) {
          sources++;
          named(source.path(ref), place.child(ref));
        }
      }
      if (sources == 0) {
        errors.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
      } else if (sources > 1) {
        errors.invalid(path, "", ONE_AT_A_TIME);
      }
    }
  }

  private void named(JsonNode ref, Path path) {
    String name = ref.path("name").asText();
    if (name.isEmpty()) {
      errors.required(path.child("name"), "");
    } else {
      errors.invalid(path.child("name"), name, Words.subdomain(name));
    }
  }
}

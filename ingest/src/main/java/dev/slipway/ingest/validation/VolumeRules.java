package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of volumes: names, one source each, and what the common sources need. */
final class VolumeRules {
  private static final Set<String> HOST_PATH_TYPES =
      Set.of(
          "",
          "DirectoryOrCreate",
          "Directory",
          "FileOrCreate",
          "File",
          "Socket",
          "CharDevice",
          "BlockDevice");
  private static final int MODE_MAX = 0777;
  private static final int TOKEN_MIN_SECONDS = 600;
  private static final long TOKEN_MAX_SECONDS = 1L << 32;

  /** The order in which the server looks at sources: every one after the first is refused. */
  private static final List<String> SOURCES =
      List.of(
          "emptyDir",
          "hostPath",
          "gitRepo",
          "gcePersistentDisk",
          "awsElasticBlockStore",
          "secret",
          "nfs",
          "iscsi",
          "glusterfs",
          "flocker",
          "persistentVolumeClaim",
          "rbd",
          "cinder",
          "cephfs",
          "quobyte",
          "downwardAPI",
          "fc",
          "flexVolume",
          "configMap",
          "azureFile",
          "vsphereVolume",
          "photonPersistentDisk",
          "portworxVolume",
          "azureDisk",
          "storageos",
          "projected",
          "scaleIO",
          "csi",
          "ephemeral",
          "image");

  private final FieldErrors errors;

  VolumeRules(FieldErrors errors) {
    this.errors = errors;
  }

  /** Checks all volumes and answers those that are right, by name. */
  ObjectNode volumes(JsonNode volumes, Path path) {
    ObjectNode right = JsonNodeFactory.instance.objectNode();
    var names = new HashSet<String>();
    for (int i = 0; i < volumes.size(); i++) {
      JsonNode volume = volumes.get(i);
      int before = errors.size();
      source(volume, path.index(i));
      String name = volume.path("name").asText();
      Path place = path.index(i).child("name");
      if (name.isEmpty()) {
        errors.required(place, "");
      } else {
        errors.invalid(place, name, Words.label(name));
      }
      if (names.contains(name)) {
        errors.duplicate(place, name);
      }
      if (errors.size() == before) {
        names.add(name);
        right.set(name, volume);
      }
    }
    return right;
  }

  private void source(JsonNode volume, Path path) {
    boolean found = false;
    for (String kind : SOURCES) {
      if (!volume.has(kind)) {
        continue;
      }
      Path place = path.child(kind);
      if (found) {
        errors.forbidden(place, "may not specify more than 1 volume type");
      } else {
        found = true;
        source(kind, volume.path(kind), place);
      }
    }
    if (!found) {
      errors.required(path, "must specify a volume type");
    }
  }

  private void source(String kind, JsonNode source, Path path) {
    switch (kind) {
      case "emptyDir" -> emptyDir(source, path);
      case "hostPath" -> hostPath(source, path);
      case "secret" -> keys(source, "secretName", path);
      case "configMap" -> keys(source, "name", path);
      case "nfs" -> nfs(source, path);
      case "persistentVolumeClaim" -> required(source, "claimName", path);
      case "downwardAPI" -> downwardApi(source, path, true);
      case "projected" -> projected(source, path);
      case "csi" -> csi(source, path);
      case "gitRepo" -> required(source, "repository", path);
      case "gcePersistentDisk" -> required(source, "pdName", path);
      case "awsElasticBlockStore", "cinder" -> required(source, "volumeID", path);
      case "azureFile" -> azureFile(source, path);
      case "glusterfs" -> glusterfs(source, path);
      case "flexVolume" -> required(source, "driver", path);
      case "ephemeral" -> ephemeral(source, path);
      default -> {}
    }
  }

  private boolean required(JsonNode source, String field, Path path) {
    if (source.path(field).asText().isEmpty()) {
      errors.required(path.child(field), "");
      return false;
    }
    return true;
  }

  private void emptyDir(JsonNode source, Path path) {
    if (source.has("sizeLimit") && Quantity.parse(source.path("sizeLimit").asText()).signum() < 0) {
      errors.forbidden(
          path.child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
    }
  }

  private void hostPath(JsonNode source, Path path) {
    String file = source.path("path").asText();
    if (required(source, "path", path)) {
      new FileRules(errors).noBacksteps(file, path.child("path"));
    }
    String type = source.path("type").asText();
    if (!HOST_PATH_TYPES.contains(type)) {
      errors.notSupported(path.child("type"), type, HOST_PATH_TYPES.stream().sorted().toList());
    }
  }

  private void nfs(JsonNode source, Path path) {
    required(source, "server", path);
    if (required(source, "path", path) && !source.path("path").asText().startsWith("/")) {
      errors.invalid(path.child("path"), source.path("path").asText(), "must be an absolute path");
    }
  }

  private void keys(JsonNode source, String nameField, Path path) {
    required(source, nameField, path);
    mode(source, "defaultMode", path);
    items(source.path("items"), path.child("items"));
  }

  private void mode(JsonNode source, String field, Path path) {
    if (source.has(field)) {
      long mode = source.path(field).asLong();
      if (mode < 0 || mode > MODE_MAX) {
        errors.invalid(
            path.child(field), mode, "must be a number between 0 and 0777 (octal), both inclusive");
      }
    }
  }

  private void items(JsonNode items, Path path) {
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = items.get(i);
      // The server leaves the index out.
      required(item, "key", path);
      if (required(item, "path", path)) {
        new FileRules(errors).nonReserved(item.path("path").asText(), path.child("path"));
      }
      if (item.has("mode")) {
        mode(item, "mode", path.index(i));
      }
    }
  }

  private void downwardApi(JsonNode source, Path path, boolean own) {
    if (own) {
      mode(source, "defaultMode", path);
    }
    var env = new EnvRules(errors);
    for (JsonNode item : source.path("items")) {
      if (required(item, "path", path)) {
        new FileRules(errors).nonReserved(item.path("path").asText(), path.child("path"));
      }
      if (item.has("fieldRef")) {
        env.fieldRef(item.path("fieldRef"), EnvRules.VOLUME_FIELDS, path.child("fieldRef"));
        if (item.has("resourceFieldRef")) {
          errors.invalid(
              path,
              "resource",
              "fieldRef and resourceFieldRef can not be specified simultaneously");
        }
      } else if (item.has("resourceFieldRef")) {
        env.resourceFieldRef(item.path("resourceFieldRef"), path.child("resourceFieldRef"), true);
      } else {
        errors.required(path, "one of fieldRef and resourceFieldRef is required");
      }
      mode(item, "mode", path);
    }
  }

  private void projected(JsonNode source, Path path) {
    mode(source, "defaultMode", path);
    JsonNode sources = source.path("sources");
    for (int i = 0; i < sources.size(); i++) {
      JsonNode projection = sources.get(i);
      Path place = path.child("sources").index(i);
      int found = 0;
      for (String kind : List.of("secret", "configMap", "downwardAPI", "serviceAccountToken")) {
        if (projection.has(kind)) {
          found++;
          if (found > 1) {
            errors.forbidden(place.child(kind), "may not specify more than 1 volume type");
          } else {
            projection(kind, projection.path(kind), place.child(kind));
          }
        }
      }
      if (projection.isEmpty()) {
        errors.required(place, "");
      }
    }
  }

  private void projection(String kind, JsonNode source, Path path) {
    switch (kind) {
      case "secret", "configMap" -> {
        required(source, "name", path);
        items(source.path("items"), path.child("items"));
      }
      case "downwardAPI" -> downwardApi(source, path, false);
      default -> token(source, path);
    }
  }

  private void token(JsonNode source, Path path) {
    long seconds = source.path("expirationSeconds").asLong();
    if (seconds < TOKEN_MIN_SECONDS) {
      errors.invalid(
          path.child("expirationSeconds"),
          seconds,
          "may not specify a duration less than 10 minutes");
    }
    if (seconds > TOKEN_MAX_SECONDS) {
      errors.invalid(
          path.child("expirationSeconds"),
          seconds,
          "may not specify a duration larger than 2^32 seconds");
    }
    if (required(source, "path", path)) {
      new FileRules(errors).nonReserved(source.path("path").asText(), path.child("path"));
    }
  }

  private void csi(JsonNode source, Path path) {
    required(source, "driver", path);
    if (source.has("nodePublishSecretRef")) {
      required(source.path("nodePublishSecretRef"), "name", path.child("nodePublishSecretRef"));
    }
  }

  private void azureFile(JsonNode source, Path path) {
    required(source, "secretName", path);
    required(source, "shareName", path);
  }

  private void glusterfs(JsonNode source, Path path) {
    required(source, "endpoints", path);
    required(source, "path", path);
  }

  private void ephemeral(JsonNode source, Path path) {
    JsonNode template = source.path("volumeClaimTemplate");
    Path place = path.child("volumeClaimTemplate");
    if (!template.isObject()) {
      errors.required(place, "");
      return;
    }
    var metadata = new MetadataRules(errors);
    JsonNode meta = template.path("metadata");
    metadata.labels(meta.path("labels"), place.child("metadata").child("labels"));
    metadata.annotations(meta.path("annotations"), place.child("metadata").child("annotations"));
    JsonNode spec = template.path("spec");
    if (spec.path("accessModes").isEmpty()) {
      errors.required(
          place.child("spec").child("accessModes"), "at least 1 access mode is required");
    }
    if (!spec.path("resources").path("requests").has("storage")) {
      errors.required(place.child("spec").child("resources").key("storage"), "");
    }
  }
}

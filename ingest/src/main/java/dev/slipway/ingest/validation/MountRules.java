package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;

/** Rules of volume mounts and block devices of one container. */
final class MountRules {
  private static final List<String> PROPAGATIONS =
      List.of("Bidirectional", "HostToContainer", "None");
  private static final List<String> RECURSIVE = List.of("Disabled", "Enabled", "IfPossible");

  private final FieldErrors errors;
  private final Scope scope;
  private final FileRules files;

  MountRules(FieldErrors errors, Scope scope) {
    this.errors = errors;
    this.scope = scope;
    this.files = new FileRules(errors);
  }

  void mounts(JsonNode container, Path path) {
    JsonNode mounts = container.path("volumeMounts");
    var seen = new HashSet<String>();
    for (int i = 0; i < mounts.size(); i++) {
      JsonNode mount = mounts.get(i);
      Path place = path.index(i);
      String name = mount.path("name").asText();
      String mountPath = mount.path("mountPath").asText();
      if (name.isEmpty()) {
        errors.required(place.child("name"), "");
      }
      if (!scope.volumes().has(name)) {
        errors.notFound(place.child("name"), name, "");
      }
      if (mountPath.isEmpty()) {
        errors.required(place.child("mountPath"), "");
      }
      if (!seen.add(mountPath)) {
        errors.invalid(place.child("mountPath"), mountPath, "must be unique");
      }
      againstDevices(container, name, mountPath, place);
      subPaths(mount, place, path);
      propagation(mount, container, path);
      recursive(mount, path.child("recursiveReadOnly"));
    }
  }

  private void againstDevices(JsonNode container, String name, String mountPath, Path place) {
    container
        .path("volumeDevices")
        .forEach(device -> {
          if (device.path("name").asText().equals(name)) {
            errors.invalid(place.child("name"), name, "must not already exist in volumeDevices");
          }
          if (device.path("devicePath").asText().equals(mountPath)) {
            errors.invalid(
                place.child("mountPath"),
                mountPath,
                "must not already exist as a path in volumeDevices");
          }
        });
  }

  /** The server leaves the index out of some of these paths. */
  private void subPaths(JsonNode mount, Path place, Path path) {
    String subPath = mount.path("subPath").asText();
    String expression = mount.path("subPathExpr").asText();
    if (!subPath.isEmpty()) {
      files.descending(subPath, path.child("subPath"));
    }
    if (!expression.isEmpty()) {
      if (!subPath.isEmpty()) {
        errors.invalid(
            place.child("subPathExpr"),
            expression,
            "subPathExpr and subPath are mutually exclusive");
      }
      files.descending(expression, path.child("subPathExpr"));
    }
  }

  private void propagation(JsonNode mount, JsonNode container, Path path) {
    if (!mount.has("mountPropagation")) {
      return;
    }
    String propagation = mount.path("mountPropagation").asText();
    Path place = path.child("mountPropagation");
    if (!PROPAGATIONS.contains(propagation)) {
      errors.notSupported(place, propagation, PROPAGATIONS);
    }
    if (propagation.equals("Bidirectional")
        && !container.path("securityContext").path("privileged").asBoolean()) {
      errors.forbidden(
          place, "Bidirectional mount propagation is available only to privileged containers");
    }
  }

  private void recursive(JsonNode mount, Path path) {
    String mode = mount.path("recursiveReadOnly").asText("Disabled");
    if (!RECURSIVE.contains(mode)) {
      errors.notSupported(path, mode, RECURSIVE);
    } else if (!mode.equals("Disabled")) {
      if (!mount.path("readOnly").asBoolean()) {
        errors.forbidden(path, "may only be specified when readOnly is true");
      }
      if (!mount.path("mountPropagation").asText("None").equals("None")) {
        errors.forbidden(
            path, "may only be specified when mountPropagation is None or not specified");
      }
    }
  }

  void devices(JsonNode container, Path path) {
    JsonNode devices = container.path("volumeDevices");
    var names = new HashSet<String>();
    var paths = new HashSet<String>();
    for (int i = 0; i < devices.size(); i++) {
      String name = devices.get(i).path("name").asText();
      String device = devices.get(i).path("devicePath").asText();
      Path place = path.index(i);
      deviceName(name, place.child("name"), names);
      if (device.isEmpty()) {
        errors.required(place.child("devicePath"), "");
      }
      if (!paths.add(device)) {
        errors.invalid(place.child("devicePath"), device, "must be unique");
      }
      if (List.of(device.split("/", -1)).contains("..")) {
        errors.invalid(place.child("devicePath"), device, "can not contain backsteps ('..')");
      }
      againstMounts(container, name, device, place);
    }
  }

  private void deviceName(String name, Path path, HashSet<String> names) {
    if (name.isEmpty()) {
      errors.required(path, "");
    } else if (!names.add(name)) {
      errors.invalid(path, name, "must be unique");
    }
    JsonNode volume = scope.volumes().path(name);
    if (volume.isMissingNode()) {
      errors.notFound(path, name, "");
    } else if (!volume.has("persistentVolumeClaim") && !volume.has("ephemeral")) {
      errors.invalid(
          path,
          name,
          "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
    }
  }

  private void againstMounts(JsonNode container, String name, String device, Path place) {
    container
        .path("volumeMounts")
        .forEach(mount -> {
          if (mount.path("name").asText().equals(name)) {
            errors.invalid(place.child("name"), name, "must not already exist in volumeMounts");
          }
          if (mount.path("mountPath").asText().equals(device)) {
            errors.invalid(
                place.child("devicePath"),
                device,
                "must not already exist as a path in volumeMounts");
          }
        });
  }
}

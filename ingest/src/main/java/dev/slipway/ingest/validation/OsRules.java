package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Rules that depend on the operating system the pod names (V-31). */
final class OsRules {
  private static final String WINDOWS = "cannot be set for a windows pod";
  private static final String LINUX = "windows options cannot be set for a linux pod";
  private static final List<String> POD_FIELDS =
      List.of(
          "appArmorProfile",
          "seLinuxOptions",
          "seccompProfile",
          "fsGroup",
          "fsGroupChangePolicy",
          "sysctls",
          "runAsUser",
          "runAsGroup",
          "supplementalGroups",
          "supplementalGroupsPolicy",
          "seLinuxChangePolicy");
  private static final List<String> CONTAINER_FIELDS =
      List.of(
          "appArmorProfile",
          "seLinuxOptions",
          "seccompProfile",
          "capabilities",
          "readOnlyRootFilesystem",
          "privileged",
          "allowPrivilegeEscalation",
          "procMount",
          "runAsUser",
          "runAsGroup");
  private static final List<String> CONTAINER_LISTS =
      List.of("initContainers", "containers", "ephemeralContainers");

  private final FieldErrors errors;
  private final JsonNode spec;

  OsRules(FieldErrors errors, JsonNode spec) {
    this.errors = errors;
    this.spec = spec;
  }

  void check(Path path) {
    JsonNode os = spec.path("os");
    if (!os.isObject()) {
      return;
    }
    switch (os.path("name").asText()) {
      case "" -> errors.required(path.child("os").child("name"), "");
      case "linux" -> linux(path);
      case "windows" -> windows(path);
      default ->
          errors.notSupported(
              path.child("os"), os.path("name").asText(), List.of("linux", "windows"));
    }
  }

  private void linux(Path path) {
    forbid(spec.path("securityContext"), List.of("windowsOptions"), path, LINUX);
    forContainers(path, List.of("windowsOptions"), LINUX);
  }

  private void windows(Path path) {
    forbid(spec.path("securityContext"), POD_FIELDS, path, WINDOWS);
    for (String field : List.of("hostPID", "hostIPC", "hostUsers", "shareProcessNamespace")) {
      if (spec.has(field)) {
        errors.forbidden(path.child(field), WINDOWS);
      }
    }
    forContainers(path, CONTAINER_FIELDS, WINDOWS);
    if (spec.has("resources")) {
      errors.forbidden(path.child("resources"), "may not be set for a windows pod");
    }
  }

  private void forContainers(Path path, List<String> fields, String why) {
    for (String list : CONTAINER_LISTS) {
      JsonNode containers = spec.path(list);
      for (int i = 0; i < containers.size(); i++) {
        forbid(containers.get(i).path("securityContext"), fields, path.child(list).index(i), why);
      }
    }
  }

  private void forbid(JsonNode context, List<String> fields, Path owner, String why) {
    for (String field : fields) {
      if (context.has(field)) {
        errors.forbidden(owner.child("securityContext").child(field), why);
      }
    }
  }
}

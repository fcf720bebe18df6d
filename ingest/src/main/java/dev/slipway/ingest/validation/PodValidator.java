package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ingest.defaults.ApiGates;
import java.util.List;
import java.util.Map;

/**
 * Validates pods and templates as the API server does when they are made.
 *
 * @param gates the server's feature gates
 * @param allowPrivileged whether privileged containers may run at all
 */
public record PodValidator(ApiGates gates, boolean allowPrivileged) {
  private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
  private static final String MIRROR = "kubernetes.io/config.mirror";

  /** A server as it is without flags, but one that lets privileged containers run as most do. */
  public static final PodValidator DEFAULT = new PodValidator(ApiGates.DEFAULT, true);

  /** Errors of a pod about to be made; it is defaulted and in normal form. */
  public List<FieldError> create(JsonNode pod) {
    var errors = new FieldErrors();
    pod(pod, errors);
    JsonNode spec = pod.path("spec");
    Path path = Path.of("spec");
    if (!spec.path("ephemeralContainers").isEmpty()) {
      errors.forbidden(path.child("ephemeralContainers"), "cannot be set on create");
    }
    if (!spec.path("nodeName").asText().isEmpty() && !spec.path("schedulingGates").isEmpty()) {
      errors.forbidden(
          path.child("nodeName"), "cannot be set until all schedulingGates have been cleared");
    }
    return errors.list();
  }

  /** What holds for a pod whenever it is written. */
  void pod(JsonNode pod, FieldErrors errors) {
    Path path = Path.of("metadata");
    JsonNode meta = pod.path("metadata");
    new MetadataRules(errors).check(meta, path);
    podAnnotations(meta, pod.path("spec"), path.child("annotations"), errors);
    new PodSpecRules(errors, pod.path("spec"), true, gates, allowPrivileged).check(Path.of("spec"));
  }

  /**
   * Errors of a pod template.
   *
   * @param place path of the template in its object, such as "spec.template"
   */
  public List<FieldError> template(JsonNode template, String place) {
    var errors = new FieldErrors();
    Path path = Path.of(place);
    JsonNode meta = template.path("metadata");
    var metadata = new MetadataRules(errors);
    metadata.labels(meta.path("labels"), path.child("labels"));
    metadata.annotations(meta.path("annotations"), path.child("annotations"));
    podAnnotations(meta, template.path("spec"), path.child("annotations"), errors);
    JsonNode spec = template.path("spec");
    new PodSpecRules(errors, spec, false, gates, allowPrivileged).check(path.child("spec"));
    if (!spec.path("ephemeralContainers").isEmpty()) {
      errors.forbidden(
          path.child("spec").child("ephemeralContainers"),
          "ephemeral containers not allowed in pod template");
    }
    return errors.list();
  }

  private static void podAnnotations(JsonNode meta, JsonNode spec, Path path, FieldErrors errors) {
    for (Map.Entry<String, JsonNode> annotation : meta.path("annotations").properties()) {
      String key = annotation.getKey();
      String value = annotation.getValue().asText();
      if (key.equals(DELETION_COST) && !isWhole(value)) {
        errors.invalid(path.key(key), value, "must be a 32bit integer");
      }
      if (key.equals(MIRROR) && spec.path("nodeName").asText().isEmpty()) {
        errors.invalid(
            path.key(key), value, "must set spec.nodeName if mirror pod annotation is set");
      }
    }
  }

  /** A number of 32 bits without sign or leading zeros, or a negative one. */
  private static boolean isWhole(String text) {
    try {
      int value = Integer.parseInt(text);
      return text.startsWith("-") ? value < 0 : text.equals(Integer.toString(value));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}

package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What may not change in an object's metadata. */
final class MetadataUpdateRules {
  private static final String IMMUTABLE = "field is immutable";
  private static final String MIRROR = "kubernetes.io/config.mirror";

  private final FieldErrors errors;

  MetadataUpdateRules(FieldErrors errors) {
    this.errors = errors;
  }

  /**
   * Checks a change.
   *
   * @param sent the metadata as sent, before the endpoint dropped anything
   */
  void check(JsonNode meta, JsonNode old, JsonNode sent) {
    Path path = Path.of("metadata");
    if (!meta.has("resourceVersion")) {
      errors.invalid(path.child("resourceVersion"), "", "must be specified for an update");
    }
    for (String field : List.of("name", "namespace", "uid")) {
      immutable(meta, old, field, path, !field.equals("uid"));
    }
    if (!old.has("deletionTimestamp")) {
      immutable(meta, old, "deletionTimestamp", path, true);
    } else {
      newFinalizers(meta.path("finalizers"), old.path("finalizers"), path.child("finalizers"));
    }
    if (sent.has("deletionGracePeriodSeconds")
        && meta.has("deletionGracePeriodSeconds")
        && !meta.path("deletionGracePeriodSeconds")
            .equals(old.path("deletionGracePeriodSeconds"))) {
      errors.invalid(
          path.child("deletionGracePeriodSeconds"),
          meta.path("deletionGracePeriodSeconds"),
          IMMUTABLE);
    }
    var rules = new MetadataRules(errors);
    rules.labels(meta.path("labels"), path.child("labels"));
    rules.annotations(meta.path("annotations"), path.child("annotations"));
    rules.owners(meta.path("ownerReferences"), path.child("ownerReferences"));
    rules.finalizerWords(meta.path("finalizers"), path.child("finalizers"));
  }

  /** An absent uid is filled in with the old one. */
  private void immutable(JsonNode meta, JsonNode old, String field, Path path, boolean absentToo) {
    JsonNode now = meta.path(field);
    if (now.isMissingNode() && !absentToo) {
      return;
    }
    if (!now.asText().equals(old.path(field).asText())) {
      errors.invalid(path.child(field), now.asText(), IMMUTABLE);
    }
  }

  private void newFinalizers(JsonNode now, JsonNode old, Path path) {
    Set<String> added = new TreeSet<>();
    now.forEach(finalizer -> added.add(finalizer.asText()));
    Set<String> known = new HashSet<>();
    old.forEach(finalizer -> known.add(finalizer.asText()));
    added.removeAll(known);
    if (!added.isEmpty()) {
      String list = String.join("\", \"", added);
      errors.forbidden(
          path,
          "no new finalizers can be added if the object is being deleted, found new finalizers"
              + " []string{\""
              + list
              + "\"}");
    }
  }

  /** Annotations that make a pod a static one come and go with it. */
  void annotations(JsonNode pod, JsonNode oldPod) {
    JsonNode now = pod.path("metadata").path("annotations");
    JsonNode old = oldPod.path("metadata").path("annotations");
    Path path = Path.of("metadata").child("annotations").key(MIRROR);
    if (old.has(MIRROR) && !old.path(MIRROR).equals(now.path(MIRROR))) {
      errors.forbidden(path, "may not remove or update mirror pod annotation");
    }
    if (now.has(MIRROR) && !old.has(MIRROR)) {
      errors.forbidden(path, "may not add mirror pod annotation");
    }
  }
}

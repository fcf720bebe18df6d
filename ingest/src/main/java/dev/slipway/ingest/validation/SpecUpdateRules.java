package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What may change in the spec of a running pod (rules V-54, V-55). */
final class SpecUpdateRules {
  private static final String ONLY_ADDITIONS =
      "only additions are allowed (no deletions or mutations)";
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String OTHER_FIELDS =
      "pod updates may not change fields other than"
          + " `spec.containers[*].image`,`spec.initContainers[*].image`,"
          + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing"
          + " tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was"
          + " previously negative)";

  private final FieldErrors errors;

  SpecUpdateRules(FieldErrors errors) {
    this.errors = errors;
  }

  void check(JsonNode spec, JsonNode old) {
    Path path = Path.of("spec");
    for (String list : List.of("containers", "initContainers")) {
      if (spec.path(list).size() != old.path(list).size()) {
        errors.forbidden(path.child(list), "pod updates may not add or remove containers");
        return;
      }
      images(spec.path(list), path.child(list));
    }
    if (!deadline(spec, old, path.child("activeDeadlineSeconds"))) {
      return;
    }
    tolerations(spec.path("tolerations"), old.path("tolerations"), path.child("tolerations"));
    gates(spec.path("schedulingGates"), old.path("schedulingGates"), path.child("schedulingGates"));
    if (SemanticEquality.same(spec, old)) {
      return;
    }
    ObjectNode rest = withoutMutable(spec, old, path);
    if (!SemanticEquality.same(rest, old)) {
      errors.forbiddenChange(path, OTHER_FIELDS);
    }
  }

  private void images(JsonNode containers, Path path) {
    for (int i = 0; i < containers.size(); i++) {
      String image = containers.get(i).path("image").asText();
      Path place = path.index(i).child("image");
      if (image.isEmpty()) {
        errors.required(place, "");
      } else if (!image.equals(image.strip())) {
        errors.invalid(place, image, "must not have leading or trailing whitespace");
      }
    }
  }

  /** False if the rest of the update is not looked at. */
  private boolean deadline(JsonNode spec, JsonNode old, Path path) {
    JsonNode before = old.path("activeDeadlineSeconds");
    JsonNode after = spec.path("activeDeadlineSeconds");
    if (after.isMissingNode()) {
      if (!before.isMissingNode()) {
        errors.invalidNull(path, "must not update from a positive integer to nil value");
      }
      return true;
    }
    long seconds = after.asLong();
    if (seconds < 0 || seconds > Integer.MAX_VALUE) {
      errors.invalid(path, seconds, Words.between(0, Integer.MAX_VALUE));
      return false;
    }
    if (!before.isMissingNode() && before.asLong() < seconds) {
      errors.invalid(path, seconds, "must be less than or equal to previous value");
      return false;
    }
    return true;
  }

  private void tolerations(JsonNode now, JsonNode old, Path path) {
    for (JsonNode toleration : old) {
      boolean found = false;
      for (JsonNode other : now) {
        found |= withoutSeconds(toleration).equals(withoutSeconds(other));
      }
      if (!found) {
        errors.forbidden(
            path, "existing toleration can not be modified except its tolerationSeconds");
        return;
      }
    }
  }

  private static ObjectNode withoutSeconds(JsonNode toleration) {
    ObjectNode copy = toleration.deepCopy();
    copy.remove("tolerationSeconds");
    return copy;
  }

  private void gates(JsonNode now, JsonNode old, Path path) {
    var added = new TreeMap<String, Integer>();
    for (int i = 0; i < now.size(); i++) {
      added.put(now.get(i).path("name").asText(), i);
    }
    old.forEach(gate -> added.remove(gate.path("name").asText()));
    added.forEach((gate, i) ->
        errors.forbidden(
            path.index(i).child("name"),
            "only deletion is allowed, but found new scheduling gate '" + gate + "'"));
  }

  /** The new spec with everything that may change set back to what it was. */
  private ObjectNode withoutMutable(JsonNode spec, JsonNode old, Path path) {
    ObjectNode rest = spec.deepCopy();
    for (String list : List.of("containers", "initContainers")) {
      for (int i = 0; i < rest.path(list).size(); i++) {
        if (rest.path(list).get(i) instanceof ObjectNode container) {
          setBack(container, old.path(list).get(i), "image");
        }
      }
    }
    setBack(rest, old, "activeDeadlineSeconds");
    setBack(rest, old, "schedulingGates");
    setBack(rest, old, "tolerations");
    if (old.path("terminationGracePeriodSeconds").asLong() < 0
        && rest.path("terminationGracePeriodSeconds").asLong() == 1) {
      setBack(rest, old, "terminationGracePeriodSeconds");
    }
    if (!old.path("schedulingGates").isEmpty()) {
      gated(rest, old, path);
    }
    return rest;
  }

  private static void setBack(ObjectNode rest, JsonNode old, String field) {
    if (old.has(field)) {
      rest.set(field, old.get(field));
    } else {
      rest.remove(field);
    }
  }

  /** While gated, a pod may be bound to fewer nodes. */
  private void gated(ObjectNode rest, JsonNode old, Path path) {
    for (Map.Entry<String, JsonNode> label : old.path("nodeSelector").properties()) {
      if (!label.getValue().equals(rest.path("nodeSelector").path(label.getKey()))) {
        errors.invalid(path.child("nodeSelector"), rest.path("nodeSelector"), ONLY_ADDITIONS);
        break;
      }
    }
    setBack(rest, old, "nodeSelector");
    JsonNode before = old.path("affinity").path("nodeAffinity");
    JsonNode after = rest.path("affinity").path("nodeAffinity");
    if (!before.equals(after)) {
      nodeAffinity(
          after.path(REQUIRED).path("nodeSelectorTerms"),
          before.path(REQUIRED).path("nodeSelectorTerms"),
          path.child("affinity").child("nodeAffinity").child(REQUIRED).child("nodeSelectorTerms"));
    }
    setBackAffinity(rest, old);
  }

  private static void setBackAffinity(ObjectNode rest, JsonNode old) {
    JsonNode before = old.path("affinity").path("nodeAffinity");
    if (!(rest.path("affinity") instanceof ObjectNode affinity)) {
      if (!before.isMissingNode()) {
        rest.putObject("affinity").set("nodeAffinity", before);
      }
      return;
    }
    boolean others = affinity.has("podAffinity") || affinity.has("podAntiAffinity");
    if (!old.has("affinity") && !others) {
      rest.remove("affinity");
    } else if (before.isMissingNode()) {
      affinity.remove("nodeAffinity");
    } else {
      affinity.set("nodeAffinity", before);
    }
  }

  private void nodeAffinity(JsonNode now, JsonNode old, Path path) {
    if (old.isEmpty()) {
      return;
    }
    if (now.size() != old.size()) {
      errors.invalid(
          path, now, "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
      return;
    }
    for (int i = 0; i < old.size(); i++) {
      if (!onlyAdds(now.get(i), old.get(i))) {
        errors.invalid(path.index(i), now.get(i), ONLY_ADDITIONS);
      }
    }
  }

  private static boolean onlyAdds(JsonNode now, JsonNode old) {
    boolean empty = old.path("matchExpressions").isEmpty() && old.path("matchFields").isEmpty();
    if (empty) {
      return now.path("matchExpressions").isEmpty() && now.path("matchFields").isEmpty();
    }
    return beginsWith(now.path("matchExpressions"), old.path("matchExpressions"))
        && beginsWith(now.path("matchFields"), old.path("matchFields"));
  }

  private static boolean beginsWith(JsonNode now, JsonNode old) {
    for (int i = 0; i < old.size(); i++) {
      if (!old.get(i).equals(now.path(i))) {
        return false;
      }
    }
    return true;
  }
}

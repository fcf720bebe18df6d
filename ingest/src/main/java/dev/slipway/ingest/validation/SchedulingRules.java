package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.stream.StreamSupport;

/** Rules of where a pod may run. */
final class SchedulingRules {
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
  private static final List<String> EFFECTS =
      List.of("NoSchedule", "PreferNoSchedule", "NoExecute");
  private static final int MAX_WEIGHT = 100;
  private static final String EMPTY = "can not be empty";

  private final FieldErrors errors;
  private final SelectorRules selectors;

  SchedulingRules(FieldErrors errors) {
    this.errors = errors;
    this.selectors = new SelectorRules(errors);
  }

  void affinity(JsonNode affinity, Path path) {
    JsonNode node = affinity.path("nodeAffinity");
    if (node.has(REQUIRED)) {
      nodeSelector(node.path(REQUIRED), path.child("nodeAffinity").child(REQUIRED));
    }
    JsonNode preferred = node.path(PREFERRED);
    for (int i = 0; i < preferred.size(); i++) {
      Path place = path.child("nodeAffinity").child(PREFERRED).index(i);
      weight(preferred.get(i), place);
      nodeTerm(preferred.get(i).path("preference"), place.child("preference"));
    }
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      podAffinity(affinity.path(kind), path.child(kind));
    }
  }

  private void weight(JsonNode term, Path place) {
    long weight = term.path("weight").asLong();
    if (weight <= 0 || weight > MAX_WEIGHT) {
      errors.invalid(place.child("weight"), weight, "must be in the range 1-100");
    }
  }

  private void nodeSelector(JsonNode selector, Path path) {
    JsonNode terms = selector.path("nodeSelectorTerms");
    if (terms.isEmpty()) {
      errors.required(path.child("nodeSelectorTerms"), "must have at least one node selector term");
    }
    for (int i = 0; i < terms.size(); i++) {
      nodeTerm(terms.get(i), path.child("nodeSelectorTerms").index(i));
    }
  }

  private void nodeTerm(JsonNode term, Path path) {
    JsonNode expressions = term.path("matchExpressions");
    for (int i = 0; i < expressions.size(); i++) {
      selectors.nodeRequirement(expressions.get(i), path.child("matchExpressions").index(i));
    }
    JsonNode fields = term.path("matchFields");
    for (int i = 0; i < fields.size(); i++) {
      selectors.nodeField(fields.get(i), path.child("matchFields").index(i));
    }
  }

  private void podAffinity(JsonNode affinity, Path path) {
    JsonNode required = affinity.path(REQUIRED);
    for (int i = 0; i < required.size(); i++) {
      podTerm(required.get(i), path.child(REQUIRED).index(i));
    }
    JsonNode preferred = affinity.path(PREFERRED);
    for (int i = 0; i < preferred.size(); i++) {
      Path place = path.child(PREFERRED).index(i);
      weight(preferred.get(i), place);
      podTerm(preferred.get(i).path("podAffinityTerm"), place.child("podAffinityTerm"));
    }
  }

  private void podTerm(JsonNode term, Path path) {
    selectors.selector(term.path("labelSelector"), path.child("labelSelector"));
    selectors.selector(term.path("namespaceSelector"), path.child("namespaceSelector"));
    for (JsonNode namespace : term.path("namespaces")) {
      errors.invalid(path.child("namespace"), namespace.asText(), Words.label(namespace.asText()));
    }
    String key = term.path("topologyKey").asText();
    if (key.isEmpty()) {
      errors.required(path.child("topologyKey"), EMPTY);
    }
    errors.invalid(path.child("topologyKey"), key, Words.qualifiedName(key));
    matchKeys(term, "matchLabelKeys", path);
    matchKeys(term, "mismatchLabelKeys", path);
  }

  private void matchKeys(JsonNode term, String field, Path path) {
    JsonNode keys = term.path(field);
    if (keys.isEmpty()) {
      return;
    }
    JsonNode selector = term.path("labelSelector");
    if (!selector.isObject()) {
      errors.forbidden(path.child(field), "must not be specified when labelSelector is not set");
    }
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i).asText();
      Path place = path.child(field).index(i);
      errors.invalid(place, key, Words.qualifiedName(key));
      boolean other =
          StreamSupport.stream(term.path("mismatchLabelKeys").spliterator(), false)
              .anyMatch(one -> one.asText().equals(key));
      if (field.equals("matchLabelKeys") && other) {
        errors.invalid(place, key, "exists in both matchLabelKeys and mismatchLabelKeys");
      }
    }
  }

  void tolerations(JsonNode tolerations, Path path) {
    for (int i = 0; i < tolerations.size(); i++) {
      toleration(tolerations.get(i), path.index(i));
    }
  }

  private void toleration(JsonNode toleration, Path path) {
    String key = toleration.path("key").asText();
    String operator = toleration.path("operator").asText();
    String effect = toleration.path("effect").asText();
    String value = toleration.path("value").asText();
    if (!key.isEmpty()) {
      errors.invalid(path.child("key"), key, Words.qualifiedName(key));
    } else if (!operator.equals("Exists")) {
      errors.invalid(
          path.child("operator"),
          operator,
          "operator must be Exists when `key` is empty, which means \"match all values and all"
              + " keys\"");
    }
    if (toleration.has("tolerationSeconds") && !effect.equals("NoExecute")) {
      errors.invalid(
          path.child("effect"),
          effect,
          "effect must be 'NoExecute' when `tolerationSeconds` is set");
    }
    switch (operator) {
      case "Equal", "" -> {
        List<String> wrong = Words.labelValue(value);
        if (!wrong.isEmpty()) {
          errors.invalid(path.child("operator"), value, String.join(";", wrong));
        }
      }
      case "Exists" -> {
        if (!value.isEmpty()) {
          errors.invalid(
              path.child("operator"), value, "value must be empty when `operator` is 'Exists'");
        }
      }
      case "Lt", "Gt" ->
          errors.notSupported(
              path.child("operator"), operator, List.of("Equal", "Exists", "Lt", "Gt"));
      default -> errors.notSupported(path.child("operator"), operator, List.of("Equal", "Exists"));
    }
    if (!effect.isEmpty() && !EFFECTS.contains(effect)) {
      errors.notSupported(path.child("effect"), effect, EFFECTS);
    }
  }

  void topologySpread(JsonNode constraints, Path path) {
    var seen = new HashSet<String>();
    for (int i = 0; i < constraints.size(); i++) {
      JsonNode constraint = constraints.get(i);
      Path place = path.index(i);
      spread(constraint, place);
      String pair =
          "{"
              + constraint.path("topologyKey").asText()
              + ", "
              + constraint.path("whenUnsatisfiable").asText()
              + "}";
      if (!seen.add(pair)) {
        errors.duplicate(place.child("{topologyKey, whenUnsatisfiable}"), pair);
      }
    }
  }

  private void spread(JsonNode constraint, Path path) {
    long skew = constraint.path("maxSkew").asLong();
    if (skew <= 0) {
      errors.invalid(path.child("maxSkew"), skew, "must be greater than zero");
    }
    String key = constraint.path("topologyKey").asText();
    if (key.isEmpty()) {
      errors.required(path.child("topologyKey"), EMPTY);
    }
    String when = constraint.path("whenUnsatisfiable").asText();
    List<String> actions = List.of("DoNotSchedule", "ScheduleAnyway");
    if (!actions.contains(when)) {
      errors.notSupported(path.child("whenUnsatisfiable"), when, actions);
    }
    if (constraint.has("minDomains")) {
      minDomains(constraint.path("minDomains").asLong(), when, path.child("minDomains"));
    }
    for (String field : List.of("nodeAffinityPolicy", "nodeTaintsPolicy")) {
      List<String> policies = List.of("Ignore", "Honor");
      if (constraint.has(field) && !policies.contains(constraint.path(field).asText())) {
        errors.notSupported(path.child(field), constraint.path(field).asText(), policies);
      }
    }
    matchKeys(constraint, "matchLabelKeys", path);
    selectors.selector(constraint.path("labelSelector"), path.child("labelSelector"));
  }

  private void minDomains(long least, String when, Path path) {
    if (least <= 0) {
      errors.invalid(path, least, "must be greater than 0");
    }
    if (!when.equals("DoNotSchedule")) {
      errors.invalid(
          path, least, "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + when);
    }
  }

  void schedulingGates(JsonNode gates, Path path) {
    var seen = new HashSet<String>();
    for (int i = 0; i < gates.size(); i++) {
      String name = gates.get(i).path("name").asText();
      errors.invalid(path.index(i), name, Words.qualifiedName(name));
      if (!seen.add(name)) {
        errors.duplicate(path.index(i), name);
      }
    }
  }
}

package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Rules of label selectors. */
final class SelectorRules {
  private final FieldErrors errors;

  SelectorRules(FieldErrors errors) {
    this.errors = errors;
  }

  void selector(JsonNode selector, Path path) {
    if (!selector.isObject()) {
      return;
    }
    new MetadataRules(errors).labels(selector.path("matchLabels"), path.child("matchLabels"));
    JsonNode expressions = selector.path("matchExpressions");
    for (int i = 0; i < expressions.size(); i++) {
      requirement(expressions.get(i), path.child("matchExpressions").index(i));
    }
  }

  private void requirement(JsonNode requirement, Path path) {
    String operator = requirement.path("operator").asText();
    JsonNode values = requirement.path("values");
    switch (operator) {
      case "In", "NotIn" -> {
        if (values.isEmpty()) {
          errors.required(
              path.child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          errors.forbidden(
              path.child("values"),
              "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      default -> errors.invalid(path.child("operator"), operator, "not a valid selector operator");
    }
    String key = requirement.path("key").asText();
    errors.invalid(path.child("key"), key, Words.qualifiedName(key));
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i).asText();
      errors.invalid(path.child("values").index(i), value, Words.labelValue(value));
    }
  }

  /** A requirement of a node's labels. */
  void nodeRequirement(JsonNode requirement, Path path) {
    String operator = requirement.path("operator").asText();
    int values = requirement.path("values").size();
    switch (operator) {
      case "In", "NotIn" -> {
        if (values == 0) {
          errors.required(
              path.child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (values > 0) {
          errors.forbidden(
              path.child("values"),
              "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      case "Gt", "Lt" -> {
        if (values != 1) {
          errors.required(
              path.child("values"),
              "must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
      }
      default -> errors.invalid(path.child("operator"), operator, "not a valid selector operator");
    }
    String key = requirement.path("key").asText();
    errors.invalid(path.child("key"), key, Words.qualifiedName(key));
  }

  /** A requirement of a node's fields: only its name, by one value. */
  void nodeField(JsonNode requirement, Path path) {
    JsonNode values = requirement.path("values");
    String operator = requirement.path("operator").asText();
    if (List.of("In", "NotIn").contains(operator)) {
      if (values.size() != 1) {
        errors.required(
            path.child("values"),
            "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
      }
    } else {
      errors.invalid(path.child("operator"), operator, "not a valid selector operator");
    }
    String key = requirement.path("key").asText();
    if (!key.equals("metadata.name")) {
      errors.invalid(path.child("key"), key, "not a valid field selector key");
      return;
    }
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i).asText();
      errors.invalid(path.child("values").index(i), value, Words.subdomain(value));
    }
  }
}

package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.Quantity;
import dev.slipway.ingest.defaults.Amounts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Rules of requests and limits. */
final class ResourceRules {
  private static final int MILLI = 1000;

  private final FieldErrors errors;
  private final Set<String> claims;

  ResourceRules(FieldErrors errors, Set<String> claims) {
    this.errors = errors;
    this.claims = claims;
  }

  /** Which names a list may hold. */
  @FunctionalInterface
  private interface NameRule {
    void check(String name, Path path, FieldErrors errors);
  }

  void container(JsonNode resources, Path path) {
    check(resources, path, ResourceNameRules::container);
  }

  /** Overhead follows the rules of limits. */
  void overhead(JsonNode overhead, Path path) {
    ObjectNode resources = JsonNodeFactory.instance.objectNode();
    resources.set("limits", overhead);
    container(resources, path);
  }

  private void check(JsonNode resources, Path path, NameRule names) {
    Map<String, Quantity> limits = Amounts.of(resources.path("limits"));
    Map<String, Quantity> requests = Amounts.of(resources.path("requests"));
    Path limitPath = path.child("limits");
    Path requestPath = path.child("requests");
    limits.forEach((name, amount) -> amount(name, amount, limitPath.key(name), names));
    requests.forEach((name, amount) -> {
      amount(name, amount, requestPath.key(name), names);
      Quantity limit = limits.get(name);
      if (limit != null) {
        compare(name, amount, limit, requestPath);
      } else if (!ResourceNameRules.overcommits(name)) {
        errors.required(limitPath, "Limit must be set for non overcommitable resources");
      }
    });
    Set<String> all = new HashSet<>(limits.keySet());
    all.addAll(requests.keySet());
    boolean hugePages = all.stream().anyMatch(Amounts::isHugePages);
    if (hugePages && !all.contains("cpu") && !all.contains("memory")) {
      errors.forbidden(path, "HugePages require cpu or memory");
    }
    claims(resources.path("claims"), path.child("claims"));
  }

  private void amount(String name, Quantity amount, Path path, NameRule names) {
    names.check(name, path, errors);
    if (amount.signum() < 0) {
      errors.invalid(path, amount.toString(), "must be greater than or equal to 0");
    }
    if (ResourceNameRules.isWhole(name) && amount.milliValue() % MILLI != 0) {
      errors.invalid(path, amount.toString(), "must be an integer");
    }
    if (Amounts.isHugePages(name) && !isMultipleOfPage(name, amount)) {
      errors.invalid(
          path, amount.toString(), amount + " is not positive integer multiple of " + name);
    }
  }

  private static boolean isMultipleOfPage(String name, Quantity amount) {
    try {
      Quantity page = Quantity.parse(name.substring("hugepages-".length()));
      return page.signum() > 0
          && page.milliValue() % MILLI == 0
          && amount.value() % page.value() == 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void compare(String name, Quantity request, Quantity limit, Path path) {
    int order = request.compareTo(limit);
    if (order != 0 && !ResourceNameRules.overcommits(name)) {
      errors.invalid(path, request.toString(), "must be equal to " + name + " limit of " + limit);
    } else if (order > 0) {
      errors.invalid(
          path, request.toString(), "must be less than or equal to " + name + " limit of " + limit);
    }
  }

  private void claims(JsonNode list, Path path) {
    var seen = new HashSet<String>();
    for (int i = 0; i < list.size(); i++) {
      Path place = path.index(i);
      String name = list.get(i).path("name").asText();
      String request = list.get(i).path("request").asText();
      if (name.isEmpty()) {
        errors.required(place, "");
        continue;
      }
      String key = name;
      if (!request.isEmpty()) {
        errors.invalid(place.child("request"), request, Words.label(request));
        key += "/" + request;
      }
      if (!seen.add(key)) {
        errors.duplicate(place, key);
      }
      if (!claims.contains(name)) {
        String known =
            claims.isEmpty() ? " which is empty" : ": " + String.join(", ", new TreeSet<>(claims));
        errors.notFound(place, name, "must be one of the names in pod.spec.resourceClaims" + known);
      }
    }
  }

  /** Pod-level amounts: by themselves and against those of the containers. */
  void podLevel(JsonNode spec, Path path) {
    JsonNode resources = spec.path("resources");
    if (!resources.isObject()) {
      return;
    }
    if (resources.has("claims")) {
      errors.forbidden(path.child("claims"), "claims may not be set for Resources at pod-level");
    }
    check(resources, path, ResourceRules::podLevelName);
    Map<String, Quantity> limits = Amounts.of(resources.path("limits"));
    Map<String, Quantity> requests = Amounts.of(resources.path("requests"));
    Amounts.aggregate(spec, "requests")
        .forEach((name, sum) -> atLeast(name, sum, requests, path.child("requests"), "requests"));
    Amounts.aggregate(spec, "limits")
        .forEach((name, sum) -> {
          if (Amounts.isHugePages(name)) {
            atLeast(name, sum, limits, path.child("limits"), "limits");
          }
        });
    containersWithin(spec.path("containers"), limits, path);
  }

  private static void podLevelName(String name, Path path, FieldErrors errors) {
    if (ResourceNameRules.any(name, path, errors) && !Amounts.podLevel(name)) {
      errors.notSupported(path, name, List.of("cpu", "hugepages-", "memory"));
    }
  }

  private void atLeast(
      String name, Quantity sum, Map<String, Quantity> podLevel, Path path, String what) {
    Quantity own = podLevel.get(name);
    if (own != null && sum.compareTo(own) > 0) {
      errors.invalid(
          path.key(name),
          own.toString(),
          "must be greater than or equal to aggregate container " + what + " of " + sum);
    }
  }

  private void containersWithin(JsonNode containers, Map<String, Quantity> limits, Path path) {
    for (int i = 0; i < containers.size(); i++) {
      Path place = path.child("containers").index(i);
      Amounts.of(containers.get(i).path("resources").path("limits"))
          .forEach((name, limit) -> {
            Quantity most = limits.get(name);
            if (most != null && limit.compareTo(most) > 0) {
              errors.invalid(
                  place.key(name).child("limits"),
                  limit.toString(),
                  "must be less than or equal to pod limits of " + most);
            }
          });
    }
  }
}

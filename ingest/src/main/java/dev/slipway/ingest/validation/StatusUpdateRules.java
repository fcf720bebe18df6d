package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What may change in a pod's status (rule V-56). */
final class StatusUpdateRules {
  private static final Set<String> OWN_CONDITIONS = Set.of("PodScheduled", "Ready", "Initialized");
  private static final String NOT_NEGATIVE = "must be a non-negative integer";

  private final FieldErrors errors;
  private final Path path = Path.of("status");

  StatusUpdateRules(FieldErrors errors) {
    this.errors = errors;
  }

  void check(JsonNode pod, JsonNode oldPod) {
    JsonNode status = pod.path("status");
    JsonNode old = oldPod.path("status");
    nominatedNode(pod, old);
    if (!status.path("qosClass").asText().equals(old.path("qosClass").asText())) {
      errors.invalid(
          path.child("qosClass"), status.path("qosClass").asText(), "field is immutable");
    }
    observedGeneration(status, path);
    conditions(status.path("conditions"), path.child("conditions"));
    transitions(status, oldPod);
    podIps(status.path("podIPs"), old.path("podIPs"));
    hostIps(status, old);
  }

  private void nominatedNode(JsonNode pod, JsonNode old) {
    String name = pod.path("status").path("nominatedNodeName").asText();
    Path place = path.child("nominatedNodeName");
    if (name.isEmpty() || name.equals(old.path("nominatedNodeName").asText())) {
      return;
    }
    errors.invalid(place, name, Words.subdomain(name));
    if (pod.path("spec").has("nodeName")) {
      errors.forbidden(place, "may not be set on pods that are already bound to a node");
    }
  }

  private void observedGeneration(JsonNode owner, Path place) {
    long generation = owner.path("observedGeneration").asLong();
    if (generation < 0) {
      errors.invalid(place.child("observedGeneration"), generation, NOT_NEGATIVE);
    }
  }

  private void conditions(JsonNode conditions, Path place) {
    for (int i = 0; i < conditions.size(); i++) {
      String type = conditions.get(i).path("type").asText();
      observedGeneration(conditions.get(i), place.index(i));
      if (!OWN_CONDITIONS.contains(type)) {
        errors.invalid(place.index(i).child("Type"), type, Words.qualifiedName(type));
      }
    }
  }

  private void transitions(JsonNode status, JsonNode oldPod) {
    JsonNode spec = oldPod.path("spec");
    JsonNode old = oldPod.path("status");
    boolean restartAll = RestartDecision.wantsRestartAll(spec);
    revived(status, old, "containerStatuses", spec.path("containers"), spec, restartAll);
    revived(status, old, "initContainerStatuses", spec.path("initContainers"), spec, restartAll);
    revived(
        status,
        old,
        "ephemeralContainerStatuses",
        JsonNodeFactory.instance.arrayNode(),
        spec,
        false);
  }

  private void revived(
      JsonNode status,
      JsonNode old,
      String list,
      JsonNode containers,
      JsonNode spec,
      boolean restartAll) {
    JsonNode before = old.path(list);
    for (int i = 0; i < before.size(); i++) {
      JsonNode terminated = before.get(i).path("state").path("terminated");
      if (terminated.isMissingNode() || restartAll) {
        continue;
      }
      String name = before.get(i).path("name").asText();
      int exitCode = terminated.path("exitCode").asInt();
      if (mayRestart(containers, name, exitCode, spec, list)) {
        continue;
      }
      for (JsonNode after : status.path(list)) {
        if (after.path("name").asText().equals(name) && !after.path("state").has("terminated")) {
          errors.forbidden(
              path.child(list).index(i).child("state"),
              "may not be transitioned to non-terminated state");
        }
      }
    }
  }

  private boolean mayRestart(
      JsonNode containers, String name, int exitCode, JsonNode spec, String list) {
    for (JsonNode container : containers) {
      if (container.path("name").asText().equals(name)) {
        return RestartDecision.restarts(
            container,
            spec.path("restartPolicy").asText(),
            exitCode,
            list.equals("initContainerStatuses"));
      }
    }
    return false;
  }

  private void podIps(JsonNode ips, JsonNode old) {
    ips(ips, old, path.child("podIPs"));
  }

  private void hostIps(JsonNode status, JsonNode old) {
    JsonNode ips = status.path("hostIPs");
    if (ips.isEmpty()) {
      return;
    }
    Path place = path.child("hostIPs");
    String first = ips.get(0).path("ip").asText();
    if (!first.equals(status.path("hostIP").asText())) {
      errors.invalid(place.index(0).child("ip"), first, "must be equal to `hostIP`");
    }
    ips(ips, old.path("hostIPs"), place);
  }

  private void ips(JsonNode ips, JsonNode old, Path place) {
    Set<String> known = new HashSet<>();
    old.forEach(ip -> known.add(ip.path("ip").asText()));
    var all = new ArrayList<String>();
    for (int i = 0; i < ips.size(); i++) {
      String ip = ips.get(i).path("ip").asText();
      all.add(ip);
      if (!known.contains(ip)) {
        errors.invalid(place.index(i), ip, IpAddress.wrong(ip));
      }
    }
    boolean pair = all.size() == 2 && all.getFirst().contains(":") != all.getLast().contains(":");
    if (all.size() > 1 && all.stream().allMatch(IpAddress::isValid) && !pair) {
      errors.invalid(place, printed(all), "may specify no more than one IP for each IP family");
    }
  }

  /** The list as the server prints it, by the names of its own fields. */
  private static ArrayNode printed(List<String> ips) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    ips.forEach(ip -> list.addObject().put("IP", ip));
    return list;
  }
}

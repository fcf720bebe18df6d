package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ingest.defaults.ApiGates;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of the spec of a pod or of a template (V-12 to V-52). */
final class PodSpecRules {
  private static final List<String> RESTART_POLICIES = List.of("Always", "OnFailure", "Never");
  private static final int HOSTNAME_OVERRIDE_MAX = 64;

  private final FieldErrors errors;
  private final JsonNode spec;
  private final boolean pod;
  private final ApiGates gates;
  private final boolean allowPrivileged;

  PodSpecRules(
      FieldErrors errors, JsonNode spec, boolean pod, ApiGates gates, boolean allowPrivileged) {
    this.errors = errors;
    this.spec = spec;
    this.pod = pod;
    this.gates = gates;
    this.allowPrivileged = allowPrivileged;
  }

  void check(Path path) {
    ObjectNode volumes =
        new VolumeRules(errors).volumes(spec.path("volumes"), path.child("volumes"));
    Set<String> claims = claims(spec.path("resourceClaims"), path.child("resourceClaims"));
    var scope = new Scope(spec, pod, gates, allowPrivileged, volumes, claims);
    var containers = new ContainerRules(errors, scope);
    containers.apps(path.child("containers"));
    containers.inits(path.child("initContainers"));
    containers.ephemerals(path.child("ephemeralContainers"));
    if (pod) {
      onlyInPods(containers, path);
    }
    resources(claims, path);
    names(path);
    choices(path);
    new MetadataRules(errors).labels(spec.path("nodeSelector"), path.child("nodeSelector"));
    new SecurityRules(errors, scope)
        .pod(spec.path("securityContext"), path.child("securityContext"));
    scheduling(path);
    dns(path);
    readinessGates(path.child("readinessGates"));
    hostUsers(path);
    new OsRules(errors, spec).check(path);
  }

  private void onlyInPods(ContainerRules containers, Path path) {
    containers.onlyInPods(spec.path("containers"), path.child("containers"));
    containers.onlyInPods(spec.path("initContainers"), path.child("initContainers"));
    if (!spec.path("serviceAccountName").asText().isEmpty()) {
      return;
    }
    JsonNode volumes = spec.path("volumes");
    for (int i = 0; i < volumes.size(); i++) {
      JsonNode sources = volumes.get(i).path("projected").path("sources");
      for (int j = 0; j < sources.size(); j++) {
        if (sources.get(j).has("serviceAccountToken")) {
          errors.forbidden(
              path.child("volumes")
                  .index(i)
                  .child("projected")
                  .child("sources")
                  .index(j)
                  .child("serviceAccountToken"),
              "must not be specified when serviceAccountName is not set");
        }
      }
    }
  }

  private void resources(Set<String> claims, Path path) {
    var rules = new ResourceRules(errors, claims);
    boolean windows = spec.path("os").path("name").asText().equals("windows");
    if (gates.on(ApiGates.POD_LEVEL_RESOURCES) && !windows) {
      rules.podLevel(spec, path.child("resources"));
    }
    if (spec.has("overhead")) {
      rules.overhead(spec.path("overhead"), path.child("overhead"));
    }
    if (spec.has("activeDeadlineSeconds")) {
      long seconds = spec.path("activeDeadlineSeconds").asLong();
      if (seconds < 1 || seconds > Integer.MAX_VALUE) {
        errors.invalid(
            path.child("activeDeadlineSeconds"), seconds, Words.between(1, Integer.MAX_VALUE));
      }
    }
  }

  private void names(Path path) {
    for (String field : List.of("hostname", "subdomain")) {
      String name = spec.path(field).asText();
      if (!name.isEmpty()) {
        errors.invalid(path.child(field), name, Words.label(name));
      }
    }
    for (String field : List.of("serviceAccountName", "nodeName", "priorityClassName")) {
      String name = spec.path(field).asText();
      if (!name.isEmpty()) {
        errors.invalid(path.child(field), name, Words.subdomain(name));
      }
    }
    if (spec.has("runtimeClassName")) {
      String name = spec.path("runtimeClassName").asText();
      errors.invalid(path.child("runtimeClassName"), name, Words.subdomain(name));
    }
    if (spec.has("hostnameOverride")) {
      hostnameOverride(spec.path("hostnameOverride").asText(), path.child("hostnameOverride"));
    }
  }

  private void hostnameOverride(String name, Path path) {
    errors.invalid(path, name, Words.subdomain(name));
    if (Words.bytes(name) > HOSTNAME_OVERRIDE_MAX) {
      errors.tooLong(path, HOSTNAME_OVERRIDE_MAX);
    }
    if (spec.path("hostNetwork").asBoolean()) {
      errors.forbidden(path, "may not be specified when hostNetwork is true");
    }
    if (spec.path("setHostnameAsFQDN").asBoolean()) {
      errors.forbidden(path, "may not be specified when setHostnameAsFQDN is true");
    }
  }

  private void choices(Path path) {
    String restartPolicy = spec.path("restartPolicy").asText();
    if (!RESTART_POLICIES.contains(restartPolicy)) {
      errors.notSupported(path.child("restartPolicy"), restartPolicy, RESTART_POLICIES);
    }
    if (spec.has("preemptionPolicy")) {
      String policy = spec.path("preemptionPolicy").asText();
      List<String> policies = List.of("PreemptLowerPriority", "Never");
      if (policy.isEmpty()) {
        errors.required(path.child("preemptionPolicy"), "");
      } else if (!policies.contains(policy)) {
        errors.notSupported(path.child("preemptionPolicy"), policy, policies);
      }
    }
  }

  private void scheduling(Path path) {
    var rules = new SchedulingRules(errors);
    rules.affinity(spec.path("affinity"), path.child("affinity"));
    rules.tolerations(spec.path("tolerations"), path.child("tolerations"));
    rules.topologySpread(
        spec.path("topologySpreadConstraints"), path.child("topologySpreadConstraints"));
    rules.schedulingGates(spec.path("schedulingGates"), path.child("schedulingGates"));
  }

  private void dns(Path path) {
    var rules = new DnsRules(errors);
    String policy = spec.path("dnsPolicy").asText();
    rules.policy(policy, path.child("dnsPolicy"));
    rules.config(spec.path("dnsConfig"), policy, path.child("dnsConfig"));
    rules.hostAliases(spec.path("hostAliases"), path.child("hostAliases"));
  }

  private void readinessGates(Path path) {
    JsonNode list = spec.path("readinessGates");
    for (int i = 0; i < list.size(); i++) {
      String type = list.get(i).path("conditionType").asText();
      errors.invalid(path.index(i).child("conditionType"), type, Words.qualifiedName(type));
    }
  }

  /** The server spells two of these fields unlike the API. */
  private void hostUsers(Path path) {
    if (spec.path("hostUsers").asBoolean(true)) {
      return;
    }
    String why = "when `hostUsers` is false";
    if (spec.path("hostNetwork").asBoolean()) {
      errors.forbidden(path.child("hostNetwork"), why);
    }
    if (spec.path("hostPID").asBoolean()) {
      errors.forbidden(path.child("HostPID"), why);
    }
    if (spec.path("hostIPC").asBoolean()) {
      errors.forbidden(path.child("HostIPC"), why);
    }
  }

  private Set<String> claims(JsonNode list, Path path) {
    var names = new HashSet<String>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode claim = list.get(i);
      Path place = path.index(i);
      String name = claim.path("name").asText();
      if (name.isEmpty()) {
        errors.required(place.child("name"), "");
      } else if (!names.add(name)) {
        errors.duplicate(place.child("name"), name);
      } else {
        errors.invalid(place.child("name"), name, Words.label(name));
      }
      claimSource(claim, place);
    }
    return names;
  }

  private void claimSource(JsonNode claim, Path place) {
    boolean byName = claim.has("resourceClaimName");
    boolean byTemplate = claim.has("resourceClaimTemplateName");
    if (byName && byTemplate) {
      errors.invalid(
          place,
          claim,
          "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
    } else if (!byName && !byTemplate) {
      errors.invalid(
          place, claim, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
    }
    for (String field : List.of("resourceClaimName", "resourceClaimTemplateName")) {
      if (claim.has(field)) {
        String name = claim.path(field).asText();
        errors.invalid(place.child(field), name, Words.subdomain(name));
      }
    }
  }
}

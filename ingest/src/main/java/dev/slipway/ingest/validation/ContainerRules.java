package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ingest.defaults.ApiGates;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of the three container lists (V-12 to V-28). */
final class ContainerRules {
  private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
  private static final List<String> MESSAGE_POLICIES = List.of("File", "FallbackToLogsOnError");
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
  private static final List<String> RESTART_POLICIES = List.of("Always", "Never", "OnFailure");
  private static final String RESTART = "Restart";
  private static final String RESTART_ALL = "RestartAllContainers";
  private static final int MAX_RULES = 20;
  private static final int MAX_EXIT_CODES = 255;
  private static final List<String> HOOKS_AND_PROBES =
      List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe");
  private static final List<String> NOT_EPHEMERAL =
      List.of(
          "ports",
          "resources",
          "resizePolicy",
          "restartPolicy",
          "restartPolicyRules",
          "lifecycle",
          "livenessProbe",
          "readinessProbe",
          "startupProbe");

  private final FieldErrors errors;
  private final Scope scope;
  private final HandlerRules handlers;
  private final MountRules mounts;
  private final SecurityRules security;

  ContainerRules(FieldErrors errors, Scope scope) {
    this.errors = errors;
    this.scope = scope;
    this.handlers = new HandlerRules(errors, scope);
    this.mounts = new MountRules(errors, scope);
    this.security = new SecurityRules(errors, scope);
  }

  void apps(Path path) {
    JsonNode containers = scope.spec().path("containers");
    if (containers.isEmpty()) {
      errors.required(path, "");
    }
    Set<String> names = new HashSet<>();
    Set<String> hostPorts = new HashSet<>();
    for (int i = 0; i < containers.size(); i++) {
      JsonNode container = containers.get(i);
      Path place = path.index(i);
      common(container, place);
      String name = container.path("name").asText();
      if (!names.add(name)) {
        errors.duplicate(place.child("name"), name);
      }
      handlers.lifecycle(container.path("lifecycle"), place.child("lifecycle"));
      handlers.probes(container, place);
      restartPolicy(container, place, false);
      hostPorts(container, place, hostPorts);
      if (scope.spec().path("hostNetwork").asBoolean()) {
        hostNetworkPorts(container, place);
      }
    }
  }

  void inits(Path path) {
    Set<String> names = names("containers");
    JsonNode containers = scope.spec().path("initContainers");
    for (int i = 0; i < containers.size(); i++) {
      JsonNode container = containers.get(i);
      Path place = path.index(i);
      common(container, place);
      String name = container.path("name").asText();
      if (names.contains(name)) {
        errors.duplicate(place.child("name"), name);
      } else if (!name.isEmpty()) {
        names.add(name);
      }
      // Each init container by itself; the server always names the first.
      hostPorts(container, path.index(0), new HashSet<>());
      boolean sidecar = container.path("restartPolicy").asText().equals("Always");
      if (sidecar) {
        handlers.lifecycle(container.path("lifecycle"), place.child("lifecycle"));
        handlers.probes(container, place);
      } else {
        regularInit(container, place);
      }
      restartPolicy(container, place, true);
    }
  }

  private void regularInit(JsonNode container, Path place) {
    for (String field : HOOKS_AND_PROBES) {
      if (container.has(field)) {
        errors.forbidden(
            place.child(field), "may not be set for init containers without restartPolicy=Always");
      }
    }
    JsonNode policies = container.path("resizePolicy");
    for (int i = 0; i < policies.size(); i++) {
      String policy = policies.get(i).path("restartPolicy").asText();
      if (policy.equals("RestartContainer")) {
        errors.invalid(
            place.child("resizePolicy").index(i).child("restartPolicy"),
            policy,
            "must not be set to 'RestartContainer' for non-sidecar initContainers");
      }
    }
  }

  void ephemerals(Path path) {
    Set<String> targets = names("containers");
    targets.addAll(names("initContainers"));
    Set<String> names = new HashSet<>(targets);
    JsonNode containers = scope.spec().path("ephemeralContainers");
    for (int i = 0; i < containers.size(); i++) {
      JsonNode container = containers.get(i);
      Path place = path.index(i);
      common(container, place);
      imageBlanks(container, place);
      String name = container.path("name").asText();
      if (!names.add(name)) {
        errors.duplicate(place.child("name"), name);
      }
      String target = container.path("targetContainerName").asText();
      if (!target.isEmpty() && !targets.contains(target)) {
        errors.notFound(place.child("targetContainerName"), target, "");
      }
      notEphemeral(container, place);
    }
  }

  private void notEphemeral(JsonNode container, Path place) {
    String words = "cannot be set for an Ephemeral Container";
    for (String field : NOT_EPHEMERAL) {
      if (container.has(field)) {
        errors.forbidden(place.child(field), words);
      }
    }
    JsonNode list = container.path("volumeMounts");
    for (int i = 0; i < list.size(); i++) {
      for (String field : List.of("subPath", "subPathExpr")) {
        if (list.get(i).has(field)) {
          errors.forbidden(place.child("volumeMounts").index(i).child(field), words);
        }
      }
    }
  }

  private Set<String> names(String list) {
    var names = new HashSet<String>();
    scope.spec().path(list).forEach(container -> names.add(container.path("name").asText()));
    return names;
  }

  /** Rules of pods that templates do not have to keep, for apps and init containers. */
  void onlyInPods(JsonNode containers, Path path) {
    for (int i = 0; i < containers.size(); i++) {
      imageBlanks(containers.get(i), path.index(i));
    }
  }

  private void imageBlanks(JsonNode container, Path place) {
    String image = container.path("image").asText();
    if (!image.equals(image.strip())) {
      errors.invalid(place.child("image"), image, "must not have leading or trailing whitespace");
    }
  }

  private void common(JsonNode container, Path path) {
    String name = container.path("name").asText();
    if (name.isEmpty()) {
      errors.required(path.child("name"), "");
    } else {
      errors.invalid(path.child("name"), name, Words.label(name));
    }
    if (container.path("image").asText().isEmpty()) {
      errors.required(path.child("image"), "");
    }
    choice(container, "terminationMessagePolicy", MESSAGE_POLICIES, path);
    choice(container, "imagePullPolicy", PULL_POLICIES, path);
    ports(container.path("ports"), path.child("ports"));
    var env = new EnvRules(errors);
    env.env(container.path("env"), path.child("env"));
    env.envFrom(container.path("envFrom"), path.child("envFrom"));
    mounts.mounts(container, path.child("volumeMounts"));
    mounts.devices(container, path.child("volumeDevices"));
    new ResourceRules(errors, scope.claims())
        .container(container.path("resources"), path.child("resources"));
    resizePolicy(container.path("resizePolicy"), path.child("resizePolicy"));
    security.container(container.path("securityContext"), path.child("securityContext"));
  }

  private void choice(JsonNode container, String field, List<String> choices, Path path) {
    String value = container.path(field).asText();
    if (!choices.contains(value)) {
      errors.notSupported(path.child(field), value, choices);
    }
  }

  private void ports(JsonNode ports, Path path) {
    var names = new HashSet<String>();
    for (int i = 0; i < ports.size(); i++) {
      JsonNode port = ports.get(i);
      Path place = path.index(i);
      String name = port.path("name").asText();
      if (!name.isEmpty()) {
        List<String> wrong = Words.portName(name);
        errors.invalid(place.child("name"), name, wrong);
        if (wrong.isEmpty() && !names.add(name)) {
          errors.duplicate(place.child("name"), name);
        }
      }
      portNumber(port, "containerPort", place);
      if (!port.has("containerPort")) {
        errors.required(place.child("containerPort"), "");
      }
      portNumber(port, "hostPort", place);
      choice(port, "protocol", PROTOCOLS, place);
    }
  }

  private void portNumber(JsonNode port, String field, Path place) {
    if (port.has(field)) {
      long number = port.path(field).asLong();
      Words.portNumber(number).forEach(wrong -> errors.invalid(place.child(field), number, wrong));
    }
  }

  private void hostPorts(JsonNode container, Path place, Set<String> taken) {
    JsonNode ports = container.path("ports");
    for (int i = 0; i < ports.size(); i++) {
      JsonNode port = ports.get(i);
      if (port.has("hostPort")) {
        String key =
            port.path("protocol").asText()
                + "/"
                + port.path("hostIP").asText()
                + "/"
                + port.path("hostPort").asLong();
        if (!taken.add(key)) {
          errors.duplicate(place.child("ports").index(i).child("hostPort"), key);
        }
      }
    }
  }

  private void hostNetworkPorts(JsonNode container, Path place) {
    JsonNode ports = container.path("ports");
    for (int i = 0; i < ports.size(); i++) {
      long hostPort = ports.get(i).path("hostPort").asLong();
      boolean open = hostPort == 0 && !scope.pod();
      if (hostPort != ports.get(i).path("containerPort").asLong() && !open) {
        errors.invalid(
            place.child("ports").index(i).child("hostPort"),
            hostPort,
            "must match `containerPort` when `hostNetwork` is true");
      }
    }
  }

  private void resizePolicy(JsonNode policies, Path path) {
    var seen = new HashSet<String>();
    for (int i = 0; i < policies.size(); i++) {
      String resource = policies.get(i).path("resourceName").asText();
      String policy = policies.get(i).path("restartPolicy").asText();
      if (!seen.add(resource)) {
        errors.duplicate(path.index(i), resource);
      }
      oneOf(resource, List.of("cpu", "memory"), path);
      oneOf(policy, List.of("NotRequired", "RestartContainer"), path);
      if (scope.restartPolicy().equals("Never") && !policy.equals("NotRequired")) {
        errors.invalid(path, policy, "must be 'NotRequired' when pod `restartPolicy` is 'Never'");
      }
    }
  }

  private void oneOf(String value, List<String> choices, Path path) {
    if (value.isEmpty()) {
      errors.required(path, "");
    } else if (!choices.contains(value)) {
      errors.notSupported(path, value, choices);
    }
  }

  private void restartPolicy(JsonNode container, Path path, boolean init) {
    boolean has = container.has("restartPolicy");
    String policy = container.path("restartPolicy").asText();
    if (has && !RESTART_POLICIES.contains(policy)) {
      errors.notSupported(path.child("restartPolicy"), policy, RESTART_POLICIES);
    }
    JsonNode rules = container.path("restartPolicyRules");
    if (rules.isEmpty()) {
      return;
    }
    if (!has) {
      errors.required(
          path.child("restartPolicy"), "must specify restartPolicy when restart rules are used");
      if (init) {
        return;
      }
    }
    boolean restartAll = scope.gates().on(ApiGates.RESTART_ALL_CONTAINERS);
    if (init && policy.equals("Always") && !restartAll) {
      errors.forbidden(
          path.child("restartPolicyRules"),
          "restartPolicyRules are not allowed for init containers with restart policy Always");
      return;
    }
    restartRules(rules, path.child("restartPolicyRules"), restartAll);
  }

  private void restartRules(JsonNode rules, Path path, boolean restartAll) {
    if (rules.size() > MAX_RULES) {
      errors.tooMany(path, rules.size(), MAX_RULES);
    }
    List<String> actions = restartAll ? List.of(RESTART, RESTART_ALL) : List.of(RESTART);
    for (int i = 0; i < rules.size(); i++) {
      JsonNode rule = rules.get(i);
      choice(rule, "action", actions, path.index(i));
      Path place = path.index(i).child("exitCodes");
      JsonNode exitCodes = rule.path("exitCodes");
      if (exitCodes.isMissingNode()) {
        errors.required(place, "must be specified");
        continue;
      }
      choice(exitCodes, "operator", List.of("In", "NotIn"), place);
      int values = exitCodes.path("values").size();
      if (values > MAX_EXIT_CODES) {
        errors.tooMany(place.child("values"), values, MAX_EXIT_CODES);
      }
    }
  }
}

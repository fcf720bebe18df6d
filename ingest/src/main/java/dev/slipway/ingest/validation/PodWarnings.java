package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the API server warns of when a pod or a template is right but odd. */
public final class PodWarnings {
  private static final Map<String, String> OLD_LABELS =
      Map.of(
          "beta.kubernetes.io/arch", since("v1.14", "kubernetes.io/arch"),
          "beta.kubernetes.io/os", since("v1.14", "kubernetes.io/os"),
          "failure-domain.beta.kubernetes.io/region",
              since("v1.17", "topology.kubernetes.io/region"),
          "failure-domain.beta.kubernetes.io/zone", since("v1.17", "topology.kubernetes.io/zone"),
          "beta.kubernetes.io/instance-type", since("v1.17", "node.kubernetes.io/instance-type"),
          "node-role.kubernetes.io/master",
              "use \"node-role.kubernetes.io/control-plane\" instead");
  private static final Map<String, String> OLD_VOLUMES =
      Map.of(
          "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+",
          "gitRepo", "deprecated in v1.11, and disabled by default in v1.33+",
          "scaleIO", "deprecated in v1.16, non-functional in v1.22+",
          "flocker", "deprecated in v1.22, non-functional in v1.25+",
          "storageos", "deprecated in v1.22, non-functional in v1.25+",
          "quobyte", "deprecated in v1.22, non-functional in v1.25+",
          "glusterfs", "deprecated in v1.25, non-functional in v1.26+",
          "cephfs", "deprecated in v1.28, non-functional in v1.31+",
          "rbd", "deprecated in v1.28, non-functional in v1.31+");
  private static final List<String> BYTES = List.of("memory", "ephemeral-storage");
  private static final List<String> CONTAINER_LISTS =
      List.of("initContainers", "containers", "ephemeralContainers");
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

  private final Set<String> warnings = new LinkedHashSet<>();
  private final JsonNode spec;
  private final Path path;

  private PodWarnings(JsonNode spec, Path path) {
    this.spec = spec;
    this.path = path;
  }

  private static String since(String release, String instead) {
    return "deprecated since " + release + "; use \"" + instead + "\" instead";
  }

  /** Warnings of a pod about to be made. */
  public static List<String> pod(JsonNode pod) {
    var all = new PodWarnings(pod.path("spec"), Path.of("spec"));
    List<String> wrong = Words.label(pod.path("metadata").path("name").asText());
    if (pod.path("metadata").has("name") && !wrong.isEmpty()) {
      all.warnings.add(
          "metadata.name: this is used in the Pod's hostname, which can result in surprising"
              + " behavior; a DNS label is recommended: ["
              + String.join(" ", wrong)
              + "]");
    }
    return all.collect();
  }

  /** Warnings of a template at that place of its object. */
  public static List<String> template(JsonNode template, String place) {
    return new PodWarnings(template.path("spec"), Path.of(place).child("spec")).collect();
  }

  private List<String> collect() {
    oldLabels();
    volumes();
    lists();
    amounts(spec.path("overhead"), path.child("overhead"));
    if (spec.path("terminationGracePeriodSeconds").asLong() < 0) {
      warn(
          path.child("terminationGracePeriodSeconds"),
          "must be >= 0; negative values are invalid and will be treated as 1");
    }
    var ports = new Ports();
    for (String list : CONTAINER_LISTS) {
      JsonNode containers = spec.path(list);
      for (int i = 0; i < containers.size(); i++) {
        container(containers.get(i), path.child(list).index(i), ports);
      }
    }
    return new ArrayList<>(warnings);
  }

  private void warn(Path place, String what) {
    warnings.add(place + ": " + what);
  }

  private void oldLabels() {
    for (Map.Entry<String, JsonNode> label : spec.path("nodeSelector").properties()) {
      oldLabel(label.getKey(), path.child("nodeSelector").key(label.getKey()), "");
    }
    JsonNode node = spec.path("affinity").path("nodeAffinity");
    Path place = path.child("affinity").child("nodeAffinity");
    JsonNode terms = node.path(REQUIRED).path("nodeSelectorTerms");
    for (int i = 0; i < terms.size(); i++) {
      term(terms.get(i), place.child(REQUIRED).child("nodeSelectorTerms").index(i));
    }
    JsonNode preferred = node.path(PREFERRED);
    for (int i = 0; i < preferred.size(); i++) {
      term(
          preferred.get(i).path("preference"), place.child(PREFERRED).index(i).child("preference"));
    }
    JsonNode constraints = spec.path("topologySpreadConstraints");
    for (int i = 0; i < constraints.size(); i++) {
      Path constraint = path.child("topologySpreadConstraints").index(i);
      String key = constraints.get(i).path("topologyKey").asText();
      oldLabel(key, constraint.child("topologyKey"), key + " is ");
      if (!constraints.get(i).has("labelSelector")) {
        noSelector(constraint.child("labelSelector"));
      }
    }
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      podAffinity(spec.path("affinity").path(kind), path.child("affinity").child(kind));
    }
  }

  private void podAffinity(JsonNode affinity, Path place) {
    JsonNode required = affinity.path(REQUIRED);
    for (int i = 0; i < required.size(); i++) {
      if (!required.get(i).has("labelSelector")) {
        noSelector(place.child(REQUIRED).index(i).child("labelSelector"));
      }
    }
    JsonNode preferred = affinity.path(PREFERRED);
    for (int i = 0; i < preferred.size(); i++) {
      if (!preferred.get(i).path("podAffinityTerm").has("labelSelector")) {
        noSelector(place.child(PREFERRED).index(i).child("podAffinityTerm").child("labelSelector"));
      }
    }
  }

  private void noSelector(Path place) {
    warn(place, "a null labelSelector results in matching no pod");
  }

  private void term(JsonNode term, Path place) {
    JsonNode expressions = term.path("matchExpressions");
    for (int i = 0; i < expressions.size(); i++) {
      String key = expressions.get(i).path("key").asText();
      oldLabel(key, place.child("matchExpressions").index(i).child("key"), key + " is ");
    }
  }

  private void oldLabel(String label, Path place, String before) {
    String what = OLD_LABELS.get(label);
    if (what != null) {
      warn(place, before + what);
    }
  }

  private void volumes() {
    JsonNode volumes = spec.path("volumes");
    for (int i = 0; i < volumes.size(); i++) {
      for (Map.Entry<String, String> old : OLD_VOLUMES.entrySet()) {
        if (volumes.get(i).has(old.getKey())) {
          String name = old.getKey().equals("storageos") ? "storageOS" : old.getKey();
          warn(path.child("volumes").index(i).child(name), old.getValue());
        }
      }
    }
  }

  private void lists() {
    duplicates("hostAliases", "ip");
    duplicates("imagePullSecrets", "name");
    JsonNode secrets = spec.path("imagePullSecrets");
    for (int i = 0; i < secrets.size(); i++) {
      if (secrets.get(i).path("name").asText().isEmpty()) {
        warn(path.child("imagePullSecrets").index(i).child("name"), "invalid empty name \"\"");
      }
    }
  }

  private void duplicates(String list, String field) {
    JsonNode entries = spec.path(list);
    var seen = new HashSet<String>();
    for (int i = 0; i < entries.size(); i++) {
      String value = entries.get(i).path(field).asText();
      if (!seen.add(value)) {
        warn(
            path.child(list).index(i).child(field),
            "duplicate " + field + " " + GoText.quote(value));
      }
    }
  }

  private void amounts(JsonNode list, Path place) {
    for (String name : BYTES) {
      if (list.has(name)) {
        Quantity amount = Quantity.parse(list.path(name).asText());
        if (amount.milliValue() % 1000 != 0) {
          warn(
              place.key(name),
              "fractional byte value \"" + amount + "\" is invalid, must be an integer");
        }
      }
    }
  }

  private void container(JsonNode container, Path place, Ports ports) {
    for (String list : List.of("requests", "limits")) {
      amounts(container.path("resources").path(list), place.child("resources").child(list));
    }
    JsonNode env = container.path("env");
    var seen = new HashSet<String>();
    for (int i = 0; i < env.size(); i++) {
      String name = env.get(i).path("name").asText();
      if (!seen.add(name) && hides(env.get(i), name)) {
        warn(
            place.child("env").index(i),
            "hides previous definition of "
                + GoText.quote(name)
                + ", which may be dropped when using apply");
      }
    }
    JsonNode list = container.path("ports");
    for (int i = 0; i < list.size(); i++) {
      ports.add(list.get(i), place.child("ports").index(i));
    }
  }

  /** A later definition may build on the earlier one; any other hides it. */
  private static boolean hides(JsonNode variable, String name) {
    String reference = "$(" + name + ")";
    String value = variable.path("value").asText();
    return variable.has("valueFrom") || value.equals(reference) || !value.contains(reference);
  }

  /** The ports of all containers. */
  private final class Ports {
    private record Taken(JsonNode port, Path place) {}

    private final Map<String, List<Taken>> byNumber = new HashMap<>();
    private final Map<String, Path> byName = new HashMap<>();

    void add(JsonNode port, Path place) {
      String key = port.path("containerPort").asInt() + "/" + port.path("protocol").asText();
      List<Taken> others = byNumber.computeIfAbsent(key, _ -> new ArrayList<>());
      others.forEach(other -> compare(port, place, other));
      others.add(new Taken(port, place));
      String name = port.path("name").asText();
      if (name.isEmpty()) {
        return;
      }
      Path first = byName.putIfAbsent(name, place);
      if (first != null) {
        warn(
            place,
            "duplicate port name "
                + GoText.quote(name)
                + " with "
                + first
                + ", services and probes that select ports by name will use "
                + first);
      }
    }

    private void compare(JsonNode port, Path place, Taken other) {
      String ip = port.path("hostIP").asText();
      String otherIp = other.port.path("hostIP").asText();
      int number = port.path("hostPort").asInt();
      int otherNumber = other.port.path("hostPort").asInt();
      if (ip.equals(otherIp) && number == otherNumber) {
        warn(place, "duplicate port definition with " + other.place);
      } else if (number == 0 || otherNumber == 0) {
        warn(place, "overlapping port definition with " + other.place);
      } else if (number == otherNumber && ip.isEmpty() != otherIp.isEmpty()) {
        warn(place, "dangerously ambiguous port definition with " + other.place);
      }
    }
  }
}

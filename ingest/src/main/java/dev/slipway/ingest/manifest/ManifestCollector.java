package dev.slipway.ingest.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ingest.decode.DecodeException;
import dev.slipway.ingest.decode.Decoded;
import dev.slipway.ingest.decode.ObjectDecoder;
import dev.slipway.ingest.decode.SyntaxException;
import dev.slipway.ingest.decode.YamlDocument.DuplicateKey;
import dev.slipway.ingest.defaults.ApiGates;
import dev.slipway.ingest.defaults.PodCreation;
import dev.slipway.ingest.defaults.PodDefaults;
import dev.slipway.ingest.defaults.WorkloadDefaults;
import dev.slipway.ingest.schema.ApiSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers what the documents of one or more files bring. */
final class ManifestCollector {
  private static final String LIST = "List";

  private final boolean strict;
  private final ApiGates gates;
  private final List<@Nullable PodSource> pods = new ArrayList<>();

  /** Where pods of the file's watch events stand in the list, by uid or else by name. */
  private final Map<String, Integer> watched = new HashMap<>();

  private final SortedMap<String, Integer> passedOver = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private String file = "";
  private int document;

  ManifestCollector(boolean strict, ApiGates gates) {
    this.strict = strict;
    this.gates = gates;
  }

  ManifestResult result() {
    var present = new ArrayList<PodSource>();
    for (PodSource pod : pods) {
      if (pod != null) {
        present.add(pod);
      }
    }
    return new ManifestResult(present, passedOver, problems);
  }

  /** From now on documents come from this file. */
  void open(String name) {
    file = name;
    document = 0;
    watched.clear();
  }

  /** The file cannot be read at all. */
  void unreadable(String reason) {
    problem("", reason);
  }

  void syntaxError(SyntaxException e) {
    String place = e.line() == 0 ? "" : "line " + e.line() + " column " + e.column();
    problem(place, String.valueOf(e.getMessage()));
    document++;
  }

  /** Takes one document. */
  void document(JsonNode tree, List<DuplicateKey> duplicates) {
    if (strict) {
      duplicates.forEach(
          key -> problem("line " + key.line(), "key \"" + key.key() + "\" already set in map"));
    }
    object(tree, "", "");
    document++;
  }

  /**
   * Takes an object or a list of them.
   *
   * @param place where it stands in its document, empty or "items[0]."
   * @param listed kind of the elements of the list it stands in, empty for none
   */
  private void object(JsonNode tree, String place, String listed) {
    if (tree.isMissingNode() || tree.isNull()) {
      return;
    }
    if (tree.isArray()) {
      elements(tree, place, listed);
    } else if (isWatchEvent(tree)) {
      watchEvent(tree, place);
    } else if (tree.isObject()) {
      known(tree, place, tree.path("kind").asText(listed));
    } else {
      problem(place, "want an object, found " + tree);
    }
  }

  private static boolean isWatchEvent(JsonNode tree) {
    String kind = tree.path("kind").asText();
    return (kind.isEmpty() || kind.equals("WatchEvent"))
        && tree.path("type").isTextual()
        && tree.path("object").isObject();
  }

  /** Of a pod that is watched the last version counts, and none once it is deleted. */
  private void watchEvent(JsonNode event, String place) {
    JsonNode object = event.path("object");
    String type = event.path("type").asText();
    switch (type) {
      case "BOOKMARK" -> {}
      case "ERROR" -> problem(place + "object", object.path("message").asText("watch error"));
      case "ADDED", "MODIFIED", "DELETED" -> {
        int before = pods.size();
        object(object, place + "object.", "");
        if (pods.size() > before) {
          keepLast(object, pods.removeLast(), type.equals("DELETED"));
        }
      }
      default -> problem(place + "type", "unknown type of watch event: " + type);
    }
  }

  private void keepLast(JsonNode object, @Nullable PodSource pod, boolean deleted) {
    JsonNode metadata = object.path("metadata");
    String uid = metadata.path("uid").asText();
    String name = metadata.path("namespace").asText() + "/" + metadata.path("name").asText();
    String key = object.path("kind").asText() + " " + (uid.isEmpty() ? name : uid);
    Integer index = watched.get(key);
    if (index != null) {
      pods.set(index, deleted ? null : pod);
    } else if (!deleted) {
      watched.put(key, pods.size());
      pods.add(pod);
    }
  }

  private void elements(JsonNode list, String place, String kind) {
    for (int i = 0; i < list.size(); i++) {
      object(list.get(i), place + "[" + i + "].", kind);
    }
  }

  private void known(JsonNode tree, String place, String kind) {
    String apiVersion = tree.path("apiVersion").asText();
    String templatePath = Workloads.templatePath(apiVersion, kind);
    if (templatePath != null) {
      carrier(tree, place, kind, templatePath);
    } else if (kind.endsWith(LIST) && tree.path("items").isArray()) {
      elements(
          tree.path("items"), place + "items", kind.substring(0, kind.length() - LIST.length()));
    } else if (kind.isEmpty()) {
      problem(place + "kind", "missing: this is no Kubernetes object");
    } else {
      passedOver.merge(kind, 1, Integer::sum);
    }
  }

  private void carrier(JsonNode tree, String place, String kind, String templatePath) {
    Decoded decoded;
    try {
      decoded = ObjectDecoder.decode(tree, ApiSchema.podApi().struct(kind));
    } catch (DecodeException e) {
      problem(place + e.field(), String.valueOf(e.getMessage()));
      return;
    }
    if (strict) {
      decoded.strictErrors().forEach(error -> strictError(place, error));
    }
    ObjectNode object = decoded.tree();
    object.put("kind", kind);
    pods.add(templatePath.isEmpty() ? pod(object) : workload(object, kind, templatePath));
  }

  /** {@code unknown field "spec.bogus"} as a field and a reason. */
  private void strictError(String place, String error) {
    int quote = error.indexOf('"');
    problem(place + error.substring(quote + 1, error.length() - 1), error.substring(0, quote - 1));
  }

  private PodSource pod(ObjectNode pod) {
    ObjectNode tree = pod.deepCopy();
    ObjectNode metadata = tree.withObject("/metadata");
    if (metadata.path("namespace").asText().isEmpty()) {
      metadata.put("namespace", "default");
    }
    complete(tree);
    var source =
        new PodSource(
            file,
            document,
            "Pod",
            metadata.path("namespace").asText(),
            metadata.path("name").asText(),
            1,
            null,
            null,
            tree,
            pod,
            "");
    PodNames.put(metadata, source, 0);
    return source;
  }

  private PodSource workload(ObjectNode object, String kind, String templatePath) {
    ObjectNode completed = object.deepCopy();
    WorkloadDefaults.spec(kind, completed.withObject("/spec"));
    JsonNode template = completed.at("/" + templatePath.replace('.', '/'));
    String namespace = completed.at("/metadata/namespace").asText();
    JsonNode numbers = completed.at(kind.equals("CronJob") ? "/spec/jobTemplate/spec" : "/spec");
    Integer parallelism = number(numbers, "parallelism");
    var source =
        new PodSource(
            file,
            document,
            kind,
            namespace.isEmpty() ? "default" : namespace,
            completed.at("/metadata/name").asText(),
            replicas(completed, parallelism),
            number(numbers, "completions"),
            parallelism,
            podOf(template, namespace.isEmpty() ? "default" : namespace, completed),
            object,
            templatePath);
    PodNames.put(source.tree().withObject("/metadata"), source, 0);
    return source;
  }

  private static int replicas(JsonNode workload, @Nullable Integer parallelism) {
    return parallelism != null ? parallelism : workload.at("/spec/replicas").asInt(1);
  }

  private static @Nullable Integer number(JsonNode node, String field) {
    return node.has(field) ? Integer.valueOf(node.path(field).asInt()) : null;
  }

  /** The pod a controller would make of a template. */
  private ObjectNode podOf(JsonNode template, String namespace, JsonNode workload) {
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    pod.put("apiVersion", "v1");
    pod.put("kind", "Pod");
    ObjectNode metadata = pod.putObject("metadata");
    if (template.path("metadata") instanceof ObjectNode given) {
      metadata.setAll(given.deepCopy());
    }
    metadata.put("namespace", namespace);
    ObjectNode owner = metadata.putArray("ownerReferences").addObject();
    owner.put("apiVersion", workload.path("apiVersion").asText());
    owner.put("kind", workload.path("kind").asText());
    owner.put("name", workload.at("/metadata/name").asText());
    owner.put("uid", workload.at("/metadata/uid").asText());
    owner.put("controller", true);
    owner.put("blockOwnerDeletion", true);
    if (template.path("spec") instanceof ObjectNode spec) {
      pod.set("spec", spec.deepCopy());
    }
    complete(pod);
    return pod;
  }

  private void complete(ObjectNode pod) {
    ObjectNode spec = pod.withObject("/spec");
    PodDefaults.podSpec(spec, gates);
    PodCreation.prepare(spec, gates);
    ObjectNode metadata = pod.withObject("/metadata");
    if (!metadata.has("generation")) {
      metadata.put("generation", 1);
    }
  }

  private void problem(String field, String reason) {
    String place = field.endsWith(".") ? field.substring(0, field.length() - 1) : field;
    problems.add(new Problem(file, place, reason));
  }
}

package dev.slipway.ingest.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ingest.decode.YamlDocument.DuplicateKey;
import dev.slipway.ingest.schema.ApiSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to make a pod, decoded as the API server's handler does it (rule V-03):
 * what it answers to a broken one, to one of another kind, to unknown fields.
 */
public final class PodRequest {
  private static final int SHOWN_BYTES = 30;
  private static final String CANNOT = " cannot be handled as a Pod: ";
  private static final String META_TYPE =
      "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\";"
          + " Kind string \"json:\\\"kind,omitempty\\\"\" }";

  /** Kinds the server knows besides pods, by version. */
  private static final Set<String> CORE_KINDS =
      Set.of(
          "Binding",
          "ComponentStatus",
          "ConfigMap",
          "Endpoints",
          "Event",
          "LimitRange",
          "List",
          "Namespace",
          "Node",
          "PersistentVolume",
          "PersistentVolumeClaim",
          "PodList",
          "PodTemplate",
          "ReplicationController",
          "ResourceQuota",
          "Secret",
          "Service",
          "ServiceAccount",
          "Status");

  private static final Set<String> APPS_KINDS =
      Set.of("ControllerRevision", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet");
  private static final Set<String> BATCH_KINDS = Set.of("CronJob", "Job");

  /** How the server treats unknown and repeated fields. */
  public enum FieldValidation {
    STRICT,
    WARN,
    IGNORE
  }

  /** What came of a body. */
  public sealed interface Answer {
    /** The pod in normal form, not defaulted yet. */
    record Accepted(ObjectNode pod, List<String> warnings) implements Answer {}

    /** An HTTP error. */
    record Refused(int code, String reason, String message) implements Answer {}
  }

  private final String body;
  private final FieldValidation validation;
  private final boolean yaml;
  private final List<DuplicateKey> duplicates = new ArrayList<>();
  private JsonNode tree = Trees.MAPPER.nullNode();

  private PodRequest(String body, FieldValidation validation, boolean yaml) {
    this.body = body;
    this.validation = validation;
    this.yaml = yaml;
  }

  /** Decodes a body sent to the pods of a namespace. */
  public static Answer decode(
      String contentType, String body, FieldValidation validation, String namespace) {
    String type = contentType.replaceFirst(";.*", "").strip();
    return switch (type) {
      case "application/json" -> new PodRequest(body, validation, false).decode(namespace);
      case "application/yaml" -> new PodRequest(body, validation, true).decode(namespace);
      default ->
          new Answer.Refused(
              415,
              "UnsupportedMediaType",
              "the body of the request was in an unknown format - accepted media types include:"
                  + " application/json, application/yaml, application/vnd.kubernetes.protobuf");
    };
  }

  private Answer decode(String namespace) {
    String unreadable = yaml ? readYaml() : readJson();
    if (unreadable != null) {
      return refused(
          "the object provided is unrecognized (must be of type Pod): "
              + unreadable
              + " ("
              + shownBody()
              + ")");
    }
    String apiVersion = tree.path("apiVersion").asText("");
    String kind = tree.path("kind").asText("");
    String wrongKind = wrongKind(apiVersion.isEmpty() ? "v1" : apiVersion, kind);
    if (wrongKind != null) {
      String version = apiVersion.isEmpty() ? "v1" : apiVersion;
      String word = kind.isEmpty() ? "Pod" : kind;
      String shortVersion = version.substring(version.indexOf('/') + 1);
      return refused(word + " in version \"" + shortVersion + "\"" + CANNOT + wrongKind);
    }
    return decodePod(namespace);
  }

  private static Answer refused(String message) {
    return new Answer.Refused(400, "BadRequest", message);
  }

  private Answer decodePod(String namespace) {
    Decoded decoded;
    try {
      decoded = decodeTree();
    } catch (DecodeException e) {
      return refused("Pod in version \"v1\"" + CANNOT + e.getMessage());
    }
    var strict = new ArrayList<String>();
    var warnings = new ArrayList<String>();
    if (!duplicates.isEmpty()) {
      List<String> lines = duplicates.stream().map(PodRequest::words).toList();
      strict.add("yaml: unmarshal errors:\n  " + String.join("\n  ", lines));
      warnings.addAll(lines);
    }
    strict.addAll(decoded.strictErrors());
    warnings.addAll(decoded.strictErrors());
    if (validation == FieldValidation.STRICT && !strict.isEmpty()) {
      return refused(
          "Pod in version \"v1\""
              + CANNOT
              + "strict decoding error: "
              + strict.stream().collect(Collectors.joining(", ")));
    }
    String own = decoded.tree().path("metadata").path("namespace").asText();
    if (!own.isEmpty() && !own.equals(namespace)) {
      return refused(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    decoded.tree().withObject("/metadata").put("namespace", namespace);
    return new Answer.Accepted(
        decoded.tree(), validation == FieldValidation.WARN ? warnings : List.of());
  }

  private static String words(DuplicateKey duplicate) {
    return "line " + duplicate.line() + ": key \"" + duplicate.key() + "\" already set in map";
  }

  private Decoded decodeTree() throws DecodeException {
    if (yaml || tree.isNull()) {
      return ObjectDecoder.decode(tree, ApiSchema.podApi().struct("Pod"));
    }
    try (JsonParser parser = Trees.parser(body)) {
      return ObjectDecoder.decode(parser, ApiSchema.podApi().struct("Pod"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable String readYaml() {
    try {
      YamlDocument document = YamlReader.first(body);
      duplicates.addAll(document.duplicates());
      tree = document.tree().isMissingNode() ? tree : document.tree();
    } catch (SyntaxException e) {
      return e.serverMessage();
    }
    return versionAndKind();
  }

  private @Nullable String readJson() {
    String error = GoJson.error(body);
    if (error != null) {
      return "couldn't get version/kind; json parse error: " + error;
    }
    try {
      tree = Trees.MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      return "couldn't get version/kind; json parse error: " + e.getOriginalMessage();
    }
    return versionAndKind();
  }

  /** The two fields the server reads before all others. */
  private @Nullable String versionAndKind() {
    String problem = "couldn't get version/kind; json parse error: json: cannot unmarshal ";
    if (!tree.isObject()) {
      return tree.isNull() ? null : problem + kind(tree) + " into Go value of type " + META_TYPE;
    }
    for (String field : tree.properties().stream().map(java.util.Map.Entry::getKey).toList()) {
      JsonNode value = tree.path(field);
      boolean read = field.equals("apiVersion") || field.equals("kind");
      if (read && !value.isTextual() && !value.isNull()) {
        return problem + kind(value) + " into Go struct field ." + field + " of type string";
      }
    }
    return null;
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "array";
      case OBJECT, POJO -> "object";
      case BOOLEAN -> "bool";
      case NUMBER -> "number";
      case STRING, BINARY -> "string";
      case NULL, MISSING -> "null";
    };
  }

  private static @Nullable String wrongKind(String apiVersion, String kind) {
    if (kind.isEmpty() && apiVersion.equals("v1")
        || kind.equals("Pod") && apiVersion.equals("v1")) {
      return null;
    }
    String word = kind.isEmpty() ? "Pod" : kind;
    boolean known =
        switch (apiVersion) {
          case "v1" -> CORE_KINDS.contains(word);
          case "apps/v1" -> APPS_KINDS.contains(word);
          case "batch/v1" -> BATCH_KINDS.contains(word);
          default -> false;
        };
    return known
        ? "converting (v1." + word + ") to (core.Pod): unknown conversion"
        : "no kind \""
            + word
            + "\" is registered for version \""
            + apiVersion
            + "\" in scheme \"pkg/runtime/scheme.go\"";
  }

  private String shownBody() {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      return "<empty>";
    }
    int shown = Math.min(bytes.length, SHOWN_BYTES);
    String start =
        bytes[0] == '{'
            ? new String(bytes, 0, shown, StandardCharsets.UTF_8)
            : HexFormat.of().formatHex(bytes, 0, shown);
    return shown < bytes.length ? start + " ..." : start;
  }
}

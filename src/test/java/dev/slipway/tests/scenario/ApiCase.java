package dev.slipway.tests.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.Pod;
import dev.slipway.ingest.decode.DecodeException;
import dev.slipway.ingest.decode.ObjectDecoder;
import dev.slipway.ingest.decode.PodRequest;
import dev.slipway.ingest.decode.PodRequest.FieldValidation;
import dev.slipway.ingest.defaults.ApiGates;
import dev.slipway.ingest.defaults.PodCreation;
import dev.slipway.ingest.defaults.PodDefaults;
import dev.slipway.ingest.manifest.PodReader;
import dev.slipway.ingest.schema.ApiSchema;
import dev.slipway.ingest.validation.FieldError;
import dev.slipway.ingest.validation.PodDeletion;
import dev.slipway.ingest.validation.PodUpdater;
import dev.slipway.ingest.validation.PodUpdater.Endpoint;
import dev.slipway.ingest.validation.PodValidator;
import dev.slipway.ingest.validation.PodWarnings;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to the API server.
 *
 * <p>The pod: assignments of {@link JsonPaths} to a pod with one app container {@code a0}, parted
 * by {@code ;}; paths begin in the spec unless they begin with metadata or status. Given: {@code
 * create}, {@code template}, {@code read} (into the engine), {@code decode strict|observed} (the
 * pod is the body), {@code delete [grace] at second}, or an endpoint with the changes asked for:
 * {@code update: ...}, {@code status: ...}, {@code resize: ...}, {@code ephemeralcontainers: ...};
 * before it {@code gates X=off,Y=on;}.
 *
 * <p>Expected, parted by {@code ++}: errors {@code field: kind "detail"}, the detail if it is to be
 * compared; {@code ok}: none; {@code warning: text}; facts {@code path=value} of the object as it
 * is stored, {@code @path=value} of the engine's record.
 */
final class ApiCase {
  private final ObjectNode pod = JsonPaths.object();
  private ApiGates gates = ApiGates.DEFAULT;
  private final List<String> errors = new ArrayList<>();
  private final List<String> details = new ArrayList<>();
  private @Nullable ObjectNode stored;
  private @Nullable Pod read;
  private String answer = "";

  private ApiCase(String cell) {
    pod.put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata")
        .put("name", "p")
        .put("namespace", "default")
        .put("resourceVersion", "1");
    assign(pod, "containers[0].name=a0; " + cell);
  }

  /** What is seen of what is expected, in the same words. */
  static List<String> seen(String pod, String given, List<String> expected) {
    ApiCase row = new ApiCase(pod);
    try {
      row.act(given);
    } catch (DecodeException e) {
      row.errors.add("decode");
      row.details.add("decode \"" + e.getMessage() + "\"");
    }
    return row.words(expected);
  }

  /** The entries of an expected cell. */
  static List<String> entries(String cell) {
    return List.of(cell.split(" \\+\\+ "));
  }

  private static void assign(ObjectNode pod, String cell) {
    for (String word : cell.split(";(?=\\s|$)")) {
      if (!word.isBlank()) {
        String path = word.strip();
        boolean whole =
            path.startsWith("metadata") || path.startsWith("status") || path.startsWith("spec");
        JsonPaths.set(pod, whole ? path : "spec." + path);
      }
    }
    fill(pod, "containers", "a");
    fill(pod, "initContainers", "i");
    fill(pod, "ephemeralContainers", "e");
  }

  /** Containers have names and images unless a row says otherwise. */
  private static void fill(ObjectNode pod, String list, String prefix) {
    int k = 0;
    for (JsonNode node : pod.path("spec").path(list)) {
      ObjectNode container = (ObjectNode) node;
      if (!container.has("name")) {
        container.put("name", prefix + k);
      }
      if (!container.has("image")) {
        container.put("image", "img:1");
      }
      k++;
    }
  }

  private void act(String given) throws DecodeException {
    String order = given;
    if (order.startsWith("gates ")) {
      int end = order.indexOf(';');
      gates = gates(order.substring(6, end));
      order = order.substring(end + 1).strip();
    }
    String[] words = order.split("[ :]+", 2);
    String rest = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case "create" -> create();
      case "template" -> template();
      case "read" -> read();
      case "decode" -> decode(rest);
      case "delete" -> delete(rest);
      default -> change(Endpoint.valueOf(words[0].toUpperCase(Locale.ROOT)), rest);
    }
  }

  private static ApiGates gates(String text) {
    Map<String, Boolean> changed = new HashMap<>();
    for (String gate : text.split(",")) {
      String[] parts = gate.strip().split("=");
      changed.put(parts[0], parts[1].equals("on"));
    }
    return new ApiGates(changed);
  }

  private ObjectNode decoded(ObjectNode object, String kind) throws DecodeException {
    return ObjectDecoder.decode(object, ApiSchema.podApi().struct(kind)).tree();
  }

  private void create() throws DecodeException {
    ObjectNode tree = decoded(pod, "Pod");
    ObjectNode spec = tree.withObject("/spec");
    PodDefaults.podSpec(spec, gates);
    PodCreation.prepare(spec, gates);
    refused(new PodValidator(gates, false).create(tree));
    stored = tree;
    if (errors.isEmpty()) {
      PodWarnings.pod(tree).forEach(text -> errors.add("warning: " + text));
    }
  }

  private void template() throws DecodeException {
    ObjectNode object = JsonPaths.object();
    ObjectNode template = object.putObject("template");
    template.set("spec", pod.get("spec"));
    ObjectNode tree = decoded(object, "PodTemplate");
    ObjectNode spec = tree.withObject("/template").withObject("/spec");
    PodDefaults.templateSpec(spec);
    PodCreation.dropDisabled(spec, gates);
    refused(new PodValidator(gates, false).template(tree.withObject("/template"), "template"));
    stored = tree;
    if (errors.isEmpty()) {
      PodWarnings.template(tree.path("template"), "template")
          .forEach(text -> errors.add("warning: " + text));
    }
  }

  private void read() {
    List<String> problems = new ArrayList<>();
    read = PodReader.read(pod, (field, reason) -> problems.add(field + ": " + reason));
    errors.addAll(problems);
    stored = pod;
  }

  private void decode(String mode) throws DecodeException {
    var how = mode.equals("strict") ? FieldValidation.STRICT : FieldValidation.IGNORE;
    switch (PodRequest.decode("application/json", pod.toString(), how, "default")) {
      case PodRequest.Answer.Accepted accepted -> stored = accepted.pod();
      case PodRequest.Answer.Refused refused -> {
        answer = refused.code() + " " + refused.reason() + " " + refused.message();
        errors.add("refused " + refused.code());
        details.add("refused " + refused.code() + " \"" + refused.message() + "\"");
      }
    }
  }

  private ObjectNode stored(ObjectNode sent) throws DecodeException {
    ObjectNode tree = decoded(sent, "Pod");
    PodDefaults.podSpec(tree.withObject("/spec"), gates);
    PodDefaults.podStatus(tree);
    return tree;
  }

  private void delete(String rest) throws DecodeException {
    String[] words = rest.split(" +");
    Long asked = words[0].equals("at") ? null : Long.valueOf(words[0]);
    long second = Long.parseLong(words[words.length - 1]);
    ObjectNode tree = stored(pod);
    answer = PodDeletion.delete(tree, asked, Instant.ofEpochSecond(second)).outcome().name();
    stored = tree;
  }

  private void change(Endpoint endpoint, String changes) throws DecodeException {
    ObjectNode old = stored(pod);
    ObjectNode sent = pod.deepCopy();
    assign(sent, changes);
    PodUpdater.Result result = new PodUpdater(gates, false).update(endpoint, old, stored(sent));
    refused(result.errors());
    stored = result.pod();
  }

  private void refused(List<FieldError> list) {
    for (FieldError error : list) {
      String field = error.field().isEmpty() ? "-" : error.field();
      errors.add(field + ": " + error.type().text());
      details.add(field + ": " + error.type().text() + " \"" + error.detail() + "\"");
    }
  }

  // Words.

  /** Facts as they are, then errors; each with its detail if the same is expected. */
  private List<String> words(List<String> expected) {
    List<String> words = new ArrayList<>();
    for (String entry : expected) {
      if (fact(entry)) {
        String path = entry.substring(0, entry.indexOf('='));
        words.add(path + "=" + value(path));
      }
    }
    for (int k = 0; k < errors.size(); k++) {
      String full = k < details.size() ? details.get(k) : errors.get(k);
      words.add(expected.contains(full) ? full : errors.get(k));
    }
    if (expected.contains("ok") && errors.isEmpty()) {
      words.add("ok");
    }
    if (errors.isEmpty() && !expected.contains("ok") && words.isEmpty()) {
      words.add("ok");
    }
    words.sort(null);
    return words;
  }

  static boolean fact(String entry) {
    int equals = entry.indexOf('=');
    int colon = entry.indexOf(": ");
    return equals > 0 && (colon < 0 || equals < colon) && !entry.startsWith("refused");
  }

  private String value(String path) {
    if (path.equals("outcome")) {
      return answer;
    }
    if (path.startsWith("@")) {
      return engineValue(path.substring(1));
    }
    ObjectNode object = stored;
    return object == null ? "~" : JsonPaths.text(JsonPaths.get(object, path));
  }

  /** Walks the engine's records. */
  private String engineValue(String path) {
    Object value = read;
    for (String step : path.split("[.\\[\\]]+")) {
      if (value instanceof List<?> list) {
        int at = Integer.parseInt(step);
        value = at < list.size() ? list.get(at) : null;
      } else if (value instanceof Map<?, ?> map) {
        value = map.get(step);
      } else if (value != null) {
        value = component(value, step);
      }
    }
    return value == null ? "~" : value.toString();
  }

  private static @Nullable Object component(Object record, String name) {
    try {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        if (component.getName().equals(name)) {
          component.getAccessor().setAccessible(true);
          return component.getAccessor().invoke(record);
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + name, e);
    }
    throw new IllegalArgumentException("no such field: " + name + " of " + record);
  }
}

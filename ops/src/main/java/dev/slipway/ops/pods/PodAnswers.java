package dev.slipway.ops.pods;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.Pod;
import dev.slipway.ingest.manifest.PodWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** The answers of the HTTP door as JSON, written as they are read: no list is held whole. */
final class PodAnswers {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(new JsonFactoryBuilder().rootValueSeparator((String) null).build());

  /** A client that is gone is noticed by writing to it. */
  private static final long SIGN_OF_LIFE_MILLIS = 5_000;

  private final PodSource source;
  private volatile boolean closed;

  PodAnswers(PodSource source) {
    this.source = source;
  }

  /** Begins the answer: from then on it is a success. */
  @FunctionalInterface
  interface Body {
    OutputStream begin() throws IOException;
  }

  /** Ends all watches. */
  void close() {
    closed = true;
    source.wakeAll();
  }

  private static JsonGenerator generator(OutputStream out) throws IOException {
    return MAPPER.getFactory().createGenerator(out, JsonEncoding.UTF8);
  }

  // Pods.

  void list(PodQuery query, boolean objects, Body body) throws IOException, PodRoutes.BadRequest {
    source.check(query);
    try (JsonGenerator json = generator(body.begin())) {
      json.writeStartObject();
      json.writeStringField("apiVersion", "v1");
      json.writeStringField("kind", objects ? "List" : "PodRows");
      if (!source.note().isEmpty()) {
        json.writeStringField("note", source.note());
      }
      json.writeArrayFieldStart("items");
      source.list(
          query,
          Optional.empty(),
          page -> {
            for (PodDoor.Shown shown : page) {
              write(json, shown, objects);
            }
          });
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  /** Objects of pods that were given up cannot be shown. */
  private static void write(JsonGenerator json, PodDoor.Shown shown, boolean objects)
      throws IOException {
    if (!objects) {
      PodRows.write(json, shown.line());
    } else if (shown.object().isPresent()) {
      MAPPER.writeTree(json, PodWriter.write(shown.object().get()));
    }
  }

  void watch(PodQuery query, boolean objects, Body body)
      throws IOException, InterruptedException, PodRoutes.BadRequest {
    source.check(query);
    Watch watch = source.watch(query);
    try (OutputStream out = body.begin();
        JsonGenerator json = generator(out)) {
      source.list(
          query,
          Optional.of(watch),
          page -> {
            for (PodDoor.Shown shown : page) {
              if (!objects || shown.object().isPresent()) {
                begin(json, "ADDED");
                write(json, shown, objects);
                end(json);
              }
            }
          });
      watch.listed();
      begin(json, "BOOKMARK");
      json.writeStartObject();
      json.writeEndObject();
      end(json);
      json.flush();
      follow(watch, json, objects);
    } finally {
      source.end(watch);
    }
  }

  private void follow(Watch watch, JsonGenerator json, boolean objects)
      throws IOException, InterruptedException {
    while (!closed) {
      List<Watch.Change> changes = watch.take(SIGN_OF_LIFE_MILLIS);
      if (watch.lost()) {
        tooSlow(json);
        return;
      }
      for (Watch.Change change : changes) {
        write(json, change, objects);
      }
      if (changes.isEmpty()) {
        json.writeRaw('\n');
      }
      json.flush();
    }
  }

  private static void write(JsonGenerator json, Watch.Change change, boolean objects)
      throws IOException {
    Pod pod = change.pod();
    if (pod == null) {
      begin(json, "DELETED");
      json.writeStartObject();
      if (objects) {
        json.writeFieldName("metadata");
        MAPPER.writeTree(json, PodWriter.metadata(change.meta()));
      } else {
        json.writeStringField("namespace", change.meta().namespace());
        json.writeStringField("name", change.meta().name());
        json.writeStringField("uid", change.meta().uid());
      }
      json.writeEndObject();
    } else {
      begin(json, "MODIFIED");
      write(json, new PodDoor.Shown(PodLine.of(pod), Optional.of(pod)), objects);
    }
    end(json);
  }

  private static void tooSlow(JsonGenerator json) throws IOException {
    begin(json, "ERROR");
    json.writeStartObject();
    json.writeStringField("kind", "Status");
    json.writeNumberField("code", 410);
    json.writeStringField("reason", "Expired");
    json.writeStringField(
        "message",
        "the client is too slow: more than "
            + Watch.CHANGES_MAX
            + " changes waited for it; list again");
    json.writeEndObject();
    end(json);
    json.flush();
  }

  private static void begin(JsonGenerator json, String type) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", type);
    json.writeFieldName("object");
  }

  private static void end(JsonGenerator json) throws IOException {
    json.writeEndObject();
    json.writeRaw('\n');
  }

  void pod(String namespace, String name, Body body) throws IOException, PodRoutes.BadRequest {
    Optional<ObjectNode> details = source.pod(namespace, name);
    if (details.isEmpty()) {
      throw new PodRoutes.BadRequest(
          404, "pods \"" + name + "\" not found in namespace " + namespace);
    }
    try (JsonGenerator json = generator(body.begin())) {
      MAPPER.writeTree(json, details.get());
    }
  }

  // Groups.

  void nodes(Body body) throws IOException {
    write(source.nodes(), body);
  }

  void namespaces(Body body) throws IOException {
    write(source.namespaces(), body);
  }

  void stages(String namespace, Body body) throws IOException {
    write(source.stages(namespace).stream().map(StageLine::json).toList(), body);
  }

  private static void write(List<ObjectNode> items, Body body) throws IOException {
    try (JsonGenerator json = generator(body.begin())) {
      json.writeStartObject();
      json.writeArrayFieldStart("items");
      for (ObjectNode item : items) {
        MAPPER.writeTree(json, item);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }
}

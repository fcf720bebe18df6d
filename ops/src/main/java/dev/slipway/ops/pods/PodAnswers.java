package dev.slipway.ops.pods;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.actors.EngineSystem;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.totals.GroupImages;
import dev.slipway.engine.totals.GroupTotals;
import dev.slipway.ingest.manifest.PodWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The answers of the HTTP door as JSON, written as they are read: no list is held whole. */
final class PodAnswers {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(new JsonFactoryBuilder().rootValueSeparator((String) null).build());

  /** A client that is gone is noticed by writing to it. */
  private static final long SIGN_OF_LIFE_MILLIS = 5_000;

  /** Counting goes through all pods: at most once in that time, whoever asks. */
  private static final long GROUPS_NANOS = 500_000_000L;

  private final EngineSystem engine;
  private final PodDoor door;
  private final List<String> nodes;
  private @Nullable PodGroups groups;
  private long groupsAt;
  private volatile boolean closed;

  PodAnswers(EngineSystem engine, PodDoor door, List<String> nodes) {
    this.engine = engine;
    this.door = door;
    this.nodes = List.copyOf(nodes);
  }

  /** Begins the answer: from then on it is a success. */
  @FunctionalInterface
  interface Body {
    OutputStream begin() throws IOException;
  }

  /** Ends all watches. */
  void close() {
    closed = true;
    door.wakeAll();
  }

  private static JsonGenerator generator(OutputStream out) throws IOException {
    return MAPPER.getFactory().createGenerator(out, JsonEncoding.UTF8);
  }

  // Pods.

  void list(PodQuery query, boolean objects, Body body) throws IOException {
    try (JsonGenerator json = generator(body.begin())) {
      json.writeStartObject();
      json.writeStringField("apiVersion", "v1");
      json.writeStringField("kind", objects ? "List" : "PodRows");
      json.writeArrayFieldStart("items");
      door.list(
          engine,
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

  void watch(PodQuery query, boolean objects, Body body) throws IOException, InterruptedException {
    Watch watch = door.watch(query);
    try (OutputStream out = body.begin();
        JsonGenerator json = generator(out)) {
      door.list(
          engine,
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
      door.end(watch);
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

  void pod(String namespace, String name, Body body) throws IOException, PodServer.BadRequest {
    Optional<PodDoor.Details> details = door.details(engine, namespace, name);
    if (details.isEmpty()) {
      throw new PodServer.BadRequest(
          404, "pods \"" + name + "\" not found in namespace " + namespace);
    }
    try (JsonGenerator json = generator(body.begin())) {
      MAPPER.writeTree(json, PodDetails.write(details.get()));
    }
  }

  // Groups.

  private synchronized PodGroups groups() {
    PodGroups known = groups;
    long now = System.nanoTime();
    if (known == null || now - groupsAt > GROUPS_NANOS) {
      known = PodDoor.groups(engine);
      groups = known;
      groupsAt = System.nanoTime();
    }
    return known;
  }

  void nodes(Body body) throws IOException {
    GroupImages images = groups().nodes();
    TreeSet<String> names = new TreeSet<>(images.names());
    names.addAll(nodes);
    write(names, images, body);
  }

  void namespaces(Body body) throws IOException {
    GroupImages images = groups().namespaces();
    write(new TreeSet<>(images.names()), images, body);
  }

  private static void write(TreeSet<String> names, GroupImages images, Body body)
      throws IOException {
    try (JsonGenerator json = generator(body.begin())) {
      json.writeStartObject();
      json.writeArrayFieldStart("items");
      for (String name : names) {
        write(json, name, images.get(name));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void write(JsonGenerator json, String name, GroupTotals totals)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeNumberField("pods", totals.pods());
    json.writeNumberField("pending", totals.pods(PodPhase.PENDING));
    json.writeNumberField("running", totals.pods(PodPhase.RUNNING));
    json.writeNumberField("succeeded", totals.pods(PodPhase.SUCCEEDED));
    json.writeNumberField("failed", totals.pods(PodPhase.FAILED));
    json.writeNumberField("unknown", totals.pods(PodPhase.UNKNOWN));
    json.writeNumberField("ready", totals.ready());
    json.writeNumberField("restarts", totals.restarts());
    amounts(json, "requests", totals.requests());
    amounts(json, "limits", totals.limits());
    json.writeEndObject();
  }

  private static void amounts(JsonGenerator json, String field, ResourceList amounts)
      throws IOException {
    json.writeObjectFieldStart(field);
    for (int k = 0; k < amounts.size(); k++) {
      json.writeStringField(amounts.name(k), amounts.amount(k).toString());
    }
    json.writeEndObject();
  }
}

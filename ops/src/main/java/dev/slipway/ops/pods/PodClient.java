package dev.slipway.ops.pods;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Asks a {@link PodServer}. */
public final class PodClient implements AutoCloseable {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

  /** Until an answer begins; it may take as long as it is. */
  private static final Duration ANSWER_MAX = Duration.ofMinutes(1);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final URI server;
  private final HttpClient http;
  private String note = "";

  /** A client of the slipway at that address. */
  public PodClient(URI server) {
    this.server = server;
    this.http = HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build();
  }

  /**
   * Which pods.
   *
   * @param namespace empty: all
   * @param selector as kubectl's, empty: all
   */
  public record Which(String namespace, String selector) {}

  @Override
  public void close() {
    http.shutdownNow();
  }

  /** Rows of a list of pods, in the order of their names. */
  public List<PodLine> pods(Which which) throws IOException, InterruptedException {
    List<PodLine> lines = new ArrayList<>();
    items("/pods?" + query(which), item -> lines.add(PodRows.read(item)));
    return lines;
  }

  /** Whole objects, one after the other. */
  public void objects(Which which, Consumer<JsonNode> sink)
      throws IOException, InterruptedException {
    items("/pods?view=object&" + query(which), sink);
  }

  /** Rows of nodes or namespaces. */
  public List<GroupLine> groups(String kind) throws IOException, InterruptedException {
    List<GroupLine> lines = new ArrayList<>();
    items("/" + kind, item -> lines.add(GroupLine.read(item)));
    return lines;
  }

  /** Stage times of a namespace, of all if it is empty. */
  public List<StageLine> stages(String namespace) throws IOException, InterruptedException {
    List<StageLine> lines = new ArrayList<>();
    items("/stages?namespace=" + encoded(namespace), item -> lines.add(StageLine.read(item)));
    return lines;
  }

  /** What the server had to say about the last list, empty: nothing. */
  public String note() {
    return note;
  }

  /** One pod whole, see {@link PodServer}. */
  public JsonNode pod(String namespace, String name) throws IOException, InterruptedException {
    try (InputStream body = get("/pods/" + encoded(namespace) + "/" + encoded(name))) {
      return MAPPER.readTree(body);
    }
  }

  /** Sees what a watch brings. */
  public interface Watcher {
    /** One of the pods there are. */
    void listed(PodLine line);

    /** All there are have been listed. */
    void complete();

    void changed(PodLine line);

    void gone(String uid);
  }

  /** Watches until the server ends it. */
  public void watch(Which which, Watcher watcher) throws IOException, InterruptedException {
    try (InputStream body = get("/pods?watch=1&" + query(which));
        JsonParser parser = MAPPER.getFactory().createParser(body)) {
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        JsonNode change = MAPPER.readTree(parser);
        JsonNode object = change.path("object");
        switch (change.path("type").asText()) {
          case "ADDED" -> watcher.listed(PodRows.read(object));
          case "BOOKMARK" -> watcher.complete();
          case "MODIFIED" -> watcher.changed(PodRows.read(object));
          case "DELETED" -> watcher.gone(object.path("uid").asText());
          default -> throw new IOException(object.path("message").asText());
        }
      }
    }
  }

  private static String query(Which which) {
    String query = "";
    if (!which.namespace.isEmpty()) {
      query += "namespace=" + encoded(which.namespace) + "&";
    }
    return which.selector.isEmpty() ? query : query + "labelSelector=" + encoded(which.selector);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private void items(String path, Consumer<JsonNode> sink)
      throws IOException, InterruptedException {
    try (InputStream body = get(path);
        JsonParser parser = MAPPER.getFactory().createParser(body)) {
      while (parser.nextToken() != JsonToken.START_ARRAY) {
        if (parser.currentToken() == null) {
          throw new IOException("answered without a list");
        }
        if (parser.currentToken() == JsonToken.VALUE_STRING
            && parser.currentName().equals("note")) {
          note = parser.getText();
        }
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        sink.accept(MAPPER.readTree(parser));
      }
    }
  }

  private InputStream get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(server.resolve(path)).timeout(ANSWER_MAX).build();
    HttpResponse<InputStream> answer =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      try (InputStream body = answer.body()) {
        String reason = new String(body.readNBytes(1_000), StandardCharsets.UTF_8).strip();
        throw new IOException(
            reason.isEmpty() ? "answered with HTTP status " + answer.statusCode() : reason);
      }
    }
    return answer.body();
  }
}

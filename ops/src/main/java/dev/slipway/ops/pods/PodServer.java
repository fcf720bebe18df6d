package dev.slipway.ops.pods;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.engine.api.Times;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Answers {@code GET /pods} on the loopback address; for people and scripts of this machine. */
public final class PodServer implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int CONNECTIONS_WAITING_MAX = 16;
  private static final String NAMESPACE = "namespace=";

  private final HttpServer server;
  private final ExecutorService threads;
  private final PodLines pods;

  private PodServer(HttpServer server, ExecutorService threads, PodLines pods) {
    this.server = server;
    this.threads = threads;
    this.pods = pods;
  }

  /** Listens on a free port. */
  public static PodServer start(PodLines pods) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(address, CONNECTIONS_WAITING_MAX);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    PodServer podServer = new PodServer(server, threads, pods);
    server.setExecutor(threads);
    server.createContext("/pods", podServer::answer);
    server.start();
    return podServer;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean known = exchange.getRequestURI().getPath().equals("/pods");
      boolean get = exchange.getRequestMethod().equals("GET");
      if (!known || !get) {
        exchange.sendResponseHeaders(known ? 405 : 404, -1);
        return;
      }
      byte[] body = list(namespace(exchange.getRequestURI().getRawQuery()));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private static String namespace(@Nullable String query) {
    return query != null && query.startsWith(NAMESPACE)
        ? URLDecoder.decode(query.substring(NAMESPACE.length()), StandardCharsets.UTF_8)
        : "";
  }

  private byte[] list(String namespace) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = MAPPER.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayFieldStart("items");
      for (PodLine line : pods.list(namespace)) {
        write(json, line);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, PodLine line) throws IOException {
    json.writeStartObject();
    json.writeStringField("namespace", line.namespace());
    json.writeStringField("name", line.name());
    json.writeStringField("uid", line.uid());
    json.writeStringField("owner", line.owner());
    json.writeStringField("phase", line.phase().text());
    json.writeBooleanField("ready", line.ready());
    json.writeNumberField("readyContainers", line.readyContainers());
    json.writeNumberField("containers", line.containers());
    json.writeStringField("status", line.status());
    json.writeNumberField("restarts", line.restarts());
    time(json, "lastRestart", line.lastRestart());
    time(json, "created", line.created());
    json.writeStringField("podIP", line.podIP());
    json.writeStringField("node", line.node());
    json.writeEndObject();
  }

  private static void time(JsonGenerator json, String field, long nanos) throws IOException {
    if (nanos != Times.NONE) {
      json.writeNumberField(field, nanos);
    }
  }
}

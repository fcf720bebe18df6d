package dev.slipway.ops.pods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Times;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks a {@link PodServer}. */
public final class PodClient {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PodClient() {}

  /** Of one namespace, or of all if it is empty. */
  public static List<PodLine> list(URI server, String namespace)
      throws IOException, InterruptedException {
    String query = namespace.isEmpty() ? "" : "?namespace=" + encoded(namespace);
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/pods" + query)).timeout(ANSWER_MAX).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build()) {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IOException("answered with HTTP status " + answer.statusCode());
      }
      List<PodLine> lines = new ArrayList<>();
      MAPPER.readTree(answer.body()).path("items").forEach(item -> lines.add(line(item)));
      return lines;
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static PodLine line(JsonNode item) {
    return new PodLine(
        item.path("namespace").asText(),
        item.path("name").asText(),
        item.path("uid").asText(),
        item.path("owner").asText(),
        PodPhase.of(item.path("phase").asText()),
        item.path("ready").asBoolean(),
        item.path("readyContainers").asInt(),
        item.path("containers").asInt(),
        item.path("status").asText(),
        item.path("restarts").asInt(),
        item.path("lastRestart").asLong(Times.NONE),
        item.path("created").asLong(Times.NONE),
        item.path("podIP").asText(),
        item.path("node").asText());
  }
}

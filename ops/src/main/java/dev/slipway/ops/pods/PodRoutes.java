package dev.slipway.ops.pods;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is answered to {@code GET}:
 *
 * <ul>
 *   <li>{@code /pods}: parameters {@code namespace}, {@code labelSelector}, {@code limit}, {@code
 *       view=object} for whole objects instead of rows, {@code watch=1} for what there is and then
 *       every change, an object a line
 *   <li>{@code /pods/NAMESPACE/NAME}: one pod whole
 *   <li>{@code /nodes}, {@code /namespaces}: counts and requests
 *   <li>{@code /stages}: how long pods took to the stages of their start; parameter {@code
 *       namespace}
 * </ul>
 *
 * Mistakes are answered with status 400 or 404 and one line of text.
 */
public final class PodRoutes implements HttpHandler, AutoCloseable {
  /** Where it has to be hung up. */
  public static final List<String> PATHS = List.of("/pods", "/nodes", "/namespaces", "/stages");

  private final PodAnswers answers;

  PodRoutes(PodAnswers answers) {
    this.answers = answers;
  }

  /** Answers about pods that are observed. */
  public static PodRoutes of(ObservedPods pods) {
    return new PodRoutes(new PodAnswers(pods));
  }

  /** A request that cannot be answered, and why. */
  static final class BadRequest extends Exception {
    final int status;
    final String reason;

    BadRequest(int status, String reason) {
      super(reason, null, false, false);
      this.status = status;
      this.reason = reason;
    }
  }

  /** Ends all watches. */
  @Override
  public void close() {
    answers.close();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        if (!exchange.getRequestMethod().equals("GET")) {
          throw new BadRequest(405, "only GET is answered");
        }
        route(exchange);
      } catch (BadRequest e) {
        byte[] text = (e.reason + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(e.status, text.length);
        exchange.getResponseBody().write(text);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void route(HttpExchange exchange) throws IOException, InterruptedException, BadRequest {
    String path = exchange.getRequestURI().getRawPath();
    Map<String, String> parameters = parameters(exchange.getRequestURI().getRawQuery());
    String[] parts = path.substring(1).split("/", -1);
    switch (parts[0]) {
      case "pods" -> {
        if (parts.length == 3) {
          answers.pod(decoded(parts[1]), decoded(parts[2]), () -> body(exchange));
        } else if (parts.length == 1) {
          pods(exchange, parameters);
        } else {
          throw notFound(path);
        }
      }
      case "nodes" -> answers.nodes(() -> body(exchange));
      case "namespaces" -> answers.namespaces(() -> body(exchange));
      case "stages" ->
          answers.stages(parameters.getOrDefault("namespace", ""), () -> body(exchange));
      default -> throw notFound(path);
    }
  }

  private void pods(HttpExchange exchange, Map<String, String> parameters)
      throws IOException, InterruptedException, BadRequest {
    PodQuery query =
        new PodQuery(
            parameters.getOrDefault("namespace", ""),
            selector(parameters.getOrDefault("labelSelector", "")),
            limit(parameters.getOrDefault("limit", "")));
    boolean objects = parameters.getOrDefault("view", "").equals("object");
    if (parameters.getOrDefault("watch", "").matches("1|true")) {
      answers.watch(query, objects, () -> body(exchange));
    } else {
      answers.list(query, objects, () -> body(exchange));
    }
  }

  private static BadRequest notFound(String path) {
    return new BadRequest(
        404,
        path
            + ": no such thing; there are /pods, /pods/NAMESPACE/NAME, /nodes, /namespaces, /stages");
  }

  private static LabelSelector selector(String text) throws BadRequest {
    try {
      return LabelSelector.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadRequest(400, "labelSelector: " + e.getMessage());
    }
  }

  private static int limit(String text) throws BadRequest {
    try {
      int limit = text.isEmpty() ? 0 : Integer.parseInt(text);
      if (limit >= 0) {
        return limit == 0 ? Integer.MAX_VALUE : limit;
      }
    } catch (NumberFormatException e) {
      // the same answer as for a negative number
    }
    throw new BadRequest(400, "limit: must be a whole number, 0 or more: " + text);
  }

  private static OutputStream body(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String part : query == null ? new String[0] : query.split("&")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parameters.put(part.substring(0, equals), decoded(part.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}

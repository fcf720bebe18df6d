package dev.slipway.tests.scenario;

import dev.slipway.engine.api.ContainerPort;
import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.Handler.Port;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.probe.Attempt;
import dev.slipway.engine.probe.HookExecution;
import dev.slipway.engine.probe.ProbeExecution;
import dev.slipway.engine.probe.ProbeTarget;
import dev.slipway.engine.probe.ProbeTarget.Address;
import dev.slipway.engine.probe.ProbeTransport;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a handler against a transport that answers as the row says; the last answer
 * repeats.
 *
 * <p>Handlers: {@code exec}, {@code http}, {@code tcp}, {@code grpc}, {@code sleep}, {@code none},
 * {@code nil}, {@code unknown} (a type that is not known), {@code raw} (what a handler may return
 * at all), each with {@code name=value} words: {@code port}, {@code host}, {@code path}, {@code
 * scheme}, {@code timeout}, {@code seconds}, {@code metric=} (tell the metric); {@code hook} before
 * them makes it a lifecycle hook.
 *
 * <p>Answers, {@code /0.5} for how long one takes: a number is a status, an exit code or a serving
 * status; {@code 302>URL}, {@code broken200}, {@code refused}, {@code late}, {@code plain} (plain
 * HTTP to TLS), {@code ok}, {@code code5}, {@code noconn}, {@code ok11264b} (bytes), {@code error},
 * {@code exit0} (as an error).
 *
 * <p>The answer: what it counts as, the event's reason, {@code asked} and the requests in order.
 */
final class HandlerRun implements ProbeTransport {
  private static final String ADDRESS = "10.0.0.1";

  private final List<String> asked = new ArrayList<>();
  private final Iterator<String> answers;
  private String last = "";

  private HandlerRun(String given) {
    answers = PodText.words(given).iterator();
  }

  static String of(String cell, String given) {
    List<String> words = PodText.words(cell);
    boolean hook = words.getFirst().equals("hook");
    String kind = words.get(hook ? 1 : 0);
    Map<String, String> values =
        words.stream()
            .filter(word -> word.indexOf('=') > 0)
            .collect(
                Collectors.toMap(
                    word -> word.substring(0, word.indexOf('=')),
                    word -> word.substring(word.indexOf('=') + 1)));
    HandlerRun run = new HandlerRun(given);
    var target =
        new ProbeTarget(
            "pod_ns(uid)",
            "a1",
            values.getOrDefault("pod", "").equals("-") ? Address.NONE : Address.of(ADDRESS),
            List.of(new ContainerPort("web", 8080), new ContainerPort("", 9090)));
    return hook ? run.hook(kind, values, target) : run.probe(kind, values, target);
  }

  private String probe(String kind, Map<String, String> values, ProbeTarget target) {
    int timeout = Integer.parseInt(values.getOrDefault("timeout", "1"));
    ProbeExecution execution =
        switch (kind) {
          case "unknown" -> ProbeExecution.ofUnknownType();
          case "raw" -> ProbeExecution.run(ProbeType.LIVENESS, this::rawAttempt);
          default -> {
            @Nullable ProbeSpec spec =
                kind.equals("nil")
                    ? null
                    : new ProbeSpec(handler(kind, values), 0, timeout, 10, 1, 3, null);
            yield ProbeExecution.run(ProbeType.LIVENESS, spec, target, this);
          }
        };
    String counted =
        switch (execution.counted()) {
          case SUCCESS -> "Success";
          case FAILURE -> "Failure";
          case UNKNOWN, NONE -> "discarded";
        };
    String kept =
        execution.last().map(Attempt::output).filter(text -> text.length() > 1000).isPresent()
            ? "kept=" + execution.last().orElseThrow().output().length()
            : "";
    String metric = values.containsKey("metric") ? "metric=" + execution.metricResult() : "";
    return answer(counted, execution.reason(), kept + metric, execution.took());
  }

  private String hook(String kind, Map<String, String> values, ProbeTarget target) {
    long grace =
        values.containsKey("grace") ? Seconds.of(values.get("grace")) : ProbeTransport.NO_LIMIT;
    HookExecution hook = HookExecution.run(handler(kind, values), target, this, grace);
    return answer(hook.failed() ? "failed" : "succeeded", hook.reason(), "", hook.took());
  }

  private String answer(String counted, String reason, String kept, long took) {
    return Stream.of(
            counted,
            reason,
            kept,
            took == 0 ? "" : "took=" + Seconds.text(took),
            asked.isEmpty() ? "" : "asked " + String.join(" ", asked))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static Handler handler(String kind, Map<String, String> values) {
    String host = values.getOrDefault("host", "");
    String port = values.getOrDefault("port", "80");
    Port at =
        port.startsWith("'") ? Port.named(port.replace("'", "")) : Port.of(Integer.parseInt(port));
    return switch (kind) {
      case "exec" -> new Handler.Exec(List.of("check"));
      case "http" ->
          new Handler.HttpGet(
              host,
              at,
              values.getOrDefault("path", "/"),
              values.getOrDefault("scheme", "HTTP"),
              false,
              List.of());
      case "tcp" -> new Handler.TcpSocket(host, at);
      case "grpc" -> new Handler.Grpc(at.number(), "", false);
      case "sleep" -> new Handler.Sleep(Long.parseLong(values.getOrDefault("seconds", "0")));
      case "none" -> new Handler.None();
      default -> throw new IllegalArgumentException("unknown handler: " + kind);
    };
  }

  private String next() {
    last = answers.hasNext() ? answers.next() : last;
    return last.indexOf('/') > 0 && last.indexOf('>') < 0
        ? last.substring(0, last.indexOf('/'))
        : last;
  }

  private long took(long limit) {
    int slash = last.indexOf('>') < 0 ? last.indexOf('/') : -1;
    if (slash > 0) {
      return Math.min(limit, Seconds.of(last.substring(slash + 1)));
    }
    return last.equals("late") || last.equals("noconn") ? limit : 0;
  }

  private Attempt rawAttempt() {
    String word = next();
    boolean error = word.endsWith("!");
    String raw = error ? word.substring(0, word.length() - 1) : word;
    asked.add("-");
    return new Attempt(
        Attempt.Raw.valueOf(raw.toUpperCase(Locale.ROOT)), "", error ? "an error" : "", 0);
  }

  @Override
  public HttpReply http(HttpCall call, long limit) {
    asked.add(call.url().toString());
    String word = next();
    long took = took(limit);
    if (took >= limit) {
      return new HttpReply.NoAnswer(HTTP_TIMEOUT, false, limit);
    }
    int redirect = word.indexOf('>');
    return switch (word) {
      case "refused" -> new HttpReply.NoAnswer("connection refused", false, took);
      case "plain" -> new HttpReply.NoAnswer("gave HTTP response", true, took);
      default -> {
        boolean broken = word.startsWith("broken");
        String status =
            broken ? word.substring(6) : redirect < 0 ? word : word.substring(0, redirect);
        yield new HttpReply.Answer(
            Integer.parseInt(status),
            redirect < 0 ? "" : word.substring(redirect + 1),
            "body",
            broken ? "unexpected EOF" : "",
            took);
      }
    };
  }

  @Override
  public TcpReply connect(String host, int port, long limit) {
    asked.add(host + ":" + port);
    String word = next();
    return new TcpReply(word.equals("ok") ? "" : word, took(limit));
  }

  @Override
  public GrpcReply grpc(GrpcCall call, long limit) {
    asked.add(call.host() + ":" + call.port());
    String word = next();
    if (word.equals("noconn")) {
      return new GrpcReply.NotConnected("context deadline exceeded", limit);
    }
    return word.startsWith("code")
        ? new GrpcReply.Refused(Integer.parseInt(word.substring(4)), "said so", took(limit))
        : new GrpcReply.Serving(Integer.parseInt(word), took(limit));
  }

  @Override
  public ExecReply exec(List<String> command, int timeoutSeconds) {
    asked.add(command.getFirst() + "/" + timeoutSeconds);
    String word = next();
    long took = took(timeoutSeconds == 0 ? NO_LIMIT : timeoutSeconds * Times.SECOND);
    if (word.endsWith("b")) {
      int bytes = Integer.parseInt(word.substring(2, word.length() - 1));
      return new ExecReply.Done("x".repeat(bytes), took);
    }
    return switch (word) {
      case "ok" -> new ExecReply.Done("fine", took);
      case "late" -> new ExecReply.TimedOut("command timed out", "", took);
      case "error" -> new ExecReply.Failed("runtime is down", "", took);
      default -> new ExecReply.Exited(Integer.parseInt(word.substring(4)), "exited", "bad", took);
    };
  }
}

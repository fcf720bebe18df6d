package dev.slipway.engine.probe;

import dev.slipway.engine.api.Handler.HttpGet;
import dev.slipway.engine.api.Handler.HttpHeader;
import dev.slipway.engine.probe.ProbeTransport.HttpCall;
import dev.slipway.engine.probe.ProbeTransport.HttpReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The request of an {@code httpGet} and the redirects that are followed (rules P-075, P-079;
 * pkg/probe/http/request.go, http.go RedirectChecker and Go's net/http client, 1.37.2).
 */
final class HttpRules {
  /** The release whose name requests carry. */
  private static final String RELEASE = "1.37";

  /** The tenth redirect in a row is not followed. */
  private static final int MAX_REQUESTS = 10;

  /** What came of a request and the redirects it led to. */
  sealed interface Result {
    long took();

    /** The answer that was not followed any more. */
    record Answered(HttpReply.Answer answer, long took) implements Result {}

    /**
     * No answer at the end.
     *
     * @param plain a request with TLS met something that answers in plain HTTP
     */
    record Unanswered(String error, boolean plain, long took) implements Result {}
  }

  private HttpRules() {}

  static String userAgent(String purpose) {
    return "kube-" + purpose + "/" + RELEASE;
  }

  /** The first request. */
  static HttpCall request(HttpGet get, String address, ProbeTarget target, String purpose)
      throws BadRequestException {
    String host = get.host().isEmpty() ? address : get.host();
    String scheme = get.scheme().isEmpty() ? "http" : get.scheme().toLowerCase(Locale.ROOT);
    int port = target.port(get.port());
    return new HttpCall(
        ProbeUrl.of(scheme, host, port, get.path()),
        headers(get.headers(), userAgent(purpose)),
        get.http2(),
        ProbeAttempts.MAX_OUTPUT);
  }

  /** User-Agent and Accept have defaults; an empty Accept is none. */
  private static List<HttpHeader> headers(List<HttpHeader> given, String userAgent) {
    List<HttpHeader> headers = new ArrayList<>(given);
    if (value(given, "User-Agent") == null) {
      headers.add(new HttpHeader("User-Agent", userAgent));
    }
    String accept = value(given, "Accept");
    if (accept == null) {
      headers.add(new HttpHeader("Accept", "*/*"));
    } else if (accept.isEmpty()) {
      headers.removeIf(header -> header.name().equalsIgnoreCase("Accept"));
    }
    return headers;
  }

  private static @Nullable String value(List<HttpHeader> headers, String name) {
    for (HttpHeader header : headers) {
      if (header.name().equalsIgnoreCase(name)) {
        return header.value();
      }
    }
    return null;
  }

  /** Makes the request and follows redirects to the same host, within one limit for all. */
  static Result follow(HttpCall first, ProbeTransport transport, long limit) {
    HttpCall call = first;
    long took = 0;
    for (int made = 1; ; made++) {
      if (took >= limit) {
        return unanswered(call, ProbeTransport.HTTP_TIMEOUT, false, took);
      }
      long left = limit == ProbeTransport.NO_LIMIT ? limit : limit - took;
      HttpReply reply = transport.http(call, left);
      took += reply.took();
      if (reply instanceof HttpReply.NoAnswer none) {
        return unanswered(call, none.error(), none.plain(), took);
      }
      var answer = (HttpReply.Answer) reply;
      if (!redirects(answer.status()) || answer.location().isEmpty()) {
        return new Result.Answered(answer, took);
      }
      ProbeUrl next;
      try {
        next = call.url().resolve(answer.location());
      } catch (BadRequestException e) {
        String problem =
            "failed to parse Location header "
                + Quoted.of(answer.location())
                + ": parse "
                + Quoted.of(answer.location())
                + ": "
                + e.reason();
        return unanswered(call, problem, false, took);
      }
      if (!next.hostname().equals(first.url().hostname())) {
        return new Result.Answered(answer, took);
      }
      if (made >= MAX_REQUESTS) {
        String error = "Get " + Quoted.of(answer.location()) + ": stopped after 10 redirects";
        return new Result.Unanswered(error, false, took);
      }
      call = call.to(next);
      if (!call.url().scheme().equals("http") && !call.url().scheme().equals("https")) {
        return unanswered(
            call, "unsupported protocol scheme " + Quoted.of(call.url().scheme()), false, took);
      }
    }
  }

  private static boolean redirects(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  private static Result unanswered(HttpCall call, String error, boolean plain, long took) {
    return new Result.Unanswered(
        "Get " + Quoted.of(call.url().toString()) + ": " + error, plain, took);
  }
}

package dev.slipway.engine.probe;

import dev.slipway.engine.api.Handler.HttpHeader;
import java.util.List;

/**
 * The way out of the engine for probes and hooks: one exchange each, no rule in it. Which exchanges
 * are made and what they mean is decided by {@link ProbeAttempts} and {@link HookExecution}. An
 * implementation over sockets is plugged in from outside; a scripted one serves tests.
 *
 * <p>Limits and durations are in nanoseconds. A call returns at its limit at the latest and then
 * says that it took the whole limit.
 */
public interface ProbeTransport {
  /** A limit that is none. */
  long NO_LIMIT = Long.MAX_VALUE;

  /** What a client in Go says of an exchange that is over its limit. */
  String HTTP_TIMEOUT =
      "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";

  /**
   * One request and its answer, without following redirects, on a connection of its own. Interim
   * answers (1xx but 101) are not answers. Certificates are not verified; proxies are not asked.
   */
  HttpReply http(HttpCall call, long limit);

  /** Opens a connection and closes it. */
  TcpReply connect(String host, int port, long limit);

  /**
   * One call of {@code grpc.health.v1.Health/Check}. A connection that does not come about is tried
   * again until the limit (rule P-077c).
   */
  GrpcReply grpc(GrpcCall call, long limit);

  /**
   * Runs a command in the container.
   *
   * @param timeoutSeconds handed to the runtime, 0 for none
   */
  ExecReply exec(List<String> command, int timeoutSeconds);

  /**
   * A GET.
   *
   * @param headers all that are sent, {@code Host} among them if it is not that of the URL
   * @param http2 HTTP/2 without TLS, known beforehand
   * @param bodyLimit bytes of the body that are read; what follows is left unread
   */
  record HttpCall(ProbeUrl url, List<HttpHeader> headers, boolean http2, int bodyLimit) {
    public HttpCall {
      headers = List.copyOf(headers);
    }

    HttpCall to(ProbeUrl other) {
      return new HttpCall(other, headers, http2, bodyLimit);
    }
  }

  /** What came of a GET. */
  sealed interface HttpReply {
    long took();

    /**
     * An answer.
     *
     * @param location the header, empty if absent
     * @param broken why the body could not be read to its end or limit, empty if it could
     */
    record Answer(int status, String location, String body, String broken, long took)
        implements HttpReply {}

    /**
     * No answer.
     *
     * @param plain the request was made with TLS and something answered in plain HTTP
     */
    record NoAnswer(String error, boolean plain, long took) implements HttpReply {}
  }

  /**
   * What came of a connection.
   *
   * @param error empty if it was opened
   */
  record TcpReply(String error, long took) {}

  /** A health check; TLS is without verification. */
  record GrpcCall(String host, int port, String service, boolean tls, String userAgent) {}

  /** What came of a health check. */
  sealed interface GrpcReply {
    long took();

    /** The serving status by number. */
    record Serving(int status, long took) implements GrpcReply {}

    /** A status other than OK by number, or an answer that could not be read. */
    record Refused(int code, String message, long took) implements GrpcReply {}

    /** No connection until the limit. */
    record NotConnected(String error, long took) implements GrpcReply {}
  }

  /** What came of a command. */
  sealed interface ExecReply {
    String output();

    long took();

    /** It ended, and the runtime reports no error. */
    record Done(String output, long took) implements ExecReply {}

    /** The runtime reports its exit code as an error. */
    record Exited(int code, String error, String output, long took) implements ExecReply {}

    /** It ran longer than the runtime was told to let it. */
    record TimedOut(String error, String output, long took) implements ExecReply {}

    /** The runtime could not run it, or could not tell how it ended. */
    record Failed(String error, String output, long took) implements ExecReply {}
  }
}

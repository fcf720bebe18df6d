package dev.slipway.engine.probe;

import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.api.Utf8;
import dev.slipway.engine.probe.Attempt.Raw;
import dev.slipway.engine.probe.HttpRules.Result;
import dev.slipway.engine.probe.ProbeTransport.ExecReply;
import dev.slipway.engine.probe.ProbeTransport.GrpcCall;
import dev.slipway.engine.probe.ProbeTransport.HttpReply;
import dev.slipway.engine.probe.ProbeTransport.TcpReply;

/**
 * One attempt of a probe: what is asked of the transport and what its answer means (rules P-074 to
 * P-079; prober.go runProbe and pkg/probe/exec, http, tcp, grpc, 1.37.2).
 */
public final class ProbeAttempts {
  /** Rules P-074e, P-075f: bytes of output or body that are kept. */
  static final int MAX_OUTPUT = 10 * 1024;

  private static final int OK = 200;
  private static final int REDIRECT = 300;
  private static final int BAD_REQUEST = 400;

  private ProbeAttempts() {}

  /** Makes one attempt; it may last as long as the probe's timeout. */
  public static Attempt make(ProbeSpec probe, ProbeTarget target, ProbeTransport transport) {
    long limit = probe.timeoutSeconds() * Times.SECOND;
    try {
      return switch (probe.handler()) {
        case Handler.Exec exec -> exec(transport.exec(exec.command(), probe.timeoutSeconds()));
        case Handler.HttpGet get ->
            http(
                HttpRules.follow(
                    HttpRules.request(get, target.address().ip(), target, "probe"),
                    transport,
                    limit));
        case Handler.TcpSocket socket -> {
          int port = target.port(socket.port());
          String host = socket.host().isEmpty() ? target.address().ip() : socket.host();
          yield tcp(transport.connect(host, port, limit));
        }
        case Handler.Grpc grpc -> {
          var call =
              new GrpcCall(
                  target.address().ip(),
                  grpc.port(),
                  grpc.service(),
                  grpc.tls(),
                  HttpRules.userAgent("probe"));
          yield GrpcRules.judge(call, transport.grpc(call, limit), probe.timeoutSeconds());
        }
        case Handler.Sleep _, Handler.None _ ->
            Attempt.error(
                Raw.UNKNOWN,
                "missing probe handler for " + target.pod() + ":" + target.container(),
                0);
      };
    } catch (BadRequestException e) {
      return Attempt.error(Raw.UNKNOWN, e.reason(), 0);
    }
  }

  /** Rule P-074. */
  private static Attempt exec(ExecReply reply) {
    String output = Utf8.cut(reply.output(), MAX_OUTPUT);
    return switch (reply) {
      case ExecReply.Done done -> Attempt.of(Raw.SUCCESS, output, done.took());
      case ExecReply.Exited exited ->
          Attempt.of(exited.code() == 0 ? Raw.SUCCESS : Raw.FAILURE, output, exited.took());
      case ExecReply.TimedOut late -> Attempt.of(Raw.FAILURE, late.error(), late.took());
      case ExecReply.Failed failed -> Attempt.error(Raw.UNKNOWN, failed.error(), failed.took());
    };
  }

  /** Rule P-075. */
  private static Attempt http(Result result) {
    return switch (result) {
      case Result.Unanswered none -> Attempt.of(Raw.FAILURE, none.error(), none.took());
      case Result.Answered(HttpReply.Answer answer, long took) -> {
        int status = answer.status();
        if (!answer.broken().isEmpty()) {
          yield Attempt.error(Raw.FAILURE, answer.broken(), took);
        }
        if (status < OK || status >= BAD_REQUEST) {
          yield Attempt.of(Raw.FAILURE, "HTTP probe failed with statuscode: " + status, took);
        }
        yield status < REDIRECT
            ? Attempt.of(Raw.SUCCESS, answer.body(), took)
            : Attempt.of(
                Raw.WARNING, "Probe terminated redirects, Response body: " + answer.body(), took);
      }
    };
  }

  /** Rule P-076. */
  private static Attempt tcp(TcpReply reply) {
    return Attempt.of(
        reply.error().isEmpty() ? Raw.SUCCESS : Raw.FAILURE, reply.error(), reply.took());
  }
}

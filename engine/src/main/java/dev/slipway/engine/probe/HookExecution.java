package dev.slipway.engine.probe;

import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.probe.HttpRules.Result;
import dev.slipway.engine.probe.ProbeTransport.ExecReply;
import dev.slipway.engine.probe.ProbeTransport.HttpCall;

/**
 * One run of a lifecycle hook (rules L-213, P-079b; pkg/kubelet/lifecycle/handlers.go, 1.37.2).
 *
 * @param failed the hook failed
 * @param message text of the FailedPostStartHook or FailedPreStopHook event, empty unless failed
 * @param reason of a Warning event of its own, empty if there is none
 * @param note text of that event
 * @param took nanoseconds
 */
public record HookExecution(boolean failed, String message, String reason, String note, long took) {
  private static final String FALLBACK = "LifecycleHTTPFallback";

  /**
   * Runs a hook, once.
   *
   * @param graceNanos when the pod's grace ends the hook, {@link ProbeTransport#NO_LIMIT} if never;
   *     a request that is under way is not cut
   */
  public static HookExecution run(
      Handler handler, ProbeTarget target, ProbeTransport transport, long graceNanos) {
    return switch (handler) {
      case Handler.Exec exec -> exec(exec, target, transport.exec(exec.command(), 0));
      case Handler.HttpGet get -> http(get, target, transport);
      case Handler.Sleep(long seconds) -> sleep(seconds, target, graceNanos);
      case Handler.TcpSocket _, Handler.Grpc _, Handler.None _ ->
          new HookExecution(true, "Cannot run handler: invalid handler", "", "", 0);
    };
  }

  private static HookExecution succeeded(long took) {
    return new HookExecution(false, "", "", "", took);
  }

  private static HookExecution failed(
      String kind, String what, ProbeTarget target, String error, long took) {
    String message =
        kind
            + " lifecycle hook ("
            + what
            + ") for Container "
            + Quoted.of(target.container())
            + " in Pod "
            + Quoted.of(target.pod())
            + " failed - error: "
            + error;
    return new HookExecution(true, message, "", "", took);
  }

  /** Whatever the runtime reports as an error fails the hook, an exit code of 0 too. */
  private static HookExecution exec(Handler.Exec exec, ProbeTarget target, ExecReply reply) {
    String error =
        switch (reply) {
          case ExecReply.Done _ -> "";
          case ExecReply.Exited exited -> exited.error();
          case ExecReply.TimedOut late -> late.error();
          case ExecReply.Failed failed -> failed.error();
        };
    if (reply instanceof ExecReply.Done) {
      return succeeded(reply.took());
    }
    String command = "[" + String.join(" ", exec.command()) + "]";
    String withOutput = error + ", message: " + Quoted.of(reply.output());
    return failed("Exec", command, target, withOutput, reply.took());
  }

  /** Every answer is a success. */
  private static HookExecution http(
      Handler.HttpGet get, ProbeTarget target, ProbeTransport transport) {
    if (get.host().isEmpty() && target.address().ip().isEmpty()) {
      return failed("HTTP", get.path(), target, target.address().problem(), 0);
    }
    try {
      HttpCall call = HttpRules.request(get, target.address().ip(), target, "lifecycle");
      Result result = HttpRules.follow(call, transport, ProbeTransport.NO_LIMIT);
      if (!(result instanceof Result.Unanswered none)) {
        return succeeded(result.took());
      }
      return none.plain()
          ? withoutTls(get, call, target, transport, none)
          : failed("HTTP", get.path(), target, none.error(), none.took());
    } catch (BadRequestException e) {
      return failed("HTTP", get.path(), target, e.reason(), 0);
    }
  }

  /** A server that knows no TLS is asked again without it, and without credentials. */
  private static HookExecution withoutTls(
      Handler.HttpGet get,
      HttpCall call,
      ProbeTarget target,
      ProbeTransport transport,
      Result.Unanswered refused) {
    var headers =
        call.headers().stream()
            .filter(header -> !header.name().equalsIgnoreCase("Authorization"))
            .toList();
    var plain =
        new HttpCall(call.url().withScheme("http"), headers, call.http2(), call.bodyLimit());
    Result result = HttpRules.follow(plain, transport, ProbeTransport.NO_LIMIT);
    long took = refused.took() + result.took();
    if (result instanceof Result.Unanswered) {
      return failed("HTTP", get.path(), target, refused.error(), took);
    }
    String note =
        "request to HTTPS lifecycle hook "
            + plain.url().host()
            + " got HTTP response, retry with HTTP succeeded";
    return new HookExecution(false, "", FALLBACK, note, took);
  }

  private static HookExecution sleep(long seconds, ProbeTarget target, long graceNanos) {
    if (seconds <= 0) {
      return succeeded(0);
    }
    if (seconds > graceNanos / Times.SECOND) {
      return failed(
          "Sleep",
          String.valueOf(seconds),
          target,
          "container terminated before sleep hook finished",
          graceNanos);
    }
    return succeeded(seconds * Times.SECOND);
  }
}

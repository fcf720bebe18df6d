package dev.slipway.engine.probe;

import dev.slipway.engine.probe.Attempt.Raw;
import dev.slipway.engine.probe.ProbeTransport.GrpcCall;
import dev.slipway.engine.probe.ProbeTransport.GrpcReply;
import java.util.List;

/** What a health check means (rule P-077; pkg/probe/grpc/grpc.go, 1.37.2). */
final class GrpcRules {
  private static final int DEADLINE_EXCEEDED = 4;
  private static final int UNIMPLEMENTED = 12;
  private static final int SERVING = 1;

  /** Go's names of the status codes, by number. */
  private static final List<String> CODES =
      List.of(
          "OK",
          "Canceled",
          "Unknown",
          "InvalidArgument",
          "DeadlineExceeded",
          "NotFound",
          "AlreadyExists",
          "PermissionDenied",
          "ResourceExhausted",
          "FailedPrecondition",
          "Aborted",
          "OutOfRange",
          "Unimplemented",
          "Internal",
          "Unavailable",
          "DataLoss",
          "Unauthenticated");

  private static final List<String> STATUSES =
      List.of("UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN");

  private GrpcRules() {}

  /** Never an error. */
  static Attempt judge(GrpcCall call, GrpcReply reply, int timeoutSeconds) {
    return switch (reply) {
      case GrpcReply.NotConnected none ->
          Attempt.of(
              Raw.FAILURE,
              "timeout: failed to connect service "
                  + Quoted.of(ProbeUrl.joinHostPort(call.host(), call.port()))
                  + " within "
                  + seconds(timeoutSeconds)
                  + ": "
                  + none.error(),
              none.took());
      case GrpcReply.Refused refused ->
          Attempt.of(Raw.FAILURE, text(refused, timeoutSeconds), refused.took());
      case GrpcReply.Serving(int status, long took) when status == SERVING ->
          Attempt.of(Raw.SUCCESS, "service healthy", took);
      case GrpcReply.Serving(int status, long took) ->
          Attempt.of(
              Raw.FAILURE,
              "service unhealthy (responded with "
                  + Quoted.of(name(STATUSES, status, "", ""))
                  + ")",
              took);
    };
  }

  private static String text(GrpcReply.Refused refused, int timeoutSeconds) {
    return switch (refused.code()) {
      case UNIMPLEMENTED ->
          "error: this server does not implement the grpc health protocol (grpc.health.v1.Health): "
              + refused.message();
      case DEADLINE_EXCEEDED ->
          "timeout: health rpc did not complete within " + seconds(timeoutSeconds);
      default ->
          "error: health rpc probe failed: rpc error: code = "
              + name(CODES, refused.code(), "Code(", ")")
              + " desc = "
              + refused.message();
    };
  }

  private static String name(List<String> names, int number, String before, String after) {
    return number >= 0 && number < names.size() ? names.get(number) : before + number + after;
  }

  /** Whole seconds as Go prints a duration. */
  private static String seconds(int seconds) {
    int hours = seconds / 3600;
    int minutes = seconds / 60 % 60;
    return (hours > 0 ? hours + "h" : "")
        + (seconds >= 60 ? minutes + "m" : "")
        + seconds % 60
        + "s";
  }
}

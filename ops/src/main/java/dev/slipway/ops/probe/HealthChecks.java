package dev.slipway.ops.probe;

import dev.slipway.engine.probe.ProbeTransport.GrpcCall;
import dev.slipway.engine.probe.ProbeTransport.GrpcReply;
import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One health check: the connection is waited for, then the call is made, within one limit. The
 * channel tries again to connect as a client in Go does.
 */
final class HealthChecks {
  private HealthChecks() {}

  static GrpcReply check(GrpcCall call, long limit) {
    long began = System.nanoTime();
    ManagedChannel channel = channel(call);
    try {
      if (!connected(channel, began + limit)) {
        return new GrpcReply.NotConnected("context deadline exceeded", limit);
      }
      byte[] answer =
          ClientCalls.blockingUnaryCall(
              channel,
              HealthMessages.CHECK,
              CallOptions.DEFAULT.withDeadlineAfter(
                  began + limit - System.nanoTime(), TimeUnit.NANOSECONDS),
              HealthMessages.request(call.service()));
      return new GrpcReply.Serving(HealthMessages.status(answer), System.nanoTime() - began);
    } catch (StatusRuntimeException e) {
      Status status = e.getStatus();
      long took = System.nanoTime() - began;
      boolean late = status.getCode() == Status.Code.DEADLINE_EXCEEDED && took >= limit;
      return new GrpcReply.Refused(
          status.getCode().value(),
          status.getDescription() == null ? "" : status.getDescription(),
          late ? limit : took);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new GrpcReply.NotConnected("context canceled", System.nanoTime() - began);
    } finally {
      channel.shutdownNow();
    }
  }

  private static ManagedChannel channel(GrpcCall call) {
    var builder =
        OkHttpChannelBuilder.forAddress(call.host(), call.port()).userAgent(call.userAgent());
    if (call.tls()) {
      builder.sslSocketFactory(TrustAll.sockets()).hostnameVerifier((_, _) -> true);
    } else {
      builder.usePlaintext();
    }
    return builder.build();
  }

  /** Waits until the other side has spoken HTTP/2. */
  private static boolean connected(ManagedChannel channel, long deadline)
      throws InterruptedException {
    ConnectivityState state = channel.getState(true);
    while (state != ConnectivityState.READY) {
      var changed = new CountDownLatch(1);
      channel.notifyWhenStateChanged(state, changed::countDown);
      if (!changed.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return false;
      }
      state = channel.getState(true);
    }
    return true;
  }
}

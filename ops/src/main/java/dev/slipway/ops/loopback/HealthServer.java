package dev.slipway.ops.loopback;

import dev.slipway.ops.probe.HealthMessages;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A gRPC server with the health service and one answer. */
public final class HealthServer implements LoopbackServer {
  private final AtomicInteger requests = new AtomicInteger();
  private final Server server;

  /**
   * Starts a server.
   *
   * @param code status code it answers with, by number; 0 for OK
   * @param servingStatus by number, if the code is OK
   */
  public HealthServer(boolean tls, int code, int servingStatus, int delayMillis)
      throws IOException {
    ServerCredentials credentials =
        tls
            ? TlsServerCredentials.newBuilder().keyManager(Certificates.keys()).build()
            : InsecureServerCredentials.create();
    this.server =
        OkHttpServerBuilder.forPort(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credentials)
            .executor(task -> Thread.ofVirtual().name("loopback grpc").start(task))
            .addService(
                ServerServiceDefinition.builder("grpc.health.v1.Health")
                    .addMethod(
                        HealthMessages.CHECK,
                        ServerCalls.asyncUnaryCall((byte[] _, StreamObserver<byte[]> answer) ->
                            check(code, servingStatus, delayMillis, answer)))
                    .build())
            .build()
            .start();
  }

  private void check(int code, int servingStatus, int delayMillis, StreamObserver<byte[]> answer) {
    requests.incrementAndGet();
    try {
      Thread.sleep(Duration.ofMillis(delayMillis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (code != 0) {
      answer.onError(Status.fromCodeValue(code).withDescription("said so").asRuntimeException());
      return;
    }
    answer.onNext(HealthMessages.response(servingStatus));
    answer.onCompleted();
  }

  @Override
  public int port() {
    return server.getPort();
  }

  @Override
  public int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}

package dev.slipway.ops.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.Handler.HttpHeader;
import dev.slipway.engine.probe.ProbeTransport.HttpCall;
import dev.slipway.engine.probe.ProbeTransport.HttpReply;
import dev.slipway.engine.probe.ProbeUrl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.entity.DiscardingEntityConsumer;
import org.apache.hc.core5.http.nio.support.AsyncResponseBuilder;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ListenerEndpoint;
import org.junit.jupiter.api.Test;

/** What the recorded cases do not reach: HTTP/2 that works, a body that stops coming, headers. */
final class NetworkTransportTest {
  private static final String HOST = InetAddress.getLoopbackAddress().getHostAddress();
  private static final long LIMIT = Duration.ofSeconds(30).toNanos();
  private static final int BODY_LIMIT = 10;

  private static HttpCall call(int port, boolean http2, HttpHeader... headers) {
    var url = new ProbeUrl("http", HOST + ":" + port, "/healthz", "?full=1");
    return new HttpCall(url, List.of(headers), http2, BODY_LIMIT);
  }

  @Test
  void http2IsSpokenAtOnceAndItsBodyCut() throws Exception {
    HttpAsyncServer server =
        H2ServerBootstrap.bootstrap()
            .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2)
            .setCanonicalHostName(HOST)
            .register("*", new Greeting())
            .create();
    server.start();
    ListenerEndpoint endpoint =
        server
            .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), URIScheme.HTTP)
            .get();
    int port = ((InetSocketAddress) endpoint.getAddress()).getPort();
    try (var transport = new NetworkTransport(CommandRunner.NONE)) {
      HttpReply reply = transport.http(call(port, true), LIMIT);
      assertThat(reply)
          .isInstanceOfSatisfying(
              HttpReply.Answer.class,
              answer -> {
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.body()).isEqualTo("/healthz?f");
                assertThat(answer.broken()).isEmpty();
              });
    } finally {
      server.close(CloseMode.IMMEDIATE);
    }
  }

  @Test
  void bodyThatStopsComingIsBrokenAtTheLimit() throws IOException {
    long limit = Duration.ofMillis(300).toNanos();
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var transport = new NetworkTransport(CommandRunner.NONE)) {
      serve(server, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", new ArrayList<>());
      assertThat(transport.http(call(server.getLocalPort(), false), limit))
          .isInstanceOfSatisfying(
              HttpReply.Answer.class,
              answer -> {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.broken()).contains("while reading body");
                assertThat(answer.took()).isEqualTo(limit);
              });
    }
  }

  @Test
  void headersAreThoseOfTheCall() throws Exception {
    List<String> heard = new ArrayList<>();
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var transport = new NetworkTransport(CommandRunner.NONE)) {
      Thread served = serve(server, "HTTP/1.1 204 Fine\r\n\r\n", heard);
      HttpReply reply =
          transport.http(
              call(server.getLocalPort(), false, new HttpHeader("Host", "other.example")), LIMIT);
      assertThat(((HttpReply.Answer) reply).status()).isEqualTo(204);
      served.interrupt();
      served.join();
    }
    assertThat(heard)
        .containsExactly(
            "GET /healthz?full=1 HTTP/1.1", "Host: other.example", "Connection: close");
  }

  /** Hears one request, says that text, and keeps the connection until it is interrupted. */
  private static Thread serve(ServerSocket server, String text, List<String> heard) {
    return Thread.ofVirtual()
        .start(() -> {
          try (Socket socket = server.accept()) {
            var in =
                new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            in.lines().takeWhile(line -> !line.isEmpty()).forEach(heard::add);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(Duration.ofSeconds(30));
          } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static final class Greeting
      implements AsyncServerRequestHandler<Message<HttpRequest, Void>> {
    @Override
    public AsyncRequestConsumer<Message<HttpRequest, Void>> prepare(
        HttpRequest request, EntityDetails entity, HttpContext context) {
      return new BasicRequestConsumer<>(new DiscardingEntityConsumer<>());
    }

    @Override
    public void handle(
        Message<HttpRequest, Void> message, ResponseTrigger trigger, HttpContext context)
        throws HttpException, IOException {
      trigger.submitResponse(
          AsyncResponseBuilder.create(503)
              .setEntity(message.getHead().getRequestUri(), ContentType.TEXT_PLAIN)
              .build(),
          context);
    }
  }
}

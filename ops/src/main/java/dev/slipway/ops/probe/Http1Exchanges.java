package dev.slipway.ops.probe;

import dev.slipway.engine.api.Handler.HttpHeader;
import dev.slipway.engine.probe.ProbeTransport;
import dev.slipway.engine.probe.ProbeTransport.HttpCall;
import dev.slipway.engine.probe.ProbeTransport.HttpReply;
import dev.slipway.engine.probe.ProbeUrl;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 exchange per connection, with or without TLS. */
final class Http1Exchanges {
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int FIRST_FINAL = 200;

  /** What a client in Go says when the limit is over while it reads the body. */
  private static final String BODY_TIMEOUT =
      "context deadline exceeded (Client.Timeout or context cancellation while reading body)";

  HttpReply exchange(HttpCall call, long limit) {
    long began = System.nanoTime();
    var exchange = new Exchange(call);
    if (limit == ProbeTransport.NO_LIMIT) {
      return exchange.reply(began);
    }
    var task = new FutureTask<>(() -> exchange.reply(began));
    Thread.ofVirtual().name("probe").start(task);
    try {
      return task.get(limit, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return exchange.late(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return exchange.late(limit);
    } catch (ExecutionException e) {
      throw new IllegalStateException("an exchange broke", e.getCause());
    }
  }

  /** One exchange; the thread that waits for it may end it. */
  private static final class Exchange {
    private final HttpCall call;
    private final ListeningSocket socket = new ListeningSocket();
    private volatile HttpReply.@Nullable Answer head;

    Exchange(HttpCall call) {
      this.call = call;
    }

    HttpReply reply(long began) {
      try (socket) {
        return answer(began);
      } catch (NoHttpResponseException e) {
        return none("EOF", began);
      } catch (IOException e) {
        return socket.isConnected()
            ? none(String.valueOf(e.getMessage()), began)
            : none(dial() + NetworkTransport.reason(e), began);
      } catch (HttpException | IllegalArgumentException e) {
        return none("malformed HTTP response: " + e.getMessage(), began);
      }
    }

    HttpReply late(long limit) {
      close();
      HttpReply.Answer begun = head;
      return begun == null
          ? new HttpReply.NoAnswer(ProbeTransport.HTTP_TIMEOUT, false, limit)
          : new HttpReply.Answer(begun.status(), begun.location(), "", BODY_TIMEOUT, limit);
    }

    private void close() {
      try {
        socket.close();
      } catch (IOException e) {
        // Nothing hangs on it: the answer is not waited for any more.
      }
    }

    private HttpReply none(String error, long began) {
      boolean plain = call.url().tls() && socket.heardHttp();
      return new HttpReply.NoAnswer(
          plain ? "http: server gave HTTP response to HTTPS client" : error,
          plain,
          System.nanoTime() - began);
    }

    private String dial() {
      return "dial tcp " + call.url().hostname() + ":" + call.url().port() + ": ";
    }

    private HttpReply answer(long began) throws IOException, HttpException {
      ProbeUrl url = call.url();
      socket.connect(new InetSocketAddress(url.hostname(), url.port()));
      try (var connection = new DefaultBHttpClientConnection(Http1Config.DEFAULT)) {
        connection.bind(url.tls() ? secured(url) : socket);
        connection.sendRequestHeader(request());
        connection.flush();
        ClassicHttpResponse response = connection.receiveResponseHeader();
        while (interim(response.getCode())) {
          response = connection.receiveResponseHeader();
        }
        return read(connection, response, began);
      }
    }

    private static boolean interim(int status) {
      return status < FIRST_FINAL && status != SWITCHING_PROTOCOLS;
    }

    private Socket secured(ProbeUrl url) throws IOException {
      var tls =
          (SSLSocket) TrustAll.sockets().createSocket(socket, url.hostname(), url.port(), true);
      tls.startHandshake();
      return tls;
    }

    private BasicClassicHttpRequest request() {
      var request = new BasicClassicHttpRequest("GET", null, null, call.url().target());
      boolean named = false;
      for (HttpHeader header : call.headers()) {
        request.addHeader(header.name(), header.value());
        named |= header.name().equalsIgnoreCase("Host");
      }
      if (!named) {
        request.addHeader("Host", call.url().host());
      }
      request.addHeader("Connection", "close");
      return request;
    }

    private HttpReply read(
        DefaultBHttpClientConnection connection, ClassicHttpResponse response, long began)
        throws IOException, HttpException {
      int status = response.getCode();
      var header = response.getFirstHeader("Location");
      String location = header == null || header.getValue() == null ? "" : header.getValue();
      head = new HttpReply.Answer(status, location, "", "", 0);
      String body = "";
      String broken = "";
      if (mayHaveBody(status)) {
        connection.receiveResponseEntity(response);
        try {
          body = body(response.getEntity());
        } catch (IOException e) {
          broken = "unexpected EOF";
        }
      }
      return new HttpReply.Answer(status, location, body, broken, System.nanoTime() - began);
    }

    private static boolean mayHaveBody(int status) {
      return status >= FIRST_FINAL && status != 204 && status != 304;
    }

    private String body(@Nullable HttpEntity entity) throws IOException {
      if (entity == null) {
        return "";
      }
      // Not closed: closing it would read the rest, and the connection goes anyway.
      InputStream content = entity.getContent();
      return new String(content.readNBytes(call.bodyLimit()), StandardCharsets.UTF_8);
    }
  }
}

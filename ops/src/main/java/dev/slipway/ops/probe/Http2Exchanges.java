package dev.slipway.ops.probe;

import dev.slipway.engine.api.Handler.HttpHeader;
import dev.slipway.engine.api.Utf8;
import dev.slipway.engine.probe.ProbeTransport;
import dev.slipway.engine.probe.ProbeTransport.HttpCall;
import dev.slipway.engine.probe.ProbeTransport.HttpReply;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncRequester;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2RequesterBootstrap;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 without TLS, known beforehand (rule P-007). The client and its threads exist from the
 * first such exchange on.
 */
final class Http2Exchanges implements AutoCloseable {
  private @Nullable HttpAsyncRequester requester;

  HttpReply exchange(HttpCall call, long limit) {
    long began = System.nanoTime();
    Timeout timeout =
        limit == ProbeTransport.NO_LIMIT ? Timeout.DISABLED : Timeout.ofNanoseconds(limit);
    var answer =
        started()
            .execute(
                new HttpHost("http", call.url().hostname(), call.url().port()),
                new BasicRequestProducer(request(call), null),
                new BasicResponseConsumer<>(new StringAsyncEntityConsumer()),
                timeout,
                null);
    try {
      var message =
          limit == ProbeTransport.NO_LIMIT ? answer.get() : answer.get(limit, TimeUnit.NANOSECONDS);
      return reply(call, message, System.nanoTime() - began);
    } catch (ExecutionException e) {
      String error = "http2: " + String.valueOf(e.getCause());
      return new HttpReply.NoAnswer(error, false, Math.min(limit, System.nanoTime() - began));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new HttpReply.NoAnswer(ProbeTransport.HTTP_TIMEOUT, false, limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.cancel(true);
      return new HttpReply.NoAnswer("context canceled", false, System.nanoTime() - began);
    }
  }

  private static BasicHttpRequest request(HttpCall call) {
    var authority = new URIAuthority(call.url().hostname(), call.url().port());
    var request = new BasicHttpRequest("GET", "http", authority, call.url().target());
    for (HttpHeader header : call.headers()) {
      if (!header.name().equalsIgnoreCase("Host")) {
        request.addHeader(header.name(), header.value());
      }
    }
    return request;
  }

  private static HttpReply reply(HttpCall call, Message<HttpResponse, String> message, long took) {
    var location = message.getHead().getFirstHeader("Location");
    String body = message.getBody();
    return new HttpReply.Answer(
        message.getHead().getCode(),
        location == null || location.getValue() == null ? "" : location.getValue(),
        body == null ? "" : Utf8.cut(body, call.bodyLimit()),
        "",
        took);
  }

  private synchronized HttpAsyncRequester started() {
    HttpAsyncRequester made = requester;
    if (made == null) {
      made =
          H2RequesterBootstrap.bootstrap()
              .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2)
              .create();
      made.start();
      requester = made;
    }
    return made;
  }

  @Override
  public synchronized void close() {
    if (requester != null) {
      requester.close(CloseMode.IMMEDIATE);
    }
  }
}

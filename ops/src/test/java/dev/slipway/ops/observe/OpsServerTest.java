package dev.slipway.ops.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.observe.ObserveSettings;
import dev.slipway.ops.pods.ObservedPods;
import dev.slipway.ops.pods.PodRoutes;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OpsServerTest {
  private static final String HOST = "127.0.0.1";

  private final HttpClient client = HttpClient.newHttpClient();
  private volatile boolean live = true;
  private volatile boolean ready;
  private final PodRoutes pods =
      PodRoutes.of(new ObservedPods(10, ObserveSettings.DEFAULT, new StageHistograms()::lines));
  private OpsServer server;

  @BeforeEach
  void open() throws IOException {
    server = OpsServer.start(HOST, 0, () -> "pods 7\n", () -> live, () -> ready, pods);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> ask(String method, String path)
      throws IOException, InterruptedException {
    URI address = URI.create("http://" + HOST + ":" + server.port() + path);
    return client.send(
        HttpRequest.newBuilder(address).method(method, BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  @Test
  void healthFollowsTheService() throws Exception {
    assertThat(ask("GET", "/livez").statusCode()).isEqualTo(200);
    assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(503);
    assertThat(ask("GET", "/readyz").body()).isEqualTo("not ok\n");
    ready = true;
    assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(200);
    assertThat(ask("GET", "/readyz?verbose").body()).isEqualTo("ok\n");
    live = false;
    assertThat(ask("GET", "/livez").statusCode()).isEqualTo(503);
  }

  @Test
  void metricsAreTextOfPrometheus() throws Exception {
    HttpResponse<String> answer = ask("GET", "/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("pods 7\n");
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
  }

  @Test
  void headIsTheSameWithoutABody() throws Exception {
    HttpResponse<String> answer = ask("HEAD", "/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Content-Length")).hasValue("7");
    assertThat(ask("HEAD", "/readyz").statusCode()).isEqualTo(503);
  }

  @Test
  void otherMethodsAndPathsAreRefused() throws Exception {
    for (String method : new String[] {"POST", "PUT", "DELETE"}) {
      HttpResponse<String> answer = ask(method, "/livez");
      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }
    for (String path : new String[] {"/", "/nothing", "/livez/more", "/metrics2", "/METRICS"}) {
      assertThat(ask("GET", path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void anAddressThatCannotBeHadIsNamed() {
    assertThatThrownBy(
            () -> OpsServer.start(HOST, server.port(), () -> "", () -> true, () -> true, pods))
        .isInstanceOf(BindException.class)
        .hasMessageStartingWith(HOST + ":" + server.port() + ": ");
    assertThatThrownBy(
            () -> OpsServer.start("no.such.invalid", 0, () -> "", () -> true, () -> true, pods))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("no such address: no.such.invalid");
  }
}

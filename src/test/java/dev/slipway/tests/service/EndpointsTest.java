package dev.slipway.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bench.kill.LivesFeed;
import dev.slipway.ingest.kafka.EmbeddedBroker;
import dev.slipway.ingest.service.ServiceSettings;
import dev.slipway.ingest.service.ServiceTopics;
import dev.slipway.ops.cli.Main;
import dev.slipway.tests.Checkout;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The service's HTTP door over its life. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EndpointsTest {
  private static final Pattern DOOR = Pattern.compile("metrics and health: (http://\\S+)/metrics");

  /** A sample of the text format 0.0.4. */
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{([a-zA-Z_]\\w*=\"([^\"\\\\\\n]|\\\\[\"\\\\n])*\",?)*})?"
              + " (-?[0-9.eE+-]+|NaN|[+-]Inf)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final StringWriter err = new StringWriter();

  private HttpResponse<String> ask(String address) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
  }

  private String door() throws InterruptedException {
    while (true) {
      Matcher said = DOOR.matcher(err.toString());
      if (said.find()) {
        return said.group(1);
      }
      Thread.sleep(10);
    }
  }

  @Test
  void readyOnceTheFeedIsThereAndFollowedAndEveryDocumentedMetricIsThere() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      String servers = broker.bootstrapServers();
      CompletableFuture<Integer> ended =
          CompletableFuture.supplyAsync(() ->
              Main.commandLine()
                  .setOut(new PrintWriter(new StringWriter()))
                  .setErr(new PrintWriter(err, true))
                  .execute(
                      "serve",
                      "--feed",
                      "kafka://" + servers + "/late.feed",
                      "--until-done",
                      "--metrics-per-pod",
                      "--metrics-per-workload"));
      String door = door();
      assertThat(ask(door + "/livez").statusCode()).isEqualTo(200);
      assertThat(ask(door + "/readyz").statusCode()).as("there is no feed yet").isEqualTo(503);
      String all = "slipway_feed_records_total " + publish(servers) + ".0";
      while (ask(door + "/readyz").statusCode() != 200) {
        Thread.sleep(10);
      }
      // the feed goes on after it is ready; totals are told once the feed rests
      String page = ask(door + "/metrics").body();
      while (!page.contains("slipway_pods{") || !page.contains(all)) {
        Thread.sleep(50);
        page = ask(door + "/metrics").body();
      }
      check(page);
      assertThat(ended.get()).isZero();
    }
  }

  /** How many records there are. */
  private static int publish(String servers) throws IOException {
    ServiceSettings settings = ServiceSettings.of(servers, "late.feed");
    ServiceTopics.createFeed(settings, 2);
    var serializer = new ByteArraySerializer();
    Map<String, Object> properties = Map.of("bootstrap.servers", servers);
    List<LivesFeed.Line> lines = new ArrayList<>(LivesFeed.of(150, 3));
    try (var producer = new KafkaProducer<byte[], byte[]>(properties, serializer, serializer)) {
      // once more what is late by then
      lines.addAll(List.copyOf(lines.subList(0, 50)));
      for (LivesFeed.Line line : lines) {
        byte[] key = line.key().getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>("late.feed", null, line.atMillis(), key, line.value()));
      }
    }
    return lines.size();
  }

  private static void check(String page) throws IOException {
    Set<String> typed = new HashSet<>();
    Set<String> names = new TreeSet<>();
    Set<String> series = new HashSet<>();
    for (String line : page.lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        assertThat(typed.add(line.split(" ")[2])).as(line).isTrue();
      } else if (!line.startsWith("# HELP ")) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(series.add(line.substring(0, line.lastIndexOf(' ')))).as(line).isTrue();
        names.add(sample.group(1));
      }
    }
    for (String name : names) {
      String family = name.replaceFirst("_(bucket|sum|count)$", "");
      assertThat(typed.contains(name) || typed.contains(family)).as(name).isTrue();
    }
    Set<String> documented = documented();
    assertThat(documented).hasSizeGreaterThan(15);
    for (String name : documented) {
      assertThat(names.contains(name) || names.contains(name + "_bucket")).as(name).isTrue();
    }
  }

  /** The names in the table of metrics. */
  private static Set<String> documented() throws IOException {
    String page = Files.readString(Checkout.root().resolve("docs/serve.md"));
    String table = page.substring(page.indexOf("## Metrics"));
    Set<String> names = new TreeSet<>();
    Matcher name = Pattern.compile("`((slipway|kube)_[a-z_]+)(\\{[^`]*})?`").matcher(table);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }
}

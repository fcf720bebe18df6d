package dev.slipway.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ingest.feed.FeedLimits;
import dev.slipway.ingest.feed.RejectReason;
import dev.slipway.ingest.kafka.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records nobody should send never stop the loop: each that is refused is told with its place. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileFeedTest {
  private static final String OBJECT =
      "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p-%1$s\",\"namespace\":\"n\","
          + "\"uid\":\"%1$s\",\"resourceVersion\":\"5\",\"labels\":{\"a\":\"%2$s\"}},"
          + "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]},"
          + "\"status\":{\"phase\":\"Running\",\"message\":\"%3$s\"}}";

  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();

  /** By the place of the record: why it is refused. */
  private final Map<Integer, RejectReason> refusals = new java.util.TreeMap<>();

  private void refuse(TestFeed feed, RejectReason reason, String value) {
    refusals.put(records.size(), reason);
    send(feed, bytes("key"), bytes(value));
  }

  private void send(TestFeed feed, byte @Nullable [] key, byte @Nullable [] value) {
    records.add(feed.record(0, key, value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void makeRefused(TestFeed feed) {
    refuse(feed, RejectReason.EMPTY, "");
    refusals.put(records.size(), RejectReason.EMPTY);
    send(feed, null, null);
    refuse(feed, RejectReason.TOO_LARGE, "{" + " ".repeat(FeedLimits.RECORD_BYTES_MAX) + "}");
    refuse(feed, RejectReason.MALFORMED, "{\"type\":\"ADDED\",\"object\":{");
    refuse(feed, RejectReason.LIMIT_EXCEEDED, "{\"type\":" + "[".repeat(5_000));
    refuse(feed, RejectReason.UNKNOWN_FORMAT, "{\"a\":1}");
    refuse(feed, RejectReason.REPEATED_FIELD, "{\"type\":\"ADDED\",\"type\":\"ADDED\"}");
    refuse(feed, RejectReason.NOT_A_WATCH_RECORD, "{\"type\":\"ADDED\"}");
    refuse(feed, RejectReason.UNKNOWN_TYPE, "{\"type\":\"LEFT\",\"object\":{}}");
    refuse(
        feed,
        RejectReason.NO_IDENTITY,
        "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{},"
            + "\"spec\":{}}}");
    refuse(
        feed,
        RejectReason.INVALID_POD,
        "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\","
            + "\"apiVersion\":\"v1\",\"metadata\":7,\"spec\":{}}}");
    refuse(
        feed,
        RejectReason.INVALID_OBJECT,
        "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Node\","
            + "\"apiVersion\":\"v1\",\"metadata\":7}}");
  }

  /** Odd, and to be taken. */
  private void makeOdd(TestFeed feed) {
    send(feed, null, bytes(OBJECT.formatted("no-key", "", "")));
    send(feed, new byte[] {(byte) 0xff, 0, (byte) 0xc0}, null);
    send(feed, bytes("k".repeat(1_000_000)), null);
    send(feed, bytes("k".repeat(900_000)), bytes(OBJECT.formatted("long-key", "", "")));
    send(feed, null, bytes(OBJECT.formatted("half-pair", "\\ud800", "\\udc00 \\u0000")));
    String name = "\u4e16".repeat(400_000);
    send(feed, null, bytes(OBJECT.formatted(name, "", "long uid")));
    ProducerRecord<byte[], byte[]> headed =
        feed.record(0, null, bytes(OBJECT.formatted("headed", "", "")));
    headed.headers().add("ce_type", null);
    headed.headers().add("ce_specversion", new byte[] {(byte) 0xff, (byte) 0xfe});
    headed.headers().add("content-type", new byte[0]);
    headed.headers().add("slipway-partitions", bytes("99999999999999999999"));
    headed.headers().add("", new byte[100_000]);
    records.add(headed);
  }

  @Test
  void eachIsTakenOrToldAndTheLoopGoesOn() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      TestFeed feed = new TestFeed(broker.bootstrapServers(), "hostile", 1);
      ServiceSettings settings = feed.settings("hostile");
      ServiceTopics.create(settings);
      makeRefused(feed);
      makeOdd(feed);
      send(feed, null, bytes(OBJECT.formatted("last", "", "")));
      List<Long> offsets = publish(feed);
      try (StreamService service = StreamService.start(settings, TestFeed::observe)) {
        while (!service.stats().caughtUp() || service.stats().lag() != 0) {
          assertThat(service.failure()).isEmpty();
          Thread.sleep(10);
        }
        assertThat(service.stats().sessions()).isEqualTo(1);
        assertThat(service.stats().records()).isEqualTo(records.size());
      }
      Set<String> uids = new TreeSet<>();
      Committed.read(broker.bootstrapServers(), settings.topic(Output.POD_STATUS))
          .forEach(record -> uids.add(record.key()));
      assertThat(uids).contains("no-key", "long-key", "half-pair", "headed", "last");
      letters(broker, settings, offsets);
    }
  }

  private List<Long> publish(TestFeed feed) throws Exception {
    List<Long> offsets = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = feed.producer()) {
      for (ProducerRecord<byte[], byte[]> record : records) {
        RecordMetadata taken = producer.send(record).get();
        offsets.add(taken.offset());
      }
    }
    return offsets;
  }

  private void letters(EmbeddedBroker broker, ServiceSettings settings, List<Long> offsets) {
    var letters = Committed.read(broker.bootstrapServers(), settings.topic(Output.DEAD_LETTERS));
    Set<RejectReason> reasons = EnumSet.noneOf(RejectReason.class);
    refusals.forEach((place, reason) -> {
      String source = settings.feedTopic() + "/0/" + offsets.get(place);
      ConsumerRecord<String, String> letter =
          letters.stream()
              .filter(one -> Committed.header(one, "slipway-source").equals(source))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no letter of " + source + ": " + reason));
      assertThat(Committed.header(letter, "slipway-reason")).isEqualTo(reason.name());
      assertThat(Committed.header(letter, "slipway-detail")).isNotEmpty();
      assertThat(Committed.header(letter, "slipway-position")).matches("-1|\\d+");
      byte[] sent = records.get(place).value();
      if (sent == null) {
        assertThat(letter.value()).isNull();
      } else {
        assertThat(new String(sent, StandardCharsets.UTF_8)).startsWith(letter.value());
      }
      reasons.add(reason);
    });
    // READER_FAILED would be a fault of ours
    assertThat(EnumSet.complementOf(EnumSet.copyOf(reasons)))
        .containsExactly(RejectReason.READER_FAILED);
    List<ConsumerRecord<String, String>> others =
        letters.stream()
            .filter(letter -> Committed.header(letter, "slipway-detail").startsWith("output"))
            .toList();
    assertThat(letters).hasSize(refusals.size() + others.size());
    assertThat(others)
        .allSatisfy(letter -> {
          assertThat(Committed.header(letter, "slipway-reason")).isEqualTo("TOO_LARGE");
          assertThat(Committed.header(letter, "slipway-detail")).contains("topic=hostile.");
        });
  }
}

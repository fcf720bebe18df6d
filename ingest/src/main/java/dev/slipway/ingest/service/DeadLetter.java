package dev.slipway.ingest.service;

import dev.slipway.ingest.feed.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** A record that could not be read, as it goes to the dead letters. */
final class DeadLetter {
  /** A quarter of what one record may hold, so that key, value and headers fit. */
  private static final int BYTES_MAX = 1024 * 1024;

  private DeadLetter() {}

  /** Why, and where it stood. */
  static List<Header> headers(ConsumerRecord<byte[], byte[]> record, Rejected rejected) {
    return List.of(
        header("slipway-reason", rejected.reason().name()),
        header("slipway-detail", rejected.detail()),
        header("slipway-position", Long.toString(rejected.position())),
        header(
            "slipway-source", record.topic() + "/" + record.partition() + "/" + record.offset()));
  }

  /** The bytes, cut where they are too many. */
  static byte @Nullable [] cut(byte @Nullable [] bytes) {
    return bytes == null || bytes.length <= BYTES_MAX ? bytes : Arrays.copyOf(bytes, BYTES_MAX);
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }
}

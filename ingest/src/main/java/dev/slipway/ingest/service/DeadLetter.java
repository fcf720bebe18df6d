package dev.slipway.ingest.service;

import dev.slipway.ingest.feed.RejectReason;
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
    return headers(source(record), rejected.reason(), rejected.detail(), rejected.position());
  }

  /** The same of what has no record of its own any more. */
  static List<Header> headers(String source, RejectReason reason, String detail, long position) {
    return List.of(
        header("slipway-reason", reason.name()),
        header("slipway-detail", detail),
        header("slipway-position", Long.toString(position)),
        header("slipway-source", source));
  }

  static String source(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + "/" + record.partition() + "/" + record.offset();
  }

  /** The bytes, cut where they are too many. */
  static byte @Nullable [] cut(byte @Nullable [] bytes) {
    return bytes == null || bytes.length <= BYTES_MAX ? bytes : Arrays.copyOf(bytes, BYTES_MAX);
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.slipway.ingest.kafka;

import dev.slipway.ingest.feed.RejectReason;
import dev.slipway.ingest.feed.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** A record that could not be read, as it goes to the dead letters. */
public final class DeadLetter {
  static final String REASON = "slipway-reason";
  static final String DETAIL = "slipway-detail";
  static final String POSITION = "slipway-position";
  static final String SOURCE = "slipway-source";
  static final String CUT_FROM = "slipway-cut-from";

  /**
   * Key and value are cut to this each, so that both and the headers fit into one record of the
   * topic.
   */
  static final int BYTES_MAX = Topics.RECORD_BYTES_MAX / 4;

  private DeadLetter() {}

  /**
   * Why ({@code slipway-reason}, {@code -detail}, {@code -position} in bytes), where it stood
   * ({@code -source}: topic/partition/offset) and, if it was cut, how long it was ({@code
   * -cut-from}).
   */
  public static List<Header> headers(ConsumerRecord<byte[], byte[]> record, Rejected rejected) {
    List<Header> headers =
        new ArrayList<>(
            headers(source(record), rejected.reason(), rejected.detail(), rejected.position()));
    byte[] value = record.value();
    if (value != null && value.length > BYTES_MAX) {
      headers.add(header(CUT_FROM, Integer.toString(value.length)));
    }
    return headers;
  }

  /** The same of what has no record of its own any more. */
  public static List<Header> headers(
      String source, RejectReason reason, String detail, long position) {
    return List.of(
        header(REASON, reason.name()),
        header(DETAIL, detail),
        header(POSITION, Long.toString(position)),
        header(SOURCE, source));
  }

  /** Where a record stood: topic/partition/offset. */
  public static String source(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + "/" + record.partition() + "/" + record.offset();
  }

  /** The bytes, cut where they are too many. */
  public static byte @Nullable [] cut(byte @Nullable [] bytes) {
    return bytes == null || bytes.length <= BYTES_MAX ? bytes : Arrays.copyOf(bytes, BYTES_MAX);
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }
}

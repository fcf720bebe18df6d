package dev.slipway.ingest.kafka;

import dev.slipway.engine.api.Times;
import dev.slipway.ingest.format.FeedEvent;
import dev.slipway.ingest.format.PodRef;
import dev.slipway.ingest.format.RecordHeaders;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What Kafka adds to the formats of a feed: records without a value, and headers. */
public final class KafkaRecords {
  private KafkaRecords() {}

  /**
   * What a record without a value says, as compacted topics of objects have them: the pod of that
   * UID, or of that {@code namespace/name}, is gone.
   */
  public static FeedEvent.PodDeleted tombstone(byte[] key) {
    String text = text(key);
    int slash = text.indexOf('/');
    PodRef pod =
        slash < 0
            ? new PodRef(text, "", "")
            : new PodRef("", text.substring(0, slash), text.substring(slash + 1));
    return new FeedEvent.PodDeleted(pod, "", Times.NONE);
  }

  /** The record's headers; the last one of a name counts. */
  public static RecordHeaders headers(ConsumerRecord<byte[], byte[]> record) {
    return name -> {
      Header header = record.headers().lastHeader(name);
      return header == null || header.value() == null ? "" : text(header.value());
    };
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

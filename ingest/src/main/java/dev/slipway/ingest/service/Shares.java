package dev.slipway.ingest.service;

import dev.slipway.ingest.format.FeedEvent;
import dev.slipway.ingest.format.PodRef;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.utils.Utils;

/**
 * Which partition of a re-keyed feed an event belongs to. A record that belongs to several goes to
 * each of them, marked by a header with the number of partitions; each takes its own share of it.
 *
 * @param partitions it was shared out over, 0: it was not
 * @param source the partition it came from
 */
record Shares(int partitions, int source) {
  private static final String HEADER = "slipway-share";

  /** A record that is not shared. */
  static final Shares WHOLE = new Shares(0, 0);

  /** The mark of a record of that partition that goes to several of so many others. */
  static Header mark(int partitions, int source) {
    return new RecordHeader(
        HEADER, (partitions + "/" + source).getBytes(StandardCharsets.US_ASCII));
  }

  /** How the record was shared out. */
  static Shares of(ConsumerRecord<byte[], byte[]> record) {
    Header mark = record.headers().lastHeader(HEADER);
    if (mark == null || mark.value() == null) {
      return WHOLE;
    }
    String text = new String(mark.value(), StandardCharsets.UTF_8);
    int slash = text.indexOf('/');
    try {
      int partitions = Integer.parseInt(text.substring(0, Math.max(0, slash)));
      int source = Integer.parseInt(text.substring(slash + 1));
      return partitions > 0 && source >= 0 ? new Shares(partitions, source) : WHOLE;
    } catch (NumberFormatException _) {
      return WHOLE;
    }
  }

  /** The partition of a key, as Kafka's own producers choose it. */
  static int partition(String key, int partitions) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(bytes)) % partitions;
  }

  /**
   * What keeps the events of an object together: namespace and name, so that pods that follow each
   * other under one name meet, and a source that knows no UIDs finds its pod. Empty for what is
   * about all pods, or about one that is not named.
   */
  static Optional<String> key(FeedEvent event) {
    return switch (event) {
      case FeedEvent.PodSeen seen -> Optional.of(seen.pod().metadata().key());
      case FeedEvent.PodDeleted deleted -> key(deleted.pod());
      case FeedEvent.PodBound bound -> key(bound.pod());
      case FeedEvent.Hint hint -> key(hint.pod());
      case FeedEvent.RuntimeSeen seen -> key(seen.pod());
      case FeedEvent.BaseMissing missing -> key(missing.pod());
      case FeedEvent.ObjectSeen seen ->
          Optional.of(seen.object().kind() + " " + seen.metadata().key());
      case FeedEvent.ListBegun _,
          FeedEvent.ListEnded _,
          FeedEvent.Bookmark _,
          FeedEvent.WatchFailed _,
          FeedEvent.Skipped _ ->
          Optional.empty();
    };
  }

  private static Optional<String> key(PodRef pod) {
    return pod.name().isEmpty() ? Optional.empty() : Optional.of(pod.key());
  }
}

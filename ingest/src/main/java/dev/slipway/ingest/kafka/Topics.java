package dev.slipway.ingest.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * The topics Slipway reads and writes, and how they are made.
 *
 * <p>Feed and status have the same number of partitions and the same key, so that what shard 3
 * reads from feed partition 3 it writes to status partition 3.
 */
public final class Topics {
  /** Watch records in. */
  public static final String FEED = "slipway.feed";

  /** The last status of each pod out, compacted. */
  public static final String POD_STATUS = "slipway.pod-status";

  /** Feed records that were refused, as they came, with the reason in the headers. */
  public static final String DEAD_LETTERS = "slipway.dead-letters";

  /**
   * The largest batch a broker takes and a producer sends: the decoder's own bound on one record,
   * rounded up to leave room for key, headers and batch framing.
   */
  public static final int RECORD_BYTES_MAX = 4 * 1024 * 1024;

  /**
   * Making a topic takes milliseconds; a broker that does not answer for this long is not there.
   */
  private static final long ANSWER_SECONDS_MAX = 30;

  private static final String HOUR_MS = "3600000";
  private static final String DAY_MS = "86400000";
  private static final String WEEK_MS = "604800000";

  private Topics() {}

  /**
   * Creates what is missing of the three topics and waits until they can be used. A topic that
   * exists is left as it is, except that a feed or status topic with another number of partitions
   * is an {@link IllegalStateException}: shards would not line up.
   */
  public static void create(String bootstrapServers, int feedPartitions, short replicationFactor) {
    List<NewTopic> wanted =
        List.of(
            feed(feedPartitions, replicationFactor),
            podStatus(feedPartitions, replicationFactor),
            deadLetters(replicationFactor));
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      TopicAdmin topics = new TopicAdmin(admin, ANSWER_SECONDS_MAX);
      for (NewTopic topic : missing(admin, wanted)) {
        topics.create(topic);
      }
      var found = topics.awaitLeaders(wanted.stream().map(NewTopic::name).toList());
      checkPartitions(found, List.of(FEED, POD_STATUS), feedPartitions);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "cannot create topics: bootstrap-servers=" + bootstrapServers, e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "no answer from Kafka: bootstrap-servers=" + bootstrapServers, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating topics", e);
    }
  }

  /** A day of events to replay from; old segments go. */
  private static NewTopic feed(int partitions, short replication) {
    return new NewTopic(FEED, partitions, replication)
        .configs(
            Map.of(
                "cleanup.policy",
                "delete",
                "retention.ms",
                DAY_MS,
                "segment.bytes",
                Integer.toString(256 * 1024 * 1024),
                "max.message.bytes",
                Integer.toString(RECORD_BYTES_MAX)));
  }

  /**
   * Compacted to one record per pod. Segments roll every ten minutes because only closed ones are
   * compacted; a tombstone stays an hour for readers that lag.
   */
  private static NewTopic podStatus(int partitions, short replication) {
    return new NewTopic(POD_STATUS, partitions, replication)
        .configs(
            Map.of(
                "cleanup.policy",
                "compact",
                "delete.retention.ms",
                HOUR_MS,
                "segment.ms",
                "600000",
                "segment.bytes",
                Integer.toString(64 * 1024 * 1024),
                "min.cleanable.dirty.ratio",
                "0.3",
                "max.message.bytes",
                Integer.toString(RECORD_BYTES_MAX)));
  }

  /** One partition: refused records are rare and read by people. A week covers a holiday. */
  private static NewTopic deadLetters(short replication) {
    return new NewTopic(DEAD_LETTERS, 1, replication)
        .configs(
            Map.of(
                "cleanup.policy", "delete",
                "retention.ms", WEEK_MS,
                "retention.bytes", Integer.toString(512 * 1024 * 1024),
                "segment.bytes", Integer.toString(64 * 1024 * 1024),
                "max.message.bytes", Integer.toString(RECORD_BYTES_MAX)));
  }

  private static List<NewTopic> missing(Admin admin, List<NewTopic> wanted)
      throws ExecutionException, TimeoutException, InterruptedException {
    var present = admin.listTopics().names().get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    List<NewTopic> missing = new ArrayList<>(wanted);
    missing.removeIf(topic -> present.contains(topic.name()));
    return missing;
  }

  private static void checkPartitions(
      Map<String, TopicDescription> found, List<String> topics, int wanted) {
    for (TopicDescription topic : found.values()) {
      int partitions = topic.partitions().size();
      if (topics.contains(topic.name()) && partitions != wanted) {
        throw new IllegalStateException(
            "topic has another number of partitions: topic=%s partitions=%d wanted=%d"
                .formatted(topic.name(), partitions, wanted));
      }
    }
  }
}

package dev.slipway.ingest.service;

import dev.slipway.ingest.kafka.TopicAdmin;
import dev.slipway.ingest.kafka.Topics;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;

/** Makes the topics the service writes, as many partitions each as its feed has. */
public final class ServiceTopics {
  private static final long ANSWER_SECONDS_MAX = 60;

  /** How long a feed that somebody is creating just now may take to be known. */
  private static final long NEW_TOPIC_SECONDS_MAX = 5;

  private static final String RECORD_BYTES_MAX = Integer.toString(Topics.RECORD_BYTES_MAX);

  /** Per partition: some 400 000 versions of pods. */
  private static final String FEED_BYTES_MAX = Long.toString(4L * 1024 * 1024 * 1024);

  private ServiceTopics() {}

  /**
   * Waits for the feed's topic and creates what is missing beside it; what exists is left as it is,
   * but has to have the feed's partitions.
   *
   * @return the number of the feed's partitions
   */
  public static int create(ServiceSettings settings) {
    return create(settings, EnumSet.allOf(Output.class));
  }

  /** The same for some of the topics. */
  public static int create(ServiceSettings settings, Set<Output> outputs) {
    return with(
        settings,
        "cannot create topics: " + settings.bootstrapServers(),
        "creating topics",
        topics -> {
          int partitions = partitions(topics, settings.feedTopic());
          List<String> names = new ArrayList<>();
          for (Output output : outputs) {
            topics.create(topic(settings, output, partitions));
            names.add(settings.topic(output));
          }
          check(settings, topics.awaitLeaders(names), partitions);
          return partitions;
        });
  }

  private interface Task {
    int run(TopicAdmin topics) throws ExecutionException, TimeoutException, InterruptedException;
  }

  private static int with(ServiceSettings settings, String failure, String doing, Task task) {
    try (Admin admin = Admin.create(settings.client())) {
      return task.run(new TopicAdmin(admin, ANSWER_SECONDS_MAX));
    } catch (ExecutionException e) {
      throw new IllegalStateException(failure, e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("no answer from Kafka: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + doing, e);
    }
  }

  /**
   * Creates a feed topic where there is none. Bounded by size and not by age: a recording that is
   * fed again has the times of its recording, and would be deleted at once.
   */
  public static void createFeed(ServiceSettings settings, int partitions) {
    createBySize(settings, settings.feedTopic(), partitions);
  }

  /**
   * Waits for the feed and creates the topic it is re-keyed into, with as many partitions, where
   * there is none.
   *
   * @return how many that topic has
   */
  public static int createRekeyed(ServiceSettings settings) {
    String feed = settings.feedTopic();
    int partitions =
        with(
            settings,
            "cannot find the feed: " + feed,
            "looking for the feed",
            topics -> partitions(topics, feed));
    return createBySize(settings, settings.rekeyedTopic(), partitions);
  }

  private static int partitions(TopicAdmin topics, String topic)
      throws ExecutionException, TimeoutException, InterruptedException {
    if (!topics.exists(topic, NEW_TOPIC_SECONDS_MAX)) {
      throw new IllegalStateException("no such topic: " + topic);
    }
    return count(topics, topic);
  }

  private static int count(TopicAdmin topics, String topic)
      throws ExecutionException, TimeoutException, InterruptedException {
    return topics.awaitLeaders(List.of(topic)).values().iterator().next().partitions().size();
  }

  /** Gives how many partitions it has, whoever created it. */
  private static int createBySize(ServiceSettings settings, String topic, int partitions) {
    Map<String, String> config = new HashMap<>();
    config.put("retention.ms", "-1");
    config.put("retention.bytes", FEED_BYTES_MAX);
    config.put("max.message.bytes", RECORD_BYTES_MAX);
    return with(
        settings,
        "cannot create the feed: " + topic,
        "creating the feed",
        topics -> {
          topics.create(
              new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(config));
          return count(topics, topic);
        });
  }

  /**
   * Compacted topics roll every ten minutes, since only closed segments are compacted, and keep a
   * tombstone for an hour; others keep a week. The replication is the cluster's own.
   */
  private static NewTopic topic(ServiceSettings settings, Output output, int partitions) {
    Map<String, String> config = new HashMap<>();
    config.put("max.message.bytes", RECORD_BYTES_MAX);
    if (output.compacted()) {
      config.put("cleanup.policy", "compact");
      config.put("segment.ms", "600000");
      config.put("delete.retention.ms", "3600000");
      config.put("min.cleanable.dirty.ratio", "0.3");
    } else {
      config.put("cleanup.policy", "delete");
      config.put("retention.ms", "604800000");
    }
    int count = output.partitioned() ? partitions : 1;
    return new NewTopic(settings.topic(output), Optional.of(count), Optional.empty())
        .configs(config);
  }

  private static void check(
      ServiceSettings settings, Map<String, TopicDescription> found, int partitions) {
    for (Output output : Output.values()) {
      TopicDescription topic = found.get(settings.topic(output));
      if (output.partitioned() && topic != null && topic.partitions().size() != partitions) {
        throw new IllegalStateException(
            "topic has not the feed's partitions: topic=%s partitions=%d feed=%d"
                .formatted(topic.name(), topic.partitions().size(), partitions));
      }
    }
  }
}

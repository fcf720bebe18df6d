package dev.slipway.ops.observe;

import dev.slipway.ingest.service.ServiceSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks for a topic before anything waits for it in vain. */
final class TopicCheck {
  private static final long ANSWER_SECONDS_MAX = 60;

  private TopicCheck() {}

  /**
   * Its partitions.
   *
   * @throws IOException if there is no such topic or Kafka does not say
   */
  static List<TopicPartition> exists(ServiceSettings settings) throws IOException {
    String topic = settings.feedTopic();
    Map<String, Object> client = new HashMap<>(settings.properties());
    client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    try (Admin admin = Admin.create(client)) {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
          .values()
          .stream()
          .flatMap(found -> found.partitions().stream())
          .map(TopicPartitionInfo::partition)
          .map(partition -> new TopicPartition(topic, partition))
          .toList();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String reason =
          cause instanceof UnknownTopicOrPartitionException
              ? "there is no such topic"
              : cause.getMessage();
      throw new IOException(topic + ": " + reason, cause);
    } catch (TimeoutException e) {
      throw new IOException("no answer from Kafka: " + settings.bootstrapServers(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while asking for " + topic);
    }
  }
}

package dev.slipway.ingest.kafka;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes topics and waits until they can be used.
 *
 * @param admin the client, closed by who opened it
 * @param answerSecondsMax a broker that does not answer for so long is not there
 */
public record TopicAdmin(Admin admin, long answerSecondsMax) {
  private static final long LEADER_POLL_MILLIS = 20;

  /** Creates a topic; somebody else may have created it meanwhile. */
  public void create(NewTopic topic)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      admin.createTopics(List.of(topic)).all().get(answerSecondsMax, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  /** True if the broker knows the topic by now; a new one it does not know for a moment. */
  public boolean exists(String topic, long secondsMax)
      throws ExecutionException, TimeoutException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsMax);
    while (System.nanoTime() - deadline < 0) {
      if (admin.listTopics().names().get(answerSecondsMax, TimeUnit.SECONDS).contains(topic)) {
        return true;
      }
      Thread.sleep(LEADER_POLL_MILLIS);
    }
    return false;
  }

  /**
   * Waits until every partition of the topics has a leader: a broker answers for a new topic a
   * moment after the controller has created it.
   */
  public Map<String, TopicDescription> awaitLeaders(List<String> topics)
      throws ExecutionException, TimeoutException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(answerSecondsMax);
    while (System.nanoTime() - deadline < 0) {
      try {
        var found =
            admin.describeTopics(topics).allTopicNames().get(answerSecondsMax, TimeUnit.SECONDS);
        if (found.values().stream().allMatch(TopicAdmin::hasLeaders)) {
          return found;
        }
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
      Thread.sleep(LEADER_POLL_MILLIS);
    }
    throw new TimeoutException("topics have no leaders: topics=" + topics);
  }

  private static boolean hasLeaders(TopicDescription topic) {
    return topic.partitions().stream()
        .map(TopicPartitionInfo::leader)
        .allMatch(leader -> leader != null && !leader.isEmpty());
  }
}

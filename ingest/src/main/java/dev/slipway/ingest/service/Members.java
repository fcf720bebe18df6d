package dev.slipway.ingest.service;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Asks who is in the group. */
final class Members {
  private static final long ANSWER_SECONDS_MAX = 30;

  private Members() {}

  /**
   * True if the group has a member of that name that is not the one with that id.
   *
   * @throws KafkaException if Kafka does not say
   */
  static boolean another(ServiceSettings settings, String instance, String memberId) {
    try (Admin admin = Admin.create(settings.client())) {
      for (MemberDescription member :
          admin
              .describeConsumerGroups(List.of(settings.group()))
              .all()
              .get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
              .values()
              .stream()
              .flatMap(group -> group.members().stream())
              .toList()) {
        if (member.groupInstanceId().filter(instance::equals).isPresent()
            && !member.consumerId().equals(memberId)) {
          return true;
        }
      }
      return false;
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("cannot ask who is in the group: " + settings.group(), e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}

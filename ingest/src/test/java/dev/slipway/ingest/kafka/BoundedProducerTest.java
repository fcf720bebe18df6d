package dev.slipway.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BoundedProducerTest {
  private static final int RECORD_KIB = 1024;
  private static final int RECORDS_MAX = BoundedProducer.OUTSTANDING_KIB_MAX / RECORD_KIB;

  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final BoundedProducer producer = new BoundedProducer(kafka, "t");
  private final List<@Nullable Exception> outcomes = new ArrayList<>();

  @Test
  void saysFullAtItsBoundAndTakesMoreAfterAConfirmation() {
    for (int i = 0; i < RECORDS_MAX; i++) {
      assertThat(trySend()).as("record %d of %d", i + 1, RECORDS_MAX).isTrue();
    }
    assertThat(trySend()).isFalse();
    assertThat(kafka.history()).hasSize(RECORDS_MAX);
    assertThat(kafka.completeNext()).isTrue();
    assertThat(trySend()).isTrue();
    assertThat(producer.sent()).isEqualTo(1);
  }

  @Test
  void failureIsCountedReportedAndGivesItsRoomBack() {
    for (int i = 0; i < RECORDS_MAX; i++) {
      trySend();
    }
    var failure = new TimeoutException("no broker");
    assertThat(kafka.errorNext(failure)).isTrue();
    assertThat(producer.failed()).isEqualTo(1);
    assertThat(outcomes).containsExactly(failure);
    assertThat(trySend()).isTrue();
  }

  @Test
  void closedKafkaProducerIsAFailureOfTheRecordNotOfTheCaller() {
    kafka.close();
    assertThat(trySend()).isTrue();
    assertThat(producer.failed()).isEqualTo(1);
  }

  private boolean trySend() {
    byte[] value = new byte[RECORD_KIB * 1024 - 1];
    return producer.trySend(new ProducerRecord<>("t", value), outcomes::add);
  }
}

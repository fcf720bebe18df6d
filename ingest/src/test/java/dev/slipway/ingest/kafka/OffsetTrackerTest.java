package dev.slipway.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OffsetTrackerTest {
  private final OffsetTracker tracker = new OffsetTracker(0);

  @Test
  void nothingIsToCommitBeforeAnAcknowledgement() {
    handOver(100, 101);
    assertThat(tracker.toCommit()).isEqualTo(-1);
    assertThat(tracker.inFlight()).isEqualTo(2);
    assertThat(tracker.settled()).isFalse();
  }

  @Test
  void commitFollowsTheAcknowledgement() {
    handOver(100, 101, 102);
    tracker.acknowledge(101);
    assertThat(tracker.toCommit()).isEqualTo(102);
    tracker.committed(102);
    assertThat(tracker.toCommit()).isEqualTo(-1);
  }

  @Test
  void gapAtTheStartIsNotInFlight() {
    handOver(1_000_000);
    assertThat(tracker.inFlight()).isEqualTo(1);
  }

  @Test
  void acknowledgementNeverGoesBackNorAhead() {
    handOver(5, 6);
    tracker.acknowledge(1_000);
    tracker.acknowledge(5);
    assertThat(tracker.toCommit()).isEqualTo(7);
    assertThat(tracker.inFlight()).isZero();
  }

  @Test
  void refusedRecordsAfterTheLastAcknowledgedOneAreCommittedOnceTheirLettersAreWritten() {
    handOver(1);
    refuse(2);
    tracker.acknowledge(1);
    assertThat(tracker.toCommit()).isEqualTo(2);
    tracker.deadLetterDone(2);
    assertThat(tracker.toCommit()).isEqualTo(3);
    assertThat(tracker.settled()).isTrue();
  }

  @Test
  void unwrittenDeadLetterHoldsBackLaterAcknowledgements() {
    handOver(1);
    refuse(2);
    handOver(3);
    tracker.acknowledge(3);
    assertThat(tracker.toCommit()).isEqualTo(2);
  }

  @Test
  void refusalThatCouldNotBeSentIsNotCommitted() {
    handOver(1);
    tracker.acknowledge(1);
    tracker.seen(2);
    tracker.deadLetterBegun(2);
    tracker.deadLetterDone(2);
    assertThat(tracker.toCommit()).isEqualTo(2);
  }

  private void handOver(long... offsets) {
    for (long offset : offsets) {
      tracker.seen(offset);
      tracker.handedOver(offset);
    }
  }

  private void refuse(long offset) {
    tracker.seen(offset);
    tracker.deadLetterBegun(offset);
    tracker.nothingLeft(offset);
  }
}

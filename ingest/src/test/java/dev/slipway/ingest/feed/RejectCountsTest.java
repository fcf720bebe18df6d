package dev.slipway.ingest.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RejectCountsTest {
  @Test
  void countsKeepTheLatestSamplesOfEachReason() {
    var counts = new RejectCounts();
    for (int i = 0; i < 10; i++) {
      counts.add(new Rejected(RejectReason.MALFORMED, "number " + i, -1, ""));
    }
    counts.add(new Rejected(RejectReason.EMPTY, "empty", -1, ""));
    assertThat(counts.total()).isEqualTo(11);
    assertThat(counts.byReason()).containsEntry(RejectReason.MALFORMED, 10L);
    assertThat(counts.samples())
        .extracting(Rejected::detail)
        .containsExactly("empty", "number 7", "number 8", "number 9");
  }
}

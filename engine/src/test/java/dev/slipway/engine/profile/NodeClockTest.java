package dev.slipway.engine.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.api.Times;
import org.junit.jupiter.api.Test;

/** The grids of a node's own periods. */
class NodeClockTest {
  private static final long SECOND = Times.SECOND;
  private static final NodeClock STOCK = NodeClock.stock(SECOND / 4, SECOND / 2);

  @Test
  void listingsLieOnTheirGrid() {
    assertThat(STOCK.relistFrom(SECOND)).isEqualTo(SECOND + SECOND / 4);
    assertThat(STOCK.relistFrom(SECOND + SECOND / 4)).isEqualTo(SECOND + SECOND / 4);
    assertThat(STOCK.relistAfter(SECOND + SECOND / 4)).isEqualTo(2 * SECOND + SECOND / 4);
    assertThat(STOCK.relistBefore(SECOND + SECOND / 4)).isEqualTo(SECOND / 4);
    assertThat(STOCK.relistBefore(SECOND + SECOND / 4 + 1)).isEqualTo(SECOND + SECOND / 4);
  }

  @Test
  void gridGoesOnBeforeTheEpoch() {
    assertThat(STOCK.relistFrom(-SECOND)).isEqualTo(-SECOND + SECOND / 4);
  }

  @Test
  void requeueIsTakenByTheFirstTickAfterItsTime() {
    assertThat(STOCK.requeue(SECOND / 2 - 1)).isEqualTo(SECOND / 2);
    assertThat(STOCK.requeue(SECOND / 2)).isEqualTo(SECOND + SECOND / 2);
  }

  @Test
  void deadlineIsSeenByTheTickOfItsTime() {
    assertThat(STOCK.deadline(SECOND / 2)).isEqualTo(SECOND / 2);
    assertThat(STOCK.deadline(SECOND / 2 + 1)).isEqualTo(SECOND + SECOND / 2);
  }

  @Test
  void nodeWithoutLatenciesTakesWorkWhenItIsDue() {
    assertThat(NodeClock.INSTANT.delays()).isFalse();
    assertThat(NodeClock.INSTANT.requeue(17)).isEqualTo(17);
    assertThat(NodeClock.INSTANT.deadline(17)).isEqualTo(17);
  }

  @Test
  void nodeThatTakesNoRequeuesNeverDoes() {
    assertThat(STOCK.withoutRequeues().requeue(17)).isEqualTo(Times.NONE);
    assertThat(STOCK.withoutRequeues().deadline(17)).isEqualTo(SECOND / 2);
  }

  @Test
  void periodMustBePositive() {
    assertThatThrownBy(() -> new NodeClock(0, 0, SECOND, 0, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("relist=0");
  }
}

package dev.slipway.ops.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.Times;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final long RECORDED = 1_750_000_000L * Times.SECOND;

  private long now = -5;

  @Test
  void tenTimesTheSpeedTakesATenthOfTheTime() {
    Pace pace = new Pace(10, () -> now);
    assertThat(pace.left(RECORDED)).isZero();
    assertThat(pace.left(RECORDED + 60 * Times.SECOND)).isEqualTo(6 * Times.SECOND);
    now += 5 * Times.SECOND;
    assertThat(pace.left(RECORDED + 60 * Times.SECOND)).isEqualTo(Times.SECOND);
    now += 5 * Times.SECOND;
    assertThat(pace.left(RECORDED + 60 * Times.SECOND)).isNegative();
  }

  @Test
  void halfTheSpeedTakesTwiceTheTime() {
    Pace pace = new Pace(0.5, () -> now);
    assertThat(pace.left(RECORDED)).isZero();
    assertThat(pace.left(RECORDED + Times.SECOND)).isEqualTo(2 * Times.SECOND);
  }

  @Test
  void withoutASpeedOrATimeAllIsDueAtOnce() {
    Pace all = new Pace(0, () -> now);
    assertThat(all.left(RECORDED)).isZero();
    assertThat(all.left(RECORDED + Times.SECOND)).isZero();
    assertThat(new Pace(1, () -> now).left(Times.NONE)).isZero();
  }

  @Test
  void whatHasNoTimeDoesNotBeginThePace() {
    Pace pace = new Pace(1, () -> now);
    pace.left(Times.NONE);
    now += 7 * Times.SECOND;
    assertThat(pace.left(RECORDED)).isZero();
    assertThat(pace.left(RECORDED + Times.SECOND)).isEqualTo(Times.SECOND);
  }
}

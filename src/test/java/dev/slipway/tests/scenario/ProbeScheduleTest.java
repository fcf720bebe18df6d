package dev.slipway.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.probe.ProbeRules;
import dev.slipway.engine.probe.ProbeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Scenario PT-54: start delays are spread evenly, and by the seed alone. */
final class ProbeScheduleTest {
  private static final int WORKERS = 20_000;
  private static final int CELLS = 20;
  private static final long PERIOD = 10 * Times.SECOND;

  /** Of 19 degrees of freedom, exceeded once in a thousand. */
  private static final double CHI_SQUARE_MAX = 43.8;

  @Test
  void delaysOfAYoungAgentAreUniform() {
    int[] cells = new int[CELLS];
    for (long delay : delays(17)) {
      assertThat(delay).isBetween(0L, PERIOD - 1);
      cells[(int) (delay * CELLS / PERIOD)]++;
    }
    double expected = (double) WORKERS / CELLS;
    double chi = 0;
    for (int cell : cells) {
      chi += (cell - expected) * (cell - expected) / expected;
    }
    assertThat(chi).isLessThan(CHI_SQUARE_MAX);
  }

  @Test
  void theSameSeedGivesTheSameDelays() {
    assertThat(delays(17)).isEqualTo(delays(17)).isNotEqualTo(delays(18));
  }

  @Test
  void anAgentAsOldAsThePeriodDoesNotWait() {
    ProbeRules.Jitter jitter = ProbeSettings.jitter(0, () -> 0.5);
    assertThat(jitter.delay(PERIOD, PERIOD)).isZero();
    assertThat(jitter.delay(PERIOD, PERIOD - 1)).isEqualTo(PERIOD / 2);
  }

  private static List<Long> delays(long seed) {
    ProbeRules.Jitter jitter = ProbeSettings.jitter(0, new SplittableRandom(seed)::nextDouble);
    List<Long> delays = new ArrayList<>();
    for (int k = 0; k < WORKERS; k++) {
      delays.add(jitter.delay(PERIOD, 0));
    }
    return delays;
  }
}

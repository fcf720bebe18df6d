package dev.slipway.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.runtime.BehaviorField.Unit;
import dev.slipway.engine.runtime.Distribution.Weighted;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Draws and how numbers are written. */
class DistributionTest {
  private static final int DRAWS = 20_000;

  private static DoubleStream draws(Distribution distribution) {
    SplitMix64 random = new SplitMix64(42);
    return DoubleStream.generate(() -> distribution.draw(random)).limit(DRAWS);
  }

  @Test
  void splitMixGivesThePublishedNumbers() {
    SplitMix64 random = new SplitMix64(1234567);
    assertThat(random.nextLong()).isEqualTo(6457827717110365317L);
    assertThat(random.nextLong()).isEqualTo(3203168211198807973L);
  }

  @Test
  void uniformStaysWithinItsBounds() {
    assertThat(draws(new Distribution.Uniform(1, 3)).allMatch(value -> value >= 1 && value < 3))
        .isTrue();
    assertThat(draws(new Distribution.Uniform(1, 3)).average().orElseThrow())
        .isEqualTo(2, within(0.05));
  }

  @Test
  void normalIsCutAtItsBounds() {
    Distribution normal = new Distribution.Normal(5, 2, 1, 6);
    assertThat(draws(normal).max().orElseThrow()).isEqualTo(6);
    assertThat(draws(normal).min().orElseThrow()).isGreaterThanOrEqualTo(1);
    assertThat(draws(new Distribution.Normal(5, 2, -100, 100)).average().orElseThrow())
        .isEqualTo(5, within(0.1));
  }

  @Test
  void exponentialHasItsMean() {
    assertThat(draws(new Distribution.Exponential(4)).average().orElseThrow())
        .isEqualTo(4, within(0.2));
  }

  @Test
  void choiceGoesByWeight() {
    Distribution choice =
        new Distribution.Choice(
            List.of(new Weighted(1, 3), new Weighted(2, 1), new Weighted(3, 0)));
    assertThat(draws(choice).filter(value -> value == 1).count())
        .isBetween(DRAWS * 72L / 100, DRAWS * 78L / 100);
    assertThat(draws(choice).filter(value -> value == 3).count()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "90s,90000",
    "1m30s,90000",
    "250ms,250",
    "1.5,1500",
    "1h,3600000",
    "1h0.5s,3600500"
  })
  void durationsAreRead(String text, long millis) {
    assertThat(BehaviorText.duration(text)).isEqualTo(millis * Times.MILLI);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "1x", "-1s", "1s 2s", "1s-2s", "1e3", "999999d", "forever"})
  void wrongDurationsAreRefused(String text) {
    assertThatThrownBy(() -> BehaviorText.duration(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }

  @Test
  void rangesAndForeverAreRead() {
    assertThat(BehaviorText.distribution("1s..3s", Unit.DURATION))
        .isEqualTo(new Distribution.Uniform(1.0 * Times.SECOND, 3.0 * Times.SECOND));
    assertThat(BehaviorText.distribution("forever", Unit.DURATION_OR_FOREVER))
        .isEqualTo(Distribution.fixed(Distribution.FOREVER));
    assertThatThrownBy(() -> BehaviorText.distribution("3s..1s", Unit.DURATION))
        .hasMessage("not a range from low to high: 3s..1s");
    assertThatThrownBy(() -> BehaviorText.distribution("256", Unit.EXIT_CODE))
        .hasMessage("not an exit code from 0 to 255: 256");
  }
}

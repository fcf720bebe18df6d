package dev.slipway.ops.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.api.Times;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written on the command line, and how times are printed. */
class ParsingTest {
  @Test
  void failuresAreRead() {
    assertThat(Failure.parse("web@30s")).isEqualTo(new Failure("web", 30 * Times.SECOND, 1, false));
    assertThat(Failure.parse("web@1m30s=137"))
        .isEqualTo(new Failure("web", 90 * Times.SECOND, 137, false));
    assertThat(Failure.parse("web@500ms=oom"))
        .isEqualTo(new Failure("web", 500 * Times.MILLI, 137, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "@30s", "web@", "web@soon", "web@1s=", "web@1s=256", "web@1s=x"})
  void wrongFailuresAreRefused(String text) {
    assertThatThrownBy(() -> Failure.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void endsAreRead() {
    assertThat(Until.parse("ready")).isEqualTo(new Until.Ready());
    assertThat(Until.parse("done")).isEqualTo(new Until.Done());
    assertThat(Until.parse("2m")).isEqualTo(new Until.Time(120 * Times.SECOND));
    assertThatThrownBy(() -> Until.parse("later"))
        .hasMessage("not ready, done or a duration such as 30s: later");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0s",
    "2345,2.345s",
    "2300,2.3s",
    "60000,1m",
    "64000,1m4s",
    "3600000,1h",
    "3660000,1h1m",
    "3605500,1h5.5s",
    "60001,1m0.001s"
  })
  void timesArePrinted(long millis, String text) {
    assertThat(Clock.text(millis * Times.MILLI)).isEqualTo(text);
  }

  @Test
  void axesHaveRoundTicks() {
    assertThat(Axis.ticks(70 * Times.SECOND, 8))
        .containsExactly(
            0L,
            10 * Times.SECOND,
            20 * Times.SECOND,
            30 * Times.SECOND,
            40 * Times.SECOND,
            50 * Times.SECOND,
            60 * Times.SECOND,
            70 * Times.SECOND);
    assertThat(Axis.ticks(365L * 86_400 * Times.SECOND, 8)).hasSizeLessThanOrEqualTo(8);
    assertThat(Axis.ticks(1, 8)).containsExactly(0L);
  }
}

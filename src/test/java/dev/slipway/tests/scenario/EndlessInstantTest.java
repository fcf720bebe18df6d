package dev.slipway.tests.scenario;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.replay.EndlessInstantException;
import org.junit.jupiter.api.Test;

/** Rule L-305 has no back-off: who restarts all containers at once does so for ever. */
final class EndlessInstantTest {
  @Test
  void aContainerWithoutDurationThatRestartsAllIsRefused() {
    String given = "s1 policy=Always rule=RestartAllContainers:In:88 run=0/88";
    assertThatThrownBy(() -> PodRun.facts("[s1 | a1]", given))
        .isInstanceOf(EndlessInstantException.class)
        .hasMessageContaining("pod=ns/pod at=0ms");
  }

  @Test
  void aMillisecondIsEnough() {
    PodRun.facts(
        "[s1 | a1]", "s1 policy=Always rule=RestartAllContainers:In:88 run=0.001/88; until 1");
  }
}

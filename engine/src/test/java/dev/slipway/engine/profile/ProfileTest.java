package dev.slipway.engine.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Releases, their gates, and what follows from them. */
class ProfileTest {
  /** The table of section 0.1, read off at the releases where something turns. */
  @ParameterizedTest
  @CsvSource({
    "SidecarContainers, 1.28, OFF",
    "SidecarContainers, 1.29, ON",
    "SidecarContainers, 1.33, LOCKED",
    "SidecarContainers, 1.36, BUILT_IN",
    "LegacySidecarContainers, 1.32, BUILT_IN",
    "LegacySidecarContainers, 1.33, OFF",
    "LegacySidecarContainers, 1.34, ABSENT",
    "ContainerRestartRules, 1.33, ABSENT",
    "ContainerRestartRules, 1.34, OFF",
    "ContainerRestartRules, 1.35, ON",
    "RestartAllContainersOnContainerExits, 1.35, OFF",
    "RestartAllContainersOnContainerExits, 1.36, ON",
    "ContainerStopSignals, 1.37, OFF",
    "PodLifecycleSleepAction, 1.28, ABSENT",
    "PodLifecycleSleepAction, 1.34, LOCKED",
    "PodLifecycleSleepActionAllowZero, 1.37, BUILT_IN",
    "PodReadyToStartContainersCondition, 1.28, OFF",
    "PodReadyToStartContainersCondition, 1.36, ON",
    "PodReadyToStartContainersCondition, 1.37, LOCKED",
    "PodObservedGenerationTracking, 1.33, OFF",
    "PodObservedGenerationTracking, 1.34, ON",
    "InPlacePodVerticalScaling, 1.32, OFF",
    "InPlacePodVerticalScaling, 1.35, LOCKED",
    "InPlacePodVerticalScalingInitContainers, 1.35, ABSENT",
    "InPlacePodVerticalScalingInitContainers, 1.36, ON",
    "KubeletCrashLoopBackOffMax, 1.34, OFF",
    "KubeletCrashLoopBackOffMax, 1.35, ON",
    "ReduceDefaultCrashLoopBackOffDecay, 1.37, OFF",
    "ChangeContainerStatusOnKubeletRestart, 1.34, BUILT_IN",
    "ChangeContainerStatusOnKubeletRestart, 1.35, OFF",
  })
  void gatesTurnWithTheReleases(String gate, String release, Gate.State state) {
    Release at = Release.of(release);
    for (Gate candidate : Gate.values()) {
      if (candidate.text().equals(gate)) {
        assertThat(candidate.state(at)).isEqualTo(state);
        return;
      }
    }
    throw new AssertionError("no gate " + gate);
  }

  /** A release's own defaults never break the rule that a gate needs another. */
  @ParameterizedTest
  @EnumSource(Release.class)
  void defaultsOfEveryReleaseAreAllowed(Release release) {
    assertThat(Gates.parse(release, "")).isEqualTo(Gates.of(release));
    assertThat(Profile.of(release).text()).isEqualTo(release.text());
    assertThat(Profile.of(release.text()).release()).isEqualTo(release);
  }

  @ParameterizedTest
  @CsvSource({
    // release, sidecars, legacyInit, sandboxReady, reasons, exactBackOff, carry, cut, perContainer
    "1.28, false, true,  false, false, false, false, false, false",
    "1.32, true,  true,  false, false, false, false, false, false",
    "1.33, true,  false, false, false, false, false, false, false",
    "1.35, true,  false, false, false, true,  true,  true,  false",
    "1.36, true,  false, true,  false, true,  true,  true,  false",
    "1.37, true,  false, true,  true,  true,  true,  false, true",
  })
  void whatFollowsFromARelease(
      String release,
      boolean sidecars,
      boolean legacyInit,
      boolean sandboxReady,
      boolean reasons,
      boolean exactBackOff,
      boolean carry,
      boolean cut,
      boolean perContainer) {
    Profile profile = Profile.of(release);
    assertThat(profile.sidecars()).isEqualTo(sidecars);
    assertThat(profile.legacyInit()).isEqualTo(legacyInit);
    assertThat(profile.sandboxReadyPublished()).isEqualTo(sandboxReady);
    assertThat(profile.sandboxReasons()).isEqualTo(reasons);
    assertThat(profile.exactBackOffRequeue()).isEqualTo(exactBackOff);
    assertThat(profile.carryStarted()).isEqualTo(carry);
    assertThat(profile.probesCutAtTermination()).isEqualTo(cut);
    assertThat(profile.workersPerContainer()).isEqualTo(perContainer);
  }

  @Test
  void gatesOverrideTheRelease() {
    Gates gates =
        Gates.parse(Release.V1_35, " ContainerRestartRules=false , ContainerStopSignals=true,");
    Profile profile = Profile.of(gates);
    assertThat(profile.containerRestartRules()).isFalse();
    assertThat(profile.text())
        .isEqualTo("1.35 (ContainerRestartRules=false,ContainerStopSignals=true)");
    assertThat(profile)
        .isEqualTo(
            Profile.of(Release.V1_35)
                .with(Gate.CONTAINER_STOP_SIGNALS, true)
                .with(Gate.CONTAINER_RESTART_RULES, false))
        .isNotEqualTo(Profile.of(Release.V1_35));
  }

  /** A gate set to what it is anyway is fine, locked or not, and changes nothing. */
  @Test
  void settingTheDefaultIsNoChange() {
    assertThat(Gates.parse(Release.V1_33, "SidecarContainers=true").text()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sidecars=true", "sidecarContainers=true", "ContainerRestartRules=true"})
  void unknownGateListsTheOnesThereAre(String text) {
    assertThatThrownBy(() -> Gates.parse(Release.V1_28, text))
        .hasMessage(
            "unknown feature gate "
                + text.substring(0, text.indexOf('='))
                + " in 1.28; there are InPlacePodVerticalScaling,"
                + " PodReadyToStartContainersCondition, SidecarContainers");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.37 | SidecarContainers=true | unknown feature gate SidecarContainers in 1.37",
        "1.33 | SidecarContainers=false | cannot set SidecarContainers to false: locked to true in 1.33",
        "1.29 | SidecarContainers | want GATE=true or GATE=false, got SidecarContainers",
        "1.29 | SidecarContainers= | SidecarContainers: want true or false, got nothing",
        "1.29 | SidecarContainers=yes | SidecarContainers: want true or false, got yes",
        "1.37 | ContainerRestartRules=false | RestartAllContainersOnContainerExits is on and needs ContainerRestartRules, which is off",
      })
  void wrongGatesAreRefused(String release, String text, String message) {
    assertThatThrownBy(() -> Gates.parse(Release.of(release), text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void unknownReleaseListsTheOnesThereAre() {
    assertThatThrownBy(() -> Release.of("1.27"))
        .hasMessage(
            "no profile for version 1.27; there are 1.37, 1.36, 1.35, 1.34, 1.33, 1.32, 1.31, 1.30,"
                + " 1.29, 1.28");
  }

  @Test
  void nodeCapCountsOnlyWithItsGate() {
    Profile with = Profile.K8S_1_37.withMaxContainerRestartSeconds(7);
    assertThat(with.backOffFirstSeconds()).isEqualTo(7);
    assertThat(with.backOffCapSeconds()).isEqualTo(7);
    Profile without = Profile.of(Release.V1_34).withMaxContainerRestartSeconds(7);
    assertThat(without.backOffFirstSeconds()).isEqualTo(10);
    assertThat(without.backOffCapSeconds()).isEqualTo(300);
    assertThatThrownBy(() -> Profile.K8S_1_37.withMaxContainerRestartSeconds(0))
        .hasMessage("must be between 1 and 300 seconds: 0");
  }

  @Test
  void departuresAddUp() {
    Profile profile =
        Profile.K8S_1_37
            .withoutIdleLoop()
            .with(Departure.PERIODIC_PROBES)
            .with(Departure.NO_IDLE_LOOP);
    assertThat(profile.departures())
        .containsExactlyInAnyOrder(Departure.NO_IDLE_LOOP, Departure.PERIODIC_PROBES);
    assertThat(profile.finishedWorkersReturn()).isFalse();
    assertThat(profile.probeTriggers()).isFalse();
    assertThat(Profile.K8S_1_37.departures()).isEmpty();
  }
}

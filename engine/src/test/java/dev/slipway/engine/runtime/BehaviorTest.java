package dev.slipway.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.ImagePullPolicy;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.OwnerReference;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.runtime.BehaviorRule.RunBehavior;
import dev.slipway.engine.runtime.ContainerScript.Run;
import dev.slipway.engine.state.PodShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How rules become the script of a pod. */
class BehaviorTest {
  private static final int SIDECAR = 0;
  private static final int INIT = 1;
  private static final int WEB = 2;
  private static final int HELPER = 3;

  private final PodShape shape =
      PodShape.of(
          new PodSpec(
              RestartPolicy.ALWAYS,
              30L,
              null,
              false,
              "",
              List.of(),
              List.of(
                  container("proxy", "mesh/proxy:2", RestartPolicy.ALWAYS),
                  container("migrate", "shop/db:1", null)),
              List.of(
                  container("web", "shop/web:1", null), container("helper", "shop/helper:1", null)),
              List.of(),
              null,
              Map.of(),
              null,
              ""));

  private static ContainerSpec container(
      String name, String image, @Nullable RestartPolicy restartPolicy) {
    return new ContainerSpec(
        name,
        image,
        ImagePullPolicy.IF_NOT_PRESENT,
        restartPolicy,
        List.of(),
        null,
        null,
        null,
        null,
        new Handler.Exec(List.of("true")),
        "",
        new ResourceRequirements(Map.of(), Map.of()),
        List.of(),
        List.of());
  }

  private static ObjectMeta pod(String name) {
    return ObjectMeta.of("shop", name, "uid");
  }

  private static ObjectMeta pod(Map<String, String> labels, Map<String, String> annotations) {
    ObjectMeta meta = pod("web-0");
    return new ObjectMeta(
        meta.name(),
        meta.namespace(),
        meta.uid(),
        1,
        "",
        labels,
        annotations,
        List.of(new OwnerReference("batch/v1", "Job", "web", "", true)),
        List.of(),
        Times.NONE,
        Times.NONE,
        null);
  }

  private static BehaviorRule rule(BehaviorMatch match, BehaviorField field, double value) {
    return BehaviorRule.of(match, Map.of(field, Distribution.fixed(value)));
  }

  @Test
  void sameSeedAndPodGiveTheSameScript() {
    PodScript first = Behavior.DEFAULT.draw(pod("a"), shape, 7);
    Behavior.DEFAULT.draw(pod("b"), shape, 7);
    assertThat(Behavior.DEFAULT.draw(pod("a"), shape, 7)).isEqualTo(first);
  }

  @Test
  void podsAndSeedsDiffer() {
    PodScript first = Behavior.DEFAULT.draw(pod("a"), shape, 7);
    assertThat(Behavior.DEFAULT.draw(pod("b"), shape, 7)).isNotEqualTo(first);
    assertThat(Behavior.DEFAULT.draw(pod("a"), shape, 8)).isNotEqualTo(first);
  }

  @Test
  void anotherRuleChangesNoOtherDraw() {
    long pull = Behavior.DEFAULT.draw(pod("a"), shape, 7).containers().get(WEB).pull();
    Behavior more =
        Behavior.DEFAULT.with(
            List.of(
                BehaviorRule.of(
                    BehaviorMatch.ALL,
                    Map.of(
                        BehaviorField.START, new Distribution.Exponential(1.0 * Times.SECOND)))));
    PodScript script = more.draw(pod("a"), shape, 7);
    assertThat(script.containers().get(WEB).pull()).isEqualTo(pull);
  }

  @Test
  void defaultsDependOnTheRole() {
    List<ContainerScript> scripts = Behavior.DEFAULT.draw(pod("a"), shape, 1).containers();
    assertThat(scripts.get(SIDECAR).runs()).containsExactly(Run.FOREVER);
    assertThat(scripts.get(SIDECAR).stopExit()).isEqualTo(143);
    assertThat(scripts.get(INIT).runs()).containsExactly(new Run(Times.SECOND, 0, ""));
    assertThat(scripts.get(WEB).runs()).containsExactly(Run.FOREVER);
    assertThat(scripts.get(WEB).stopExit()).isZero();
    assertThat(scripts.get(WEB).pull()).isBetween(Times.SECOND, 3 * Times.SECOND);
  }

  @Test
  void appsOfJobsEnd() {
    List<ContainerScript> scripts =
        Behavior.DEFAULT.draw(pod(Map.of(), Map.of()), shape, 1).containers();
    assertThat(scripts.get(WEB).runs()).containsExactly(new Run(10 * Times.SECOND, 0, ""));
    assertThat(scripts.get(SIDECAR).runs()).containsExactly(Run.FOREVER);
  }

  @Test
  void laterRulesOverrideEarlierOnesFieldByField() {
    Behavior behavior =
        new Behavior(
            List.of(
                rule(BehaviorMatch.ALL, BehaviorField.START, Times.SECOND),
                rule(BehaviorMatch.ALL, BehaviorField.CREATE, Times.SECOND),
                rule(BehaviorMatch.container("w*"), BehaviorField.START, 2.0 * Times.SECOND)));
    List<ContainerScript> scripts = behavior.draw(pod("a"), shape, 1).containers();
    assertThat(scripts.get(WEB).start()).isEqualTo(2 * Times.SECOND);
    assertThat(scripts.get(WEB).create()).isEqualTo(Times.SECOND);
    assertThat(scripts.get(HELPER).start()).isEqualTo(Times.SECOND);
  }

  @Test
  void laterSingleRunReplacesAnEarlierSequence() {
    BehaviorRule sequence =
        new BehaviorRule(
            BehaviorMatch.ALL,
            Map.of(),
            List.of(
                new RunBehavior(Distribution.fixed(Times.SECOND), Distribution.fixed(3), null),
                new RunBehavior(null, null, null)),
            Map.of());
    Behavior behavior = Behavior.DEFAULT.with(List.of(sequence));
    assertThat(behavior.draw(pod("a"), shape, 1).containers().get(WEB).runs())
        .containsExactly(new Run(Times.SECOND, 3, ""), Run.FOREVER);
    Behavior single =
        behavior.with(List.of(rule(BehaviorMatch.ALL, BehaviorField.RUN, Times.SECOND)));
    assertThat(single.draw(pod("a"), shape, 1).containers().get(WEB).runs())
        .containsExactly(new Run(Times.SECOND, 0, ""));
  }

  @Test
  void imageAndLabelsSelect() {
    BehaviorMatch image =
        new BehaviorMatch("shop", Map.of("tier", "f?ont*"), "Job", null, "*/web:*", null);
    Behavior behavior = new Behavior(List.of(rule(image, BehaviorField.PULL_FAILS, 2)));
    List<ContainerScript> fitting =
        behavior.draw(pod(Map.of("tier", "front-end"), Map.of()), shape, 1).containers();
    assertThat(fitting.get(WEB).pullFails()).isEqualTo(2);
    assertThat(fitting.get(HELPER).pullFails()).isZero();
    List<ContainerScript> others =
        behavior.draw(pod(Map.of("tier", "back"), Map.of()), shape, 1).containers();
    assertThat(others.get(WEB).pullFails()).isZero();
  }

  @Test
  void annotationsSetWhatTheyName() {
    ObjectMeta pod =
        pod(
            Map.of(),
            Map.of(
                "slipway.dev/run", "forever",
                "slipway.dev/run.web", "30s",
                "slipway.dev/exit.web", "1",
                "slipway.dev/stop.proxy", "ignored",
                "slipway.dev/readiness.web", "fail, ok@20s",
                "slipway.dev/delete-after", "1m"));
    List<String> problems = new ArrayList<>();
    List<BehaviorRule> rules =
        BehaviorAnnotations.read(pod, (name, reason) -> problems.add(name + ": " + reason));
    PodScript script = Behavior.DEFAULT.with(rules).draw(pod, shape, 1);
    assertThat(problems).isEmpty();
    assertThat(script.containers().get(WEB).runs())
        .containsExactly(new Run(30 * Times.SECOND, 1, ""));
    assertThat(script.containers().get(HELPER).runs()).containsExactly(Run.FOREVER);
    assertThat(script.containers().get(SIDECAR).stop()).isNegative();
    assertThat(script.containers().get(WEB).readiness())
        .extracting(ContainerScript.ProbeScript::success)
        .containsExactly(false, true);
    assertThat(script.deleteAfter()).isEqualTo(60 * Times.SECOND);
  }

  @Test
  void wrongAnnotationsAreTold() {
    List<String> problems = new ArrayList<>();
    BehaviorAnnotations.read(
        pod(
            Map.of(),
            Map.of(
                "slipway.dev/rum.web", "1s",
                "slipway.dev/run.web", "soon",
                "slipway.dev/sandbox.web", "1s",
                "other.dev/run", "soon")),
        (name, reason) -> problems.add(name + ": " + reason));
    assertThat(problems)
        .containsExactly(
            "slipway.dev/rum.web: unknown annotation",
            "slipway.dev/run.web: not a duration such as 90s, 1m30s or 250ms: soon",
            "slipway.dev/sandbox.web: is about the pod and takes no container name");
  }

  @Test
  void probesAreKeptInTheOrderOfTime() {
    BehaviorRule rule =
        new BehaviorRule(
            BehaviorMatch.ALL,
            Map.of(),
            List.of(),
            Map.of(
                ProbeType.LIVENESS,
                List.of(
                    Behavior.probe(Distribution.fixed(5.0 * Times.SECOND), false),
                    Behavior.probe(Distribution.fixed(0), true))));
    ContainerScript web =
        new Behavior(List.of(rule)).draw(pod("a"), shape, 1).containers().get(WEB);
    assertThat(web.liveness())
        .extracting(ContainerScript.ProbeScript::from)
        .containsExactly(0L, 5 * Times.SECOND);
  }
}

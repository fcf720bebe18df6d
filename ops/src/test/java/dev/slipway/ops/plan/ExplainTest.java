package dev.slipway.ops.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.runtime.Behavior;
import dev.slipway.engine.runtime.BehaviorAnnotations;
import dev.slipway.engine.state.PodShape;
import dev.slipway.ingest.manifest.ManifestReader;
import dev.slipway.ingest.manifest.ManifestResult;
import dev.slipway.ingest.manifest.PodSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reasons in a timeline: everything has one, and it is the right one. */
class ExplainTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: web
        annotations: {%s}
      spec:
        restartPolicy: %s
        terminationGracePeriodSeconds: 10
        %s
        initContainers:
        - {name: schema, image: schema}
        - name: proxy
          image: proxy
          restartPolicy: Always
          startupProbe: {periodSeconds: 2, tcpSocket: {port: 1}}
          livenessProbe: {periodSeconds: 5, tcpSocket: {port: 1}, terminationGracePeriodSeconds: 4}
        - {name: warm, image: warm}
        - {name: logs, image: logs, restartPolicy: Always}
        containers:
        - name: web
          image: web
          readinessProbe: {periodSeconds: 3, tcpSocket: {port: 2}}
          livenessProbe: {periodSeconds: 3, tcpSocket: {port: 2}}
          lifecycle: {postStart: {exec: {command: [a]}}, preStop: {exec: {command: [b]}}}
        - name: helper
          image: helper
          lifecycle: {preStop: {sleep: {seconds: 2}}}
      """;

  private static List<String> moments(
      String annotations, String policy, String more, long deleteAt) {
    String text = POD.formatted(annotations, policy, more);
    PlanOptions options = options(deleteAt);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Plan plan = new Plan(new PrintWriter(out), new PrintWriter(err), _ -> {}, () -> {});
    TextStyle style = new TextStyle(true, false, 1000);
    boolean fine =
        plan.run(new Plan.Request(read(text), null, options, Plan.Format.TABLE, style, true, true));
    assertThat(fine).as(err.toString()).isTrue();
    List<String> lines = out.toString().lines().toList();
    int from = lines.indexOf(lines.stream().filter(l -> l.startsWith("TIME ")).findAny().get());
    return lines.subList(from + 1, lines.subList(from, lines.size()).indexOf("") + from);
  }

  private static PlanOptions options(long deleteAt) {
    return new PlanOptions(
        Until.parse("150s"),
        deleteAt,
        null,
        List.of(),
        1,
        Behavior.DEFAULT,
        Profile.K8S_1_37,
        3600 * Times.SECOND,
        List.of());
  }

  private static ManifestResult read(String text) {
    try {
      return ManifestReader.strict()
          .read("pod.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Always||",
        "Never||",
        "OnFailure|slipway.dev/run.web: 4s, slipway.dev/exit.web: \"3\"|",
        "Never|slipway.dev/run: 4s|",
        "Always|slipway.dev/pull-fails.web: \"3\"|",
        "Always|slipway.dev/pull-fails.schema: \"2\"|",
        "Never|slipway.dev/exit.schema: \"2\"|",
        "Always|slipway.dev/exit.schema: \"2\"|",
        "Always|slipway.dev/startup.proxy: fail|",
        "Always|'slipway.dev/liveness.proxy': 'ok,fail@20s'|",
        "Always|'slipway.dev/liveness.web': 'ok,fail@20s'|",
        "Always|'slipway.dev/readiness.web': 'ok,fail@20s,ok@40s'|",
        "Always|slipway.dev/post-start-ok.web: \"false\"|",
        "Always|slipway.dev/pre-stop.web: forever|",
        "Always|slipway.dev/pre-stop-ok.web: \"false\"|",
        "Always|slipway.dev/stop.web: ignored, slipway.dev/stop.logs: ignored|",
        "Always|slipway.dev/sandbox-fails: \"2\"|",
        "Always|slipway.dev/start-errors.helper: \"2\"|",
        "Always|slipway.dev/evict-after: 30s|",
        "Always|slipway.dev/run.proxy: 3s|",
        "Always||activeDeadlineSeconds: 25",
        "Always||readinessGates: [{conditionType: example/gate}]",
      })
  void everythingButFactsHasAReason(String input) {
    String[] fields = input.split("\\|", -1);
    PodSource source = read(POD.formatted(fields[1], fields[0], fields[2])).pods().getFirst();
    for (long deleteAt : new long[] {-1, 3 * Times.SECOND, 9 * Times.SECOND, 60 * Times.SECOND}) {
      PodRun.Result run = run(source.pod(), options(deleteAt));
      assertThat(run.timeline().moments().stream().flatMap(ExplainTest::bare))
          .as(input + " deleted at " + deleteAt)
          .isEmpty();
    }
  }

  private static PodRun.Result run(Pod pod, PlanOptions options) {
    List<String> problems = new ArrayList<>();
    Behavior behavior =
        Behavior.DEFAULT.with(
            BehaviorAnnotations.read(
                pod.metadata(), (name, reason) -> problems.add(name + ": " + reason)));
    assertThat(problems).isEmpty();
    return PodRun.run(
        pod, behavior.draw(pod.metadata(), PodShape.of(pod.spec()), options.seed()), options);
  }

  /** What should have a reason and has none, or has one with an empty place in it. */
  private static Stream<Object> bare(Moment moment) {
    return switch (moment) {
      case Moment.Status(_, var changes) ->
          changes.stream().filter(change -> !reasoned(change.why())).map(Object.class::cast);
      case Moment.Event e -> reasoned(e.why()) ? Stream.of() : Stream.of(e);
      case Moment.Decision d -> reasoned(d.why()) ? Stream.of() : Stream.of(d);
      case Moment.Action a ->
          a.what().equals("evict") || reasoned(a.why()) ? Stream.of() : Stream.of(a);
      case Moment.Runtime r -> isFact(r) || reasoned(r.why()) ? Stream.of() : Stream.of(r);
    };
  }

  private static boolean reasoned(List<Reason> why) {
    return !why.isEmpty()
        && why.stream().noneMatch(r -> r.fact().contains("{") || r.fact().contains("}"));
  }

  /** What the runtime did by itself has no rule: it is what sets rules off. */
  private static boolean isFact(Moment.Runtime r) {
    return switch (r.what()) {
      case "exit", "probe" -> true;
      case "sandbox" -> r.detail().equals("ready") || r.detail().startsWith("could not");
      default -> r.detail().equals("hook done") || r.detail().equals("hook failed");
    };
  }

  private static void reason(List<String> lines, String line, String reason) {
    int at = lines.indexOf(lines.stream().filter(l -> l.matches(line)).findFirst().orElse(""));
    assertThat(at).as("no line " + line + " in\n" + String.join("\n", lines)).isNotNegative();
    assertThat(lines.subList(at, Math.min(lines.size(), at + 4)))
        .as(line)
        .anyMatch(l -> l.contains(reason));
  }

  @Test
  void startsSayWhatTheyWaitedFor() {
    List<String> lines = moments("", "Always", "", -1);
    reason(lines, ".*schema +start .*", "L-102: the sandbox is new");
    reason(lines, ".*proxy +start .*", "L-111: schema, the init container before it, exited");
    reason(lines, ".*warm +start .*", "L-114: proxy is started: startup probe of proxy succeeded");
    reason(lines, ".*helper +start .*", "L-114: logs, the last init container, runs");
  }

  @Test
  void failedProbesSayHowOftenAndWhen() {
    List<String> lines = moments("'slipway.dev/startup.proxy': fail", "Never", "", -1);
    reason(lines, ".*proxy +Killing .*", "L-113: startup probe of proxy failed for the 3rd time");
    List<String> liveness = moments("'slipway.dev/liveness.proxy': 'ok,fail@20s'", "Never", "", -1);
    reason(liveness, ".*proxy +Killing .*", "L-115: liveness probe of proxy failed");
    reason(liveness, ".*proxy +Killing .*", "L-413: 4s of grace: the liveness probe's own");
  }

  @Test
  void refusedStartsSayUntilWhen() {
    List<String> lines =
        moments("slipway.dev/run.helper: 1s, slipway.dev/exit.helper: \"1\"", "Always", "", -1);
    reason(lines, ".*helper +BackOff .*", "L-311: helper is restarted too often: no start before");
    reason(lines, ".*helper +start +L-302.*", "its restart policy is Always");
  }

  @Test
  void sidecarsSayWhomTheyWaitFor() {
    List<String> lines = moments("", "Always", "", 60 * Times.SECOND);
    reason(lines, ".*proxy +waits .*", "L-433: waits until the next sidecar, logs, is stopped");
    reason(lines, ".*logs +waits .*", "L-433: waits until the app containers are stopped: web");
    reason(lines, ".*web +preStop .*", "L-212: web is stopped with 10s of grace");
    reason(lines, ".*logs +signal .*", "is stopped: logs has its turn");
    reason(lines, ".*proxy +exit .*", "exit code 143 (ignored: sidecar stopped at termination)");
    reason(lines, ".*removed .*", "L-428");
  }

  @Test
  void failedInitContainerEndsThePod() {
    List<String> lines = moments("slipway.dev/exit.schema: \"2\"", "Never", "", -1);
    reason(lines, ".*phase Pending -> Failed", "L-502: schema, an init container, failed");
    reason(lines, ".*terminate .*", "L-420");
  }

  @Test
  void deadlineAndEvictionAreNamed() {
    reason(
        moments("", "Always", "activeDeadlineSeconds: 25", -1),
        ".*phase Running -> Failed.*",
        "L-506");
    reason(moments("slipway.dev/evict-after: 30s", "Always", "", -1), ".*terminate .*", "L-452");
  }
}

package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.replay.PodHost;
import dev.slipway.engine.replay.PodObserver;
import dev.slipway.engine.replay.VirtualDriver;
import dev.slipway.engine.runtime.ContainerScript;
import dev.slipway.engine.runtime.ContainerScript.HookScript;
import dev.slipway.engine.runtime.ContainerScript.ProbeScript;
import dev.slipway.engine.runtime.ContainerScript.Run;
import dev.slipway.engine.runtime.SandboxScript;
import dev.slipway.engine.runtime.ScriptedRuntime;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.TerminationRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whole pod lives (topic trace): runs the pod against the script of its runtime and compares what
 * was recorded.
 */
final class TraceCheck implements VectorCheck {
  private final Profile profile;
  private final long arrival;

  TraceCheck(Profile profile) {
    this(profile, 0);
  }

  /** Times are compared since the pod's arrival at that time. */
  TraceCheck(Profile profile, long arrival) {
    this.profile = profile;
    this.arrival = arrival;
  }

  @Override
  public Verdict check(JsonNode vector, DataFolders data) {
    TraceRecord record = run(vector.path("in"));
    return TraceComparison.compare(
        vector.path("out"), record, vector.path("in").path("horizonMs").asLong());
  }

  private TraceRecord run(JsonNode in) {
    return run(in, profile, arrival, null);
  }

  /** Runs the life of a vector; {@code versions} gets each version of its object. */
  static TraceRecord run(
      JsonNode in, Profile profile, long arrival, @Nullable PodVersions versions) {
    JsonNode pod = in.path("pod");
    PodSpec spec = VectorPods.spec(pod);
    PodShape shape = PodShape.of(spec);
    TraceRecord record = new TraceRecord(shape, arrival);
    VirtualDriver driver = new VirtualDriver(profile, arrival);
    record.driver(driver);
    ScriptedRuntime runtime =
        new ScriptedRuntime(
            shape, sandbox(in.path("sandbox")), scripts(in.path("runtime"), spec), record, true);
    PodHost[] host = new PodHost[1];
    for (JsonNode action : in.path("actions")) {
      driver.at(
          arrival + action.path("atMs").asLong() * Times.MILLI,
          () -> {
            act(action, in, host[0], runtime, driver, record);
            if (versions != null && action.path("do").asText().equals("delete")) {
              versions.asked(action, host[0], driver.now());
            }
          });
    }
    PodObserver observer = versions == null ? record : versions.besides(record);
    host[0] = driver.add(new PodState(VectorPods.meta(pod), shape, false), runtime, observer);
    driver.runUntil(arrival + in.path("horizonMs").asLong() * Times.MILLI);
    return record;
  }

  private static void act(
      JsonNode action,
      JsonNode in,
      PodHost host,
      ScriptedRuntime runtime,
      VirtualDriver driver,
      TraceRecord record) {
    String what = action.path("do").asText();
    String c = action.path("c").asText("");
    if (!what.startsWith("kill")) {
      record.action(what, action);
    }
    if (host.removed() && !what.startsWith("kill")) {
      return;
    }
    switch (what) {
      case "delete" -> delete(action, host, driver);
      case "setImage" ->
          changed(host, withImage(host, c, action.path("image").asText()), runtime, List.of());
      case "killSandbox" ->
          record.first(what, action, () -> runtime.killSandbox(driver.now(), host.answers()));
      case "killContainer" ->
          record.first(
              what,
              action,
              () ->
                  runtime.kill(
                      host.state().apiShape.ordinal(c),
                      action.path("exit").asInt(),
                      driver.now(),
                      host.answers()));
      case "evict" ->
          host.toPod(
              new PodEvent.TerminateRequested(
                  action.path("grace").asLong(),
                  new TerminationRequest("Evicted", "evicted", "evicted", false, true)));
      case "shutdown" ->
          host.toPod(
              new PodEvent.TerminateRequested(
                  shutdownGrace(host, action.path("grace").asLong()),
                  new TerminationRequest("Terminated", "shutdown", "shutdown", true, false)));
      case "setGate" ->
          host.toPod(
              new PodEvent.ForeignCondition(
                  new PodCondition(
                      c,
                      action.path("exit").asInt() == 0
                          ? ConditionStatus.TRUE
                          : ConditionStatus.FALSE,
                      "",
                      "",
                      0,
                      Times.NONE,
                      Times.NONE)));
      case "addEphemeral" -> addEphemeral(action, in, host, runtime);
      default -> throw new IllegalArgumentException("unknown action: " + what);
    }
  }

  /**
   * The recorder's API: a bound pod stays until its node confirms, a later request may only
   * shorten.
   */
  private static void delete(JsonNode action, PodHost host, VirtualDriver driver) {
    PodState pod = host.state();
    if (pod.apiPhase != null && pod.apiPhase.terminal()) {
      host.delete(0L, driver.now());
      return;
    }
    Long own = pod.apiShape.spec.terminationGracePeriodSeconds();
    long grace =
        action.has("grace") ? action.path("grace").asLong() : own == null ? 0 : own.longValue();
    Long before = pod.apiMeta.deletionGracePeriodSeconds();
    if (before == null || grace < before) {
      long generation = pod.apiMeta.generation() + (before == null && grace > 0 ? 1 : 0);
      host.toPod(
          new PodEvent.DeleteRequested(
              pod.apiMeta.withDeletion(driver.now() + grace * Times.SECOND, grace, generation)));
    }
  }

  /** Rule L-454: never longer than the pod's own grace. */
  private static long shutdownGrace(PodHost host, long period) {
    Long own = host.state().apiShape.spec.terminationGracePeriodSeconds();
    return own == null ? period : Math.min(period, own);
  }

  private static void changed(
      PodHost host, PodSpec spec, ScriptedRuntime runtime, List<ContainerScript> added) {
    PodShape shape = PodShape.of(spec);
    runtime.reshape(shape, added);
    var meta = host.state().apiMeta;
    host.change(meta.withGeneration(meta.generation() + 1), shape);
  }

  private static PodSpec withImage(PodHost host, String name, String image) {
    PodSpec spec = host.state().apiShape.spec;
    return spec.withContainers(
        renamed(spec.initContainers(), name, image),
        renamed(spec.containers(), name, image),
        spec.ephemeralContainers());
  }

  private static List<ContainerSpec> renamed(
      List<ContainerSpec> containers, String name, String image) {
    return containers.stream().map(c -> c.name().equals(name) ? c.withImage(image) : c).toList();
  }

  private static void addEphemeral(
      JsonNode action, JsonNode in, PodHost host, ScriptedRuntime runtime) {
    PodSpec spec = host.state().apiShape.spec;
    String name = action.path("c").asText();
    List<ContainerSpec> ephemeral = new ArrayList<>(spec.ephemeralContainers());
    ContainerSpec like = spec.containers().getFirst();
    ephemeral.add(
        new ContainerSpec(
            name,
            action.path("image").asText(),
            like.imagePullPolicy(),
            null,
            List.of(),
            null,
            null,
            null,
            null,
            null,
            "",
            like.resources(),
            List.of(),
            List.of()));
    changed(
        host,
        spec.withContainers(spec.initContainers(), spec.containers(), ephemeral),
        runtime,
        List.of(script(in.path("runtime").path(name))));
  }

  private static SandboxScript sandbox(JsonNode s) {
    return new SandboxScript(nanos(s, "ms"), nanos(s, "stopMs"), s.path("fails").asInt());
  }

  private static List<ContainerScript> scripts(JsonNode runtime, PodSpec spec) {
    List<ContainerScript> scripts = new ArrayList<>();
    spec.initContainers().forEach(c -> scripts.add(script(runtime.path(c.name()))));
    spec.containers().forEach(c -> scripts.add(script(runtime.path(c.name()))));
    spec.ephemeralContainers().forEach(c -> scripts.add(script(runtime.path(c.name()))));
    return scripts;
  }

  private static ContainerScript script(JsonNode s) {
    List<Run> runs = new ArrayList<>();
    s.path("runs")
        .forEach(r ->
            runs.add(
                new Run(signed(r, "ms"), r.path("exit").asInt(), r.path("reason").asText(""))));
    return new ContainerScript(
        nanos(s, "pullMs"),
        s.path("pullFails").asInt(),
        nanos(s, "createMs"),
        nanos(s, "startMs"),
        s.path("startErrs").asInt(),
        runs,
        signed(s, "stopMs"),
        s.path("stopExit").asInt(),
        hook(s.path("postStart")),
        hook(s.path("preStop")),
        probes(s.path("probes").path("startup")),
        probes(s.path("probes").path("liveness")),
        probes(s.path("probes").path("readiness")));
  }

  private static long nanos(JsonNode node, String field) {
    return node.path(field).asLong() * Times.MILLI;
  }

  private static long signed(JsonNode node, String field) {
    long ms = node.path(field).asLong();
    return ms < 0 ? -1 : ms * Times.MILLI;
  }

  private static @Nullable HookScript hook(JsonNode h) {
    return h.isMissingNode() ? null : new HookScript(signed(h, "ms"), h.path("ok").asBoolean());
  }

  private static List<ProbeScript> probes(JsonNode rows) {
    List<ProbeScript> probes = new ArrayList<>();
    rows.forEach(r ->
        probes.add(
            new ProbeScript(nanos(r, "fromMs"), r.path("ok").asBoolean(), nanos(r, "tookMs"))));
    return probes;
  }
}

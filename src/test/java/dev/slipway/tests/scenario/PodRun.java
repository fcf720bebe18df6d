package dev.slipway.tests.scenario;

import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.profile.NodeClock;
import dev.slipway.engine.probe.ProbeRules;
import dev.slipway.engine.probe.ProbeSettings;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.replay.PodHost;
import dev.slipway.engine.replay.PodObserver;
import dev.slipway.engine.replay.VirtualDriver;
import dev.slipway.engine.resources.ResizeAdmission;
import dev.slipway.engine.runtime.RuntimeLog;
import dev.slipway.engine.runtime.SandboxScript;
import dev.slipway.engine.runtime.ScriptedRuntime;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.TerminationRequest;
import dev.slipway.engine.status.EndpointState;
import dev.slipway.engine.status.PublishedStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One pod in virtual time from second 0 on, as a row says.
 *
 * <p>Clauses: {@code x key=value ...} (words of {@link ContainerText}); {@code until 100}; {@code
 * at 0.7} (when the pod is added); {@code kubelet 1.33 Gate=false} ({@link ProfileText});
 * {@code @60 delete [grace]}, {@code evict grace}, {@code shutdown grace}, {@code preempt}, {@code
 * image x}, {@code loseSandbox}, {@code kill x code}, {@code gate x True}, {@code lose x} (its
 * record vanishes), {@code forget x} (UNKNOWN), {@code failStop x n}, {@code failCreate x n},
 * {@code orphan}, {@code remove} (without deletion); {@code reject reason}: not admitted; {@code
 * stock}: the node lists its runtime at whole seconds and looks at what is due half a second later.
 * {@code begun 5}: the start time its status has already; {@code agent 0.35}: the agent starts at
 * 0 and draws that for start delays of probes.
 */
final class PodRun implements RuntimeLog, PodObserver {
  private static final long DEFAULT_HORIZON = 100 * Times.SECOND;

  private final PodText text;
  private final List<String> facts = new ArrayList<>();
  private final Map<String, String> shown = new HashMap<>();
  private final List<List<String>> actions = new ArrayList<>();
  private long horizon = DEFAULT_HORIZON;
  private long addedAt;
  private ProbeRules.Jitter jitter = ProbeRules.Jitter.NONE;
  private long begun = Times.NONE;
  private boolean deleted;
  private PodEvent first = PodEvent.ADDED;
  private Profile profile = Profile.K8S_1_37;
  private PodShape shape;
  private final VirtualDriver driver;
  private final ScriptedRuntime runtime;

  private PodRun(String pod, String given) {
    text = new PodText(pod);
    for (String clause : given.split(";")) {
      take(PodText.words(clause));
    }
    shape = PodShape.of(text.spec());
    driver = new VirtualDriver(profile, ProbeSettings.of(profile, jitter), 0);
    runtime =
        new ScriptedRuntime(
            shape,
            new SandboxScript(text.sandboxCreate, 0, text.sandboxFails),
            text.scripts(),
            this);
  }

  /** Everything that was seen, in its order. */
  static List<String> facts(String pod, String given) {
    PodRun run = new PodRun(pod, given);
    run.run();
    return run.facts;
  }

  private void take(List<String> words) {
    if (words.isEmpty()) {
      return;
    }
    String first = words.getFirst();
    if (first.startsWith("@")) {
      actions.add(words);
    } else if (first.equals("kubelet")) {
      profile = ProfileText.of(words.subList(1, words.size()));
    } else if (first.equals("until")) {
      horizon = Seconds.of(words.get(1));
    } else if (first.equals("at")) {
      addedAt = Seconds.of(words.get(1));
    } else if (first.equals("stock")) {
      profile = profile.withClock(NodeClock.stock(0, Times.SECOND / 2));
    } else if (first.equals("agent")) {
      double drawn = Double.parseDouble(words.get(1));
      jitter = ProbeSettings.jitter(0, () -> drawn);
    } else if (first.equals("begun")) {
      begun = Seconds.of(words.get(1));
    } else if (first.equals("reject")) {
      this.first = new PodEvent.Rejected(words.get(1), "not on this node");
    } else {
      for (ContainerText c : text.named(first)) {
        for (String word : words.subList(1, words.size())) {
          c.set(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        }
      }
    }
  }

  private void run() {
    driver.runUntil(addedAt);
    PodState state = new PodState(PodText.meta(), shape, false);
    if (begun != Times.NONE) {
      state.startTime = begun;
      state.apiPhase = PodPhase.PENDING;
    }
    PodHost host = driver.add(state, runtime, this, first);
    for (List<String> action : actions) {
      driver.at(Seconds.of(action.getFirst().substring(1)), () -> act(action, host));
    }
    driver.runUntil(horizon);
  }

  private void act(List<String> words, PodHost host) {
    String last = words.getLast();
    carryOut(words, last, host);
    endpoint(host);
  }

  /**
   * What the endpoints of a service say; the object's metadata count as soon as they are written.
   */
  private void endpoint(PodHost host) {
    var meta = deleted ? host.state().apiMeta.withDeletion(0, 1, 1) : host.state().apiMeta;
    EndpointState state =
        EndpointState.of(PublishedStatus.of(host.state()), meta.deleting(), false);
    show(
        "endpoint",
        (state.ready() ? "ready," : "")
            + (state.serving() ? "serving" : "")
            + (state.terminating() ? ",terminating" : ""));
  }

  private void carryOut(List<String> words, String last, PodHost host) {
    switch (words.get(1)) {
      case "delete" -> {
        deleted = true;
        host.delete(words.size() > 2 ? Long.valueOf(last) : null, driver.now());
      }
      case "evict" -> terminate(host, Long.parseLong(last), "Evicted", false, true);
      case "shutdown" -> terminate(host, Long.parseLong(last), "Terminated", true, false);
      case "preempt" -> terminate(host, -1, "Preempting", false, false);
      case "loseSandbox" -> runtime.killSandbox(driver.now(), host.answers());
      case "kill" ->
          runtime.kill(ordinal(words), Integer.parseInt(last), driver.now(), host.answers());
      case "lose" -> runtime.loseRecord(ordinal(words), driver.now(), host.answers());
      case "forget" -> runtime.loseTrack(ordinal(words), false, driver.now(), host.answers());
      case "failCreate" -> runtime.failCreates(ordinal(words), Integer.parseInt(last));
      case "failStop" -> runtime.failStops(ordinal(words), Integer.parseInt(last));
      case "orphan" -> host.toPod(PodEvent.ORPHANED);
      case "remove" -> host.toPod(PodEvent.REMOVED);
      case "image" -> changeImage(host, last);
      case "resize" -> resize(host, words);
      case "room" ->
          host.answerResizes(
              last.equals("yes")
                  ? new ResizeAdmission.Answer.InProgress()
                  : new ResizeAdmission.Answer.Pending(last, "said so"));
      case "gate" ->
          host.toPod(
              new PodEvent.ForeignCondition(
                  new PodCondition(
                      words.get(2),
                      last.equals("True") ? ConditionStatus.TRUE : ConditionStatus.FALSE,
                      "",
                      "",
                      0,
                      Times.NONE,
                      Times.NONE)));
      default -> throw new IllegalArgumentException("unknown action: " + words);
    }
  }

  private int ordinal(List<String> words) {
    return shape.ordinal(words.get(2));
  }

  private static void terminate(
      PodHost host, long grace, String reason, boolean keepsSucceeded, boolean evicts) {
    host.toPod(
        new PodEvent.TerminateRequested(
            grace, new TerminationRequest(reason, reason, reason, keepsSucceeded, evicts)));
  }

  private void changeImage(PodHost host, String name) {
    PodSpec spec = shape.spec;
    shape =
        PodShape.of(
            spec.withContainers(
                withImage(spec.initContainers(), name),
                withImage(spec.containers(), name),
                spec.ephemeralContainers()));
    runtime.reshape(shape, List.of());
    var meta = host.state().apiMeta;
    host.change(meta.withGeneration(meta.generation() + 1), shape);
  }

  /** {@code resize a1 limits=cpu:2 requests=...}: what is not named stays. */
  private void resize(PodHost host, List<String> words) {
    for (ContainerText c : text.named(words.get(2))) {
      for (String word : words.subList(3, words.size())) {
        c.set(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
      }
    }
    PodSpec spec = shape.spec;
    shape =
        PodShape.of(
            spec.withContainers(
                resized(spec.initContainers()),
                resized(spec.containers()),
                spec.ephemeralContainers()));
    runtime.reshape(shape, List.of());
    var meta = host.state().apiMeta;
    host.change(meta.withGeneration(meta.generation() + 1), shape);
  }

  private List<ContainerSpec> resized(List<ContainerSpec> list) {
    return list.stream()
        .map(c -> c.withResources(text.named(c.name()).getFirst().resources()))
        .toList();
  }

  private static List<ContainerSpec> withImage(List<ContainerSpec> list, String name) {
    return list.stream()
        .map(c -> c.name().equals(name) ? c.withImage(c.image() + "-new") : c)
        .toList();
  }

  private void fact(String what) {
    facts.add(what + "@" + Seconds.text(driver.now()));
  }

  private String name(int container) {
    return container < 0 ? "" : shape.container(container).name();
  }

  @Override
  public void note(Op op, int container, int attempt, long detail, String reason) {
    String c = name(container);
    switch (op) {
      case RUN_SANDBOX -> fact("SB" + attempt);
      case CREATE -> fact("+" + c + (attempt == 0 ? "" : "#" + attempt));
      case STOP -> fact("T " + c + "/" + detail);
      case KILL -> fact("K " + c);
      case PRE_STOP -> fact("pre " + c);
      case POST_START -> fact("post " + c);
      case PULL -> fact("pull " + c);
      case EXITED -> fact("exit " + c + "/" + detail);
      case UPDATE ->
          fact(
              "set "
                  + (c.isEmpty() ? "pod" : c)
                  + "/"
                  + reason.replaceAll(" (request|limit)? ?", "/"));
      case PROBE -> fact(probe(reason) + " " + c + (detail < 0 ? "T" : detail == 1 ? "+" : "-"));
      case SANDBOX_READY,
          SANDBOX_FAILED,
          STOP_SANDBOX,
          PULLED,
          STARTED,
          START_FAILED,
          POST_START_DONE,
          PRE_STOP_DONE -> {}
    }
  }

  private static String probe(String type) {
    return switch (type) {
      case "Startup" -> "U";
      case "Readiness" -> "R";
      default -> "L";
    };
  }

  @Override
  public void status(PodHost pod, long now) {
    if (pod.removed()) {
      return;
    }
    PodStatus status = PublishedStatus.of(pod.state());
    var phase = status.phase();
    String reason = status.reason().isEmpty() ? "" : "/" + status.reason();
    show("", phase == null ? "" : phase.text() + reason);
    if (!status.podIP().isEmpty()) {
      show("ip", status.podIP());
    }
    endpoint(pod);
    for (PodCondition condition : status.conditions()) {
      String why = condition.reason().isEmpty() ? "" : "/" + condition.reason();
      show(condition.type(), condition.status().text() + why);
    }
    for (String type : List.of("PodResizePending", "PodResizeInProgress")) {
      if (shown.containsKey(type)
          && status.conditions().stream().noneMatch(c -> c.type().equals(type))) {
        show(type, "-");
      }
    }
    status.initContainerStatuses().forEach(this::show);
    status.containerStatuses().forEach(this::show);
  }

  private void show(ContainerStatus status) {
    show(status.name(), state(status.state()));
    show(status.name() + ".last", state(status.lastState()));
    show(status.name() + ".ready", Boolean.toString(status.ready()));
    show(status.name() + ".started", String.valueOf(status.started()));
    show(status.name() + ".restarts", Integer.toString(status.restartCount()));
  }

  private static String state(ContainerState state) {
    return switch (state) {
      case ContainerState.None _ -> "-";
      case ContainerState.Waiting w -> "Waiting/" + w.reason();
      case ContainerState.Running _ -> "Running";
      case ContainerState.Terminated t -> "Terminated/" + t.exitCode() + "/" + t.reason();
    };
  }

  private void show(String key, String value) {
    if (!value.equals(shown.put(key, value))) {
      fact(key.isEmpty() ? value : key + "=" + value);
    }
  }

  @Override
  public void removed(PodHost pod, long now) {
    fact("gone");
  }

  @Override
  public void event(
      PodHost pod, String type, String reason, int container, String message, long now) {
    fact("!" + reason + (container < 0 ? "" : "/" + name(container)));
  }
}

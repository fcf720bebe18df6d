package dev.slipway.ops.plan;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.OwnerReference;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.replay.PodHost;
import dev.slipway.engine.replay.VirtualDriver;
import dev.slipway.engine.runtime.PodScript;
import dev.slipway.engine.runtime.ScriptedRuntime;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.TerminationRequest;
import java.util.ArrayList;
import java.util.List;

/** Runs one pod in virtual time until its plan ends. */
final class PodRun {
  /** A pod that is up is shown this much longer. */
  private static final long AFTER_READY = 60 * Times.SECOND;

  /** Any name: a pod without node is not run by one. */
  private static final String NODE = "plan";

  /** What the kubelet gives a pod that has to go at once (rule L-452). */
  private static final long EVICTION_GRACE = 1;

  private static final String EVICTED = "The plan says that the node evicts this pod.";

  private final PodShape shape;
  private final PodScript script;
  private final PlanOptions options;
  private final VirtualDriver driver;
  private final TimelineRecorder recorder;
  private final ScriptedRuntime runtime;
  private final PodHost host;
  private final boolean ofJob;
  private final long deleteAt;

  /** What a run brought. */
  record Result(Timeline timeline, Outcome outcome) {}

  private PodRun(Pod pod, PodScript script, PlanOptions options) {
    this.shape = PodShape.of(bound(pod.spec()));
    this.script = script;
    this.options = options;
    this.driver = new VirtualDriver(options.profile(), 0);
    this.recorder = new TimelineRecorder(shape, driver);
    this.runtime = new ScriptedRuntime(shape, script.sandbox(), script.containers(), recorder);
    this.ofJob = pod.metadata().ownerReferences().stream().anyMatch(PodRun::isJob);
    this.deleteAt = options.deleteAt() >= 0 ? options.deleteAt() : script.deleteAfter();
    this.host = driver.add(new PodState(pod.metadata(), shape, pod.isStatic()), runtime, recorder);
  }

  private static boolean isJob(OwnerReference owner) {
    return owner.controller() && owner.kind().endsWith("Job");
  }

  /** Runs the pod as the script says. */
  static Result run(Pod pod, PodScript script, PlanOptions options) {
    return new PodRun(pod, script, options).run();
  }

  /** The spec as the scheduler leaves it. */
  private static PodSpec bound(PodSpec spec) {
    return new PodSpec(
        spec.restartPolicy(),
        spec.terminationGracePeriodSeconds(),
        spec.activeDeadlineSeconds(),
        spec.hostNetwork(),
        spec.nodeName().isEmpty() ? NODE : spec.nodeName(),
        spec.readinessGates(),
        spec.initContainers(),
        spec.containers(),
        spec.ephemeralContainers(),
        spec.resources(),
        spec.overhead(),
        spec.priority(),
        spec.priorityClassName());
  }

  private Result run() {
    schedule();
    long end = end();
    while (driver.nextTime() <= end) {
      driver.runNext();
      end = Math.max(end(), driver.now());
    }
    driver.runUntil(end);
    boolean safety = end >= options.horizon() && !(options.until() instanceof Until.Time);
    String why = safety ? "the horizon of " + Clock.text(end) : "";
    Outcome outcome = outcome();
    return new Result(recorder.finish(why), outcome);
  }

  private void schedule() {
    for (Failure failure : options.failures()) {
      int c = shape.ordinal(failure.container());
      if (c >= 0) {
        driver.at(failure.at(), () -> fail(failure, c));
      }
    }
    for (ImageChange change : options.imageChanges()) {
      int c = shape.ordinal(change.container());
      if (c >= 0) {
        driver.at(change.at(), () -> setImage(change, c));
      }
    }
    if (deleteAt >= 0) {
      driver.at(deleteAt, this::delete);
    }
    if (script.evictAfter() >= 0) {
      driver.at(script.evictAfter(), this::evict);
    }
  }

  private void fail(Failure failure, int c) {
    recorder.action(c, "fail", failure.text());
    boolean ran =
        failure.oom()
            ? runtime.killForMemory(c, driver.now(), host.answers())
            : runtime.end(c, failure.exitCode(), failure.reason(), driver.now(), host.answers());
    if (!ran) {
      recorder.action(c, "fail", "without effect: the container does not run");
    }
  }

  private void setImage(ImageChange change, int c) {
    recorder.action(c, "set-image", change.image());
    PodSpec spec = host.state().apiShape.spec;
    ObjectMeta meta = host.state().apiMeta;
    host.change(meta.withGeneration(meta.generation() + 1), PodShape.of(withImage(spec, change)));
  }

  private static PodSpec withImage(PodSpec spec, ImageChange change) {
    return new PodSpec(
        spec.restartPolicy(),
        spec.terminationGracePeriodSeconds(),
        spec.activeDeadlineSeconds(),
        spec.hostNetwork(),
        spec.nodeName(),
        spec.readinessGates(),
        withImage(spec.initContainers(), change),
        withImage(spec.containers(), change),
        withImage(spec.ephemeralContainers(), change),
        spec.resources(),
        spec.overhead(),
        spec.priority(),
        spec.priorityClassName());
  }

  private static List<ContainerSpec> withImage(List<ContainerSpec> specs, ImageChange change) {
    return specs.stream()
        .map(c -> c.name().equals(change.container()) ? c.withImage(change.image()) : c)
        .toList();
  }

  private void delete() {
    Long grace = options.graceSeconds();
    Long effective = grace == null ? shape.spec.terminationGracePeriodSeconds() : grace;
    recorder.action(-1, "delete", effective == null ? "" : "grace " + effective + "s");
    host.delete(grace, driver.now());
  }

  private void evict() {
    recorder.action(-1, "evict", "by the node");
    host.toPod(
        new PodEvent.TerminateRequested(
            EVICTION_GRACE, new TerminationRequest("Evicted", EVICTED, EVICTED, false, true)));
  }

  // When it ends.

  private long end() {
    return Math.min(
        options.until() instanceof Until.Time ? Long.MAX_VALUE : options.horizon(),
        switch (options.until()) {
          case Until.Time(long nanos) -> nanos;
          case Until.Ready _ -> recorder.readyAt() >= 0 ? recorder.readyAt() : over();
          case Until.Done _ -> over();
          case Until.Usual _ -> usual();
        });
  }

  /** The pod's end; never, if nothing ends it. */
  private long over() {
    if (recorder.removed()) {
      return driver.now();
    }
    return recorder.endedAt() >= 0 && deleteAt < 0 ? recorder.endedAt() : Long.MAX_VALUE;
  }

  private long usual() {
    long over = over();
    boolean waits = ofJob || deleteAt >= 0 || script.evictAfter() >= 0;
    long up = shape.spec.readinessGates().isEmpty() ? recorder.readyAt() : upAt();
    if (over != Long.MAX_VALUE || waits || up < 0) {
      return over;
    }
    long last = up;
    for (Failure failure : options.failures()) {
      last = Math.max(last, shape.ordinal(failure.container()) < 0 ? 0 : failure.at());
    }
    for (ImageChange change : options.imageChanges()) {
      last = Math.max(last, shape.ordinal(change.container()) < 0 ? 0 : change.at());
    }
    return last + AFTER_READY;
  }

  /** Nobody sets the readiness gates here: the containers being ready is all there will be. */
  private long upAt() {
    return recorder.readyAt() >= 0 ? recorder.readyAt() : recorder.containersReadyAt();
  }

  // What came of it.

  private Outcome outcome() {
    PodStatus status = recorder.status();
    PodPhase phase = status.phase();
    boolean ended = recorder.endedAt() >= 0;
    if (recorder.readyAt() >= 0 && !ofJob && (!ended || deleteAt >= 0)) {
      return new Outcome(Outcome.Kind.READY, recorder.readyAt(), afterReady(status));
    }
    if (deletedFirst()) {
      return new Outcome(open(), driver.now(), "deleted at " + Clock.text(deleteAt));
    }
    if (ended && phase == PodPhase.SUCCEEDED) {
      return new Outcome(Outcome.Kind.COMPLETED, recorder.endedAt(), "");
    }
    if (ended) {
      String reason = status.reason().isEmpty() ? failed(status) : status.reason();
      return new Outcome(Outcome.Kind.FAILED, recorder.endedAt(), reason);
    }
    return new Outcome(open(), driver.now(), whyNot(status));
  }

  private Outcome.Kind open() {
    return ofJob ? Outcome.Kind.NOT_COMPLETED : Outcome.Kind.NOT_READY;
  }

  /** The deletion came before what the pod was there for. */
  private boolean deletedFirst() {
    boolean deleted = deleteAt >= 0 && deleteAt <= driver.now();
    return deleted && (recorder.endedAt() < 0 || recorder.endedAt() >= deleteAt);
  }

  /** What is to be said of a pod that was Ready once. */
  private String afterReady(PodStatus status) {
    if (recorder.removed()) {
      return "gone at " + Clock.text(driver.now());
    }
    boolean up = StatusChanges.containers(status).allMatch(c -> c.ready() || initDone(c));
    return up ? "" : "no longer: " + String.join("; ", troubles(status));
  }

  private static boolean initDone(ContainerStatus c) {
    return c.state() instanceof ContainerState.Terminated t && t.exitCode() == 0;
  }

  private static String failed(PodStatus status) {
    List<String> failed = new ArrayList<>();
    StatusChanges.containers(status)
        .forEach(c -> {
          if (c.state() instanceof ContainerState.Terminated t && t.exitCode() != 0) {
            failed.add(c.name() + ": " + t.reason() + " (exit code " + t.exitCode() + ")");
          }
        });
    return String.join("; ", failed);
  }

  private String whyNot(PodStatus status) {
    if (recorder.containersReadyAt() >= 0 && !shape.spec.readinessGates().isEmpty()) {
      return "its containers are, but nothing sets the readiness gates "
          + String.join(", ", shape.spec.readinessGates());
    }
    return String.join("; ", troubles(status));
  }

  /** The containers that hold the pod up; those that only wait for them are left out. */
  private static List<String> troubles(PodStatus status) {
    List<String> troubles = new ArrayList<>();
    StatusChanges.containers(status).forEach(c -> trouble(c, troubles));
    return troubles;
  }

  private static void trouble(ContainerStatus c, List<String> troubles) {
    switch (c.state()) {
      case ContainerState.Waiting(String reason, _) -> {
        if (!reason.equals("PodInitializing")) {
          troubles.add(c.name() + ": " + reason + lastExit(c));
        }
      }
      case ContainerState.Running _ -> {
        if (!c.ready()) {
          boolean started = c.started() != null && c.started();
          troubles.add(c.name() + ": " + (started ? "running, not ready" : "not started yet"));
        }
      }
      case ContainerState.Terminated t -> {
        if (t.exitCode() != 0) {
          String restarts = c.restartCount() == 0 ? "" : ", " + c.restartCount() + " restarts";
          troubles.add(
              c.name() + ": " + t.reason() + " (exit code " + t.exitCode() + restarts + ")");
        }
      }
      case ContainerState.None _ -> {}
    }
  }

  private static String lastExit(ContainerStatus c) {
    return c.lastState() instanceof ContainerState.Terminated t
        ? " (last exit code " + t.exitCode() + ", " + c.restartCount() + " restarts)"
        : "";
  }
}

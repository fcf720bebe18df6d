package dev.slipway.engine.lifecycle;

import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.ContainerSlot;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.PodActions;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.PodState.Worker;
import dev.slipway.engine.state.ProbeResult;
import dev.slipway.engine.state.RecordState;
import dev.slipway.engine.state.Sandbox;
import dev.slipway.engine.status.ContainerIds;
import dev.slipway.engine.status.StatusManager;
import dev.slipway.engine.why.Cause;
import dev.slipway.engine.why.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The pod worker: which event causes a pass, what a pass does, how a pod ends (rules L-020 to
 * L-024, L-420 to L-428; pod_workers.go and kubelet.go SyncPod, SyncTerminatingPod,
 * SyncTerminatedPod, 1.37.2).
 *
 * <table>
 * <caption>Worker, cause, next worker</caption>
 * <tr><td>SYNCING</td><td>deletion, removal, request of the node, terminal phase (L-420)</td><td>TERMINATING</td></tr>
 * <tr><td>TERMINATING</td><td>all containers and the sandbox stopped (L-423)</td><td>TERMINATED</td></tr>
 * <tr><td>TERMINATED</td><td>at once: final status written (L-428)</td><td>FINISHED</td></tr>
 * </table>
 *
 * <p>One instance serves all pods of a thread; what it knows of a pod is in {@link PodState}.
 */
public final class PodLifecycle {
  static final long RESYNC = 60 * Times.SECOND;
  static final long RETRY = 10 * Times.SECOND;

  /** Shortest time the node waits for a pod it wants gone before it says so. */
  private static final long KILL_LIMIT = 10 * Times.SECOND;

  private final Profile profile;
  private final StatusManager status;
  private final PodActionsPlanner planner;
  private final PassRunner runner;
  private PodActions spare = new PodActions();

  public PodLifecycle(Profile profile) {
    this.profile = profile;
    this.status = new StatusManager(profile);
    this.planner = new PodActionsPlanner(profile);
    this.runner = new PassRunner(profile, status);
  }

  /** Takes one event at {@code now}; what the pod wants done goes to {@code out}. */
  public void step(PodState pod, PodEvent event, long now, PodSink out) {
    if (pod.worker == Worker.FINISHED && !concernsFinished(event)) {
      return;
    }
    if (now > pod.noticedAt) {
      raiseNoticed(pod);
    }
    take(pod, event, now, out);
    if (pod.actions != null && runner.advance(pod, now, out)) {
      passOver(pod, now, out);
    }
    if (pod.reconcileReady) {
      pod.reconcileReady = false;
      notice(pod, now);
    }
    if (!pod.waking && hasWork(pod)) {
      pod.waking = true;
      out.wakeSoon();
    }
  }

  private static boolean concernsFinished(PodEvent event) {
    return switch (event) {
      case PodEvent.ProbeResultChanged _, PodEvent.TerminateRequested _ -> true;
      case PodEvent.DeadlineReached e -> e.id() == PodSink.KILL_LIMIT;
      default -> false;
    };
  }

  private static boolean hasWork(PodState pod) {
    return pod.worker == Worker.SYNCING
        && pod.actions == null
        && !pod.awaitsListing
        && (pod.terminationWanted || pod.passScheduled || pod.noticed > 0);
  }

  /** Begins the next pass, or the termination. */
  private void woken(PodState pod, long now, PodSink out) {
    pod.waking = false;
    if (!hasWork(pod)) {
      return;
    }
    takeObject(pod);
    if (pod.terminationWanted) {
      if (!knownToRuntime(pod) && pod.passEnded >= Times.truncateToSecond(now)) {
        pod.awaitsListing = true;
        out.armDeadline(PodSink.RELIST, 0, nextRelist(now));
      } else {
        beginTermination(pod, now, out);
      }
      return;
    }
    if (!pod.passScheduled) {
      raiseNoticed(pod);
    }
    pod.passScheduled = false;
    boolean pending = pod.passPending;
    pod.passPending = false;
    pass(pod, now, out);
    if (pending) {
      request(pod);
    }
    // What the runtime reported at this instant is seen a moment later than what was asked for
    // before.
    raiseNoticed(pod);
  }

  /**
   * Asks for a pass: at once if the worker is idle, else one more after the one that is scheduled
   * or in progress.
   */
  static void request(PodState pod) {
    if (pod.passScheduled || pod.actions != null) {
      pod.passPending = true;
    } else {
      pod.passScheduled = true;
    }
  }

  /** The runtime reported a change. */
  private static void notice(PodState pod, long now) {
    pod.noticed++;
    pod.noticedAt = now;
  }

  private static void raiseNoticed(PodState pod) {
    for (; pod.noticed > 0; pod.noticed--) {
      request(pod);
    }
  }

  private void take(PodState pod, PodEvent event, long now, PodSink out) {
    switch (event) {
      case PodEvent.Woken _ -> woken(pod, now, out);
      case PodEvent.Added _ -> added(pod, out);
      case PodEvent.Changed e -> changed(pod, e);
      case PodEvent.DeleteRequested e -> {
        pod.apiMeta = e.meta();
        terminate(pod, -1, Cause.DELETED, out);
      }
      case PodEvent.Removed _ -> terminate(pod, -1, Cause.REMOVED_FROM_SOURCE, out);
      case PodEvent.TerminateRequested e -> terminateRequested(pod, e, now, out);
      case PodEvent.ForeignCondition e -> foreignCondition(pod, e.condition());
      case PodEvent.SandboxReady e -> sandboxReady(pod, e, now, out);
      case PodEvent.SandboxFailed e -> runner.sandboxFailed(pod, e.message(), out);
      case PodEvent.SandboxStopped e -> sandboxStopped(pod, e.attempt(), now);
      case PodEvent.SandboxLost e -> sandboxLost(pod, e.attempt(), now);
      case PodEvent.ImageInspected e -> runner.inspected(pod, e.container(), e.present(), now, out);
      case PodEvent.ImagePulled e -> runner.pulled(pod, e.container(), now, out);
      case PodEvent.ImagePullFailed e -> runner.pullFailed(pod, e, now, out);
      case PodEvent.ContainerCreated e -> runner.created(pod, e.container(), e.recordId());
      case PodEvent.ContainerStarted e -> started(pod, e, now);
      case PodEvent.StartDone e -> runner.startDone(pod, e, now, out);
      case PodEvent.ContainerExited e -> exited(pod, e, now);
      case PodEvent.StopDone e -> runner.stopDone(pod, e.container(), now, out);
      case PodEvent.ProbeResultChanged e -> probeResult(pod, e, now, out);
      case PodEvent.WorkerEnded e -> pod.slots[e.container()].worker(e.type(), false);
      case PodEvent.DeadlineReached e -> deadline(pod, e, now, out);
    }
  }

  // Events.

  private void added(PodState pod, PodSink out) {
    StatusManager.armActiveDeadline(pod, out);
    request(pod);
    if (pod.meta.deleting() || (pod.apiPhase != null && pod.apiPhase.terminal())) {
      terminate(pod, -1, Cause.ADDED_AT_ITS_END, out);
    }
  }

  private static void changed(PodState pod, PodEvent.Changed event) {
    pod.apiMeta = event.meta();
    pod.apiShape = event.shape();
    request(pod);
  }

  /** The worker takes the pod object as the API has it now. */
  private static void takeObject(PodState pod) {
    pod.meta = pod.apiMeta;
    PodShape shape = pod.apiShape;
    if (shape.count != pod.shape.count) {
      int had = pod.slots.length;
      pod.slots = Arrays.copyOf(pod.slots, shape.count);
      for (int c = had; c < shape.count; c++) {
        pod.slots[c] = new ContainerSlot();
      }
    }
    pod.shape = shape;
  }

  private void cutProbes(PodState pod, PodSink out) {
    if (profile.probesCutAtTermination() && !pod.probesCut) {
      pod.probesCut = true;
      for (int c = 0; c < pod.shape.ephemeralStart; c++) {
        if (pod.slots[c].workers != 0) {
          out.cutProbes(c);
        }
      }
    }
  }

  /** Rules L-420, L-421. */
  private void terminate(PodState pod, long override, Cause cause, PodSink out) {
    pod.grace = GraceRules.effective(pod, pod.grace, override);
    if (pod.worker == Worker.SYNCING) {
      if (!pod.terminationWanted) {
        out.because(Subject.TERMINATION, -1, cause, -1, pod.grace);
      }
      pod.graceSet = true;
      pod.terminationWanted = true;
      cutProbes(pod, out);
    }
  }

  private void foreignCondition(PodState pod, PodCondition condition) {
    List<PodCondition> conditions = new ArrayList<>(pod.foreign);
    conditions.removeIf(c -> c.type().equals(condition.type()));
    conditions.add(condition);
    pod.foreign = List.copyOf(conditions);
    if (pod.cached && status.gatesChangeReady(pod)) {
      request(pod);
    }
  }

  private void sandboxReady(PodState pod, PodEvent.SandboxReady event, long now, PodSink out) {
    Sandbox made = new Sandbox(event.attempt(), true, event.ip(), pod.shape.spec.hostNetwork());
    made.older = pod.sandbox;
    pod.sandbox = made;
    notice(pod, now);
    status.sandboxReady(pod, now, out);
    runner.sandboxMade(pod, now, out);
  }

  private void sandboxStopped(PodState pod, int attempt, long now) {
    sandboxLost(pod, attempt, now);
    runner.sandboxStopped(pod);
  }

  private static void sandboxLost(PodState pod, int attempt, long now) {
    for (Sandbox s = pod.sandbox; s != null; s = s.older) {
      if (s.attempt == attempt && s.ready) {
        s.ready = false;
        notice(pod, now);
        if (pod.request != null && pod.request.evicts()) {
          dropAllExited(pod);
        }
      }
    }
  }

  private static void started(PodState pod, PodEvent.ContainerStarted event, long now) {
    ContainerRecord record = pod.slots[event.container()].record(event.recordId());
    if (record != null && record.state == RecordState.CREATED) {
      record.started(event.at());
      notice(pod, now);
    }
  }

  private static void exited(PodState pod, PodEvent.ContainerExited event, long now) {
    ContainerSlot slot = pod.slots[event.container()];
    ContainerRecord record = slot.record(event.recordId());
    if (record == null || record.state == RecordState.EXITED) {
      return;
    }
    record.exited(
        event.exitCode(),
        event.reason(),
        event.message(),
        event.at(),
        ContainerIds.text(pod, record.id));
    if (pod.request != null && pod.request.evicts()) {
      dropAllExited(pod);
    } else {
      pod.deadRecords = true;
      if (pod.actions != null) {
        dropDead(pod);
      }
    }
    notice(pod, now);
  }

  /**
   * Of a pod the node itself wants gone no dead record is kept (pod_workers.go
   * ShouldPodContentBeRemoved).
   */
  private static void dropAllExited(PodState pod) {
    for (ContainerSlot slot : pod.slots) {
      while (slot.newest != null && slot.newest.state == RecordState.EXITED) {
        slot.newest = slot.newest.older;
      }
    }
  }

  /** The kubelet keeps one dead record beside the newest (pod_container_deletor.go; rule L-018). */
  private static void dropDead(PodState pod) {
    pod.deadRecords = false;
    for (ContainerSlot slot : pod.slots) {
      ContainerRecord newest = slot.newest;
      if (newest != null
          && newest.state == RecordState.EXITED
          && newest.older != null
          && newest.older.state == RecordState.EXITED) {
        newest.older = newest.older.older;
      }
    }
  }

  /** Rules L-234, P-050 to P-054. */
  private void probeResult(PodState pod, PodEvent.ProbeResultChanged event, long now, PodSink out) {
    int c = event.container();
    ContainerRecord record = pod.slots[c].record(event.recordId());
    if (record != null) {
      record.result(event.type(), event.result());
    }
    if (event.result() == ProbeResult.NONE) {
      return;
    }
    boolean success = event.result() == ProbeResult.SUCCESS;
    switch (event.type()) {
      case READINESS -> {
        status.setReadiness(pod, c, event.recordId(), success, now, out);
        probeRequest(pod, c, now, out);
      }
      case STARTUP -> {
        status.setStartup(pod, c, event.recordId(), success, out);
        // Of a container that does not run, Failure follows in the same breath: one pass serves
        // both.
        if (event.result() != ProbeResult.UNKNOWN
            || pod.slots[c].status.state instanceof ContainerState.Running) {
          probeRequest(pod, c, now, out);
        }
      }
      case LIVENESS -> {
        if (event.result() == ProbeResult.FAILURE) {
          probeRequest(pod, c, now, out);
        }
      }
    }
  }

  /**
   * A probe result asks for a pass: at once, or, inside the idle loop over finished containers,
   * with its next one.
   */
  private static void probeRequest(PodState pod, int c, long now, PodSink out) {
    boolean idle = pod.slots[c].workersReturned && endedForGood(pod.slots[c]);
    if (pod.loopDue != Times.NONE || (idle && pod.loopWanted)) {
      return;
    }
    if (!idle) {
      request(pod);
    } else if (!pod.loopPaired) {
      pod.loopPaired = true;
      request(pod);
    } else if (pod.actions != null) {
      pod.loopWanted = true;
    } else {
      loop(pod, now, out);
    }
  }

  private static void loop(PodState pod, long now, PodSink out) {
    if (pod.loopDue == Times.NONE && pod.worker == Worker.SYNCING) {
      pod.loopDue = now + Times.SECOND;
      out.armDeadline(PodSink.IDLE_LOOP, ++pod.loopGeneration, pod.loopDue);
    }
  }

  private void deadline(PodState pod, PodEvent.DeadlineReached event, long now, PodSink out) {
    switch (event.id()) {
      case PodSink.REQUEUE -> {
        if (event.generation() == pod.requeueGeneration) {
          request(pod);
        }
      }
      case PodSink.ACTIVE_DEADLINE -> {
        if (event.generation() == pod.deadlineGeneration) {
          request(pod);
        }
      }
      case PodSink.RELIST -> relisted(pod, now, out);
      case PodSink.IDLE_LOOP -> {
        if (event.generation() == pod.loopGeneration) {
          pod.loopDue = Times.NONE;
          pod.loopPaired = false;
          pod.awaitsListing = false;
          request(pod);
        }
      }
      case PodSink.KILL_LIMIT -> {
        if (event.generation() == pod.killGeneration) {
          out.because(Subject.EVENT, -1, Cause.KILL_LIMIT, -1, 0);
          out.recordEvent(
              "Warning",
              "ExceededGracePeriod",
              -1,
              "Container runtime did not kill the pod within specified grace period.");
        }
      }
      default -> throw new IllegalArgumentException("unknown deadline: " + event.id());
    }
  }

  /** Rules L-452 to L-454 (pod_workers.go killPodNow, 1.37.2). */
  private void terminateRequested(
      PodState pod, PodEvent.TerminateRequested event, long now, PodSink out) {
    if (event.request().evicts()) {
      out.because(Subject.EVENT, -1, Cause.EVICTION, -1, 0);
      out.recordEvent("Warning", event.request().reason(), -1, event.request().message());
    }
    Long own = pod.apiShape.spec.terminationGracePeriodSeconds();
    long grace = event.graceSeconds() >= 0 ? event.graceSeconds() : own == null ? 0 : own;
    long limit = Math.max(KILL_LIMIT, (grace + grace / 2) * Times.SECOND);
    out.armDeadline(PodSink.KILL_LIMIT, ++pod.killGeneration, now + limit);
    if (pod.request == null && pod.worker == Worker.SYNCING) {
      pod.request = event.request();
    }
    terminate(
        pod,
        event.graceSeconds(),
        event.request().evicts() ? Cause.EVICTION : Cause.END_REQUESTED,
        out);
  }

  // Passes.

  /** One pass (rule L-023). */
  private void pass(PodState pod, long now, PodSink out) {
    PodPhase phase = status.compute(pod, false, null, now, out);
    if (pod.deadRecords) {
      dropDead(pod);
    }
    if (phase.terminal()) {
      boolean success = phase == PodPhase.SUCCEEDED;
      Cause cause = success ? Cause.PHASE_IS_SUCCEEDED : Cause.PHASE_IS_FAILED;
      out.because(Subject.TERMINATION, -1, cause, -1, 0);
      pod.graceSet = false;
      pod.terminationWanted = true;
      // A change of the runtime that is still to be noticed brings the listing the termination
      // waits for.
      pod.awaitsListing = pod.loopDue != Times.NONE && pod.noticed == 0;
      return;
    }
    ensureProbes(pod, out);
    PodActions actions = spare;
    planner.plan(pod, pod.isTrue(OwnedCondition.ALL_RESTARTING), actions);
    if (actions.isEmpty()) {
      passEnded(pod, actions, now, out);
      return;
    }
    spare = new PodActions();
    pod.actions = actions;
    runner.begin(pod, now, out);
    if (runner.advance(pod, now, out)) {
      passOver(pod, now, out);
    }
  }

  /** Rules P-011 to P-013, P-019. */
  private void ensureProbes(PodState pod, PodSink out) {
    PodShape shape = pod.shape;
    for (int c = shape.appStart; c < shape.ephemeralStart; c++) {
      ensureProbes(pod, c, out);
    }
    for (int c = 0; c < shape.appStart; c++) {
      if (shape.isSidecar(c)) {
        ensureProbes(pod, c, out);
      }
    }
  }

  private void ensureProbes(PodState pod, int c, PodSink out) {
    ContainerSlot slot = pod.slots[c];
    boolean missing = false;
    for (ProbeType type : PROBE_TYPES) {
      if (pod.shape.container(c).probe(type) == null) {
        continue;
      }
      if (slot.hasWorker(type)) {
        break;
      }
      if (endedForGood(slot)) {
        if (!profile.finishedWorkersReturn()) {
          return;
        }
        slot.workersReturned = true;
      } else {
        slot.workersReturned = false;
      }
      slot.worker(type, true);
      missing = true;
    }
    if (missing) {
      out.ensureProbes(c, pod.meta.deleting());
    }
  }

  private static final ProbeType[] PROBE_TYPES = ProbeType.values();

  private static boolean endedForGood(ContainerSlot slot) {
    return PodSink.Observation.present(slot.told)
        && PodSink.Observation.state(slot.told) == PodSink.Observation.TERMINATED
        && !PodSink.Observation.goesOn(slot.told);
  }

  /** The runner has nothing more to do: a pass is over, or a termination. */
  private void passOver(PodState pod, long now, PodSink out) {
    PodActions actions = pod.actions;
    if (pod.worker == Worker.TERMINATING) {
      pod.actions = null;
      if (knownToRuntime(pod)) {
        finish(pod, now, out);
      } else {
        out.armDeadline(PodSink.RELIST, 0, nextRelist(now));
      }
    } else if (actions != null) {
      pod.actions = null;
      passEnded(pod, actions, now, out);
    }
  }

  /** Rule L-021: when the next pass comes if nothing happens before. */
  private static void passEnded(PodState pod, PodActions actions, long now, PodSink out) {
    pod.passEnded = now;
    if (pod.passPending) {
      pod.passPending = false;
      pod.passScheduled = true;
    }
    if (pod.loopWanted) {
      pod.loopWanted = false;
      loop(pod, now, out);
    }
    long at = now + RESYNC;
    if (actions.failed) {
      at = actions.backOffEnd == Times.NONE ? now + RETRY : Math.min(at, actions.backOffEnd);
    }
    if (!hasWork(pod)) {
      out.armDeadline(PodSink.REQUEUE, ++pod.requeueGeneration, at);
    }
  }

  // Termination.

  /** The listing that a step of the termination waited for. */
  private void relisted(PodState pod, long now, PodSink out) {
    if (pod.worker == Worker.SYNCING) {
      pod.awaitsListing = false;
      takeObject(pod);
      beginTermination(pod, now, out);
    } else {
      finish(pod, now, out);
    }
  }

  private static boolean knownToRuntime(PodState pod) {
    if (pod.sandbox != null) {
      return true;
    }
    for (ContainerSlot slot : pod.slots) {
      if (slot.newest != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * What the kubelet knows of a pod that is not in the runtime is as old as its last listing of the
   * whole runtime, made at each whole second; the last step of a termination waits for a listing
   * younger than the step before (GetNewerThan, 1.37.2).
   */
  private static long nextRelist(long now) {
    return Times.truncateToSecond(now) + Times.SECOND;
  }

  /** Rule L-423, up to the stop of all containers. */
  private void beginTermination(PodState pod, long now, PodSink out) {
    pod.terminationWanted = false;
    pod.worker = Worker.TERMINATING;
    pod.requeueGeneration++;
    pod.deadlineGeneration++;
    out.cancelDeadline(PodSink.REQUEUE);
    if (pod.shape.spec.activeDeadlineSeconds() != null) {
      out.cancelDeadline(PodSink.ACTIVE_DEADLINE);
    }
    cutProbes(pod, out);
    status.compute(pod, false, pod.request, now, out);
    for (int c = pod.shape.appStart; c < pod.shape.ephemeralStart; c++) {
      if (pod.slots[c].workers != 0) {
        out.stopLivenessAndStartup(c);
      }
    }
    pod.actions = spare;
    spare = new PodActions();
    runner.beginTermination(pod, pod.graceSet ? pod.grace : -1, out);
    if (runner.advance(pod, now, out)) {
      passOver(pod, now, out);
    }
  }

  /** The rest of L-423, and L-428. */
  private void finish(PodState pod, long now, PodSink out) {
    takeObject(pod);
    for (int c = 0; c < pod.shape.ephemeralStart; c++) {
      if (pod.slots[c].workers != 0) {
        out.removeProbes(c);
      }
    }
    pod.objectInitialized = StatusManager.hadInitialized(pod);
    status.compute(pod, true, null, now, out);
    pod.worker = Worker.TERMINATED;
    status.compute(pod, true, null, now, out);
    status.terminated(pod, now, out);
    pod.worker = Worker.FINISHED;
    pod.killGeneration++;
    if (pod.meta.deleting()) {
      out.because(Subject.DELETION, -1, Cause.OBJECT_REMOVED, -1, 0);
      out.removeApiObject();
    }
  }
}

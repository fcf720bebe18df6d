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
import dev.slipway.engine.state.Listing;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.PodActions;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.PodState.Worker;
import dev.slipway.engine.state.PodTransition;
import dev.slipway.engine.state.ProbeResult;
import dev.slipway.engine.status.StatusManager;
import dev.slipway.engine.why.Cause;
import dev.slipway.engine.why.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pod worker: which event causes a pass, what a pass does, how a pod ends (rules L-020 to
 * L-024, L-420 to L-428; pod_workers.go and kubelet.go SyncPod, SyncTerminatingPod,
 * SyncTerminatedPod, 1.37.2).
 *
 * <p>States of the worker and what leads from one to the next: {@link PodTransition}.
 *
 * <p>One instance serves all pods of a thread; what it knows of a pod is in {@link PodState}.
 */
public final class PodLifecycle {
  static final long RESYNC = 60 * Times.SECOND;
  static final long RETRY = 10 * Times.SECOND;

  /** Rule L-427, in seconds. */
  private static final long ORPHAN_GRACE = 1;

  /** Shortest time the node waits for a pod it wants gone before it says so. */
  private static final long KILL_LIMIT = 10 * Times.SECOND;

  private final Profile profile;
  private final StatusManager status;
  private final PodActionsPlanner planner;
  private final PassRunner runner;
  private final RuntimeView view;
  private final ProbeWorkers probes;
  private PodActions spare = new PodActions();

  public PodLifecycle(Profile profile) {
    this.profile = profile;
    this.status = new StatusManager(profile);
    this.planner = new PodActionsPlanner(profile);
    this.runner = new PassRunner(profile, status);
    this.view = new RuntimeView(profile.clock());
    this.probes = new ProbeWorkers(profile);
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
      if (pod.listing == null) {
        RuntimeView.notice(pod, now);
      } else {
        request(pod);
      }
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

  /** Takes up what is wanted: the next pass, or the termination. */
  private void woken(PodState pod, long now, PodSink out) {
    pod.waking = false;
    if (!hasWork(pod)) {
      return;
    }
    Listing listing = pod.listing;
    takeObject(pod);
    if (listing != null) {
      raiseNoticed(pod);
      listing.terminates = pod.terminationWanted;
      pod.passScheduled = false;
      boolean fresh = view.fresh(pod, now);
      if (listing.granted) {
        view.granted(listing, now, out);
      }
      if (fresh) {
        begin(pod, listing, now, out);
      } else {
        view.await(pod, now, out);
      }
      return;
    }
    if (pod.terminationWanted) {
      if (!profile.listsUnknownPods()
          && !knownToRuntime(pod)
          && pod.passEnded >= Times.truncateToSecond(now)) {
        view.await(pod, now, out);
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

  private void begin(PodState pod, Listing listing, long now, PodSink out) {
    if (listing.terminates) {
      beginTermination(pod, now, out);
    } else {
      pass(pod, now, out);
    }
  }

  /**
   * Asks for a pass: at once if the worker is idle, else one more after the one that is scheduled
   * or in progress.
   */
  static void request(PodState pod) {
    if (pod.passScheduled || pod.actions != null || pod.awaitsListing) {
      pod.passPending = true;
    } else {
      pod.passScheduled = true;
    }
  }

  private static void raiseNoticed(PodState pod) {
    for (; pod.noticed > 0; pod.noticed--) {
      request(pod);
    }
  }

  private void take(PodState pod, PodEvent event, long now, PodSink out) {
    switch (event) {
      case PodEvent.Woken _ -> woken(pod, now, out);
      case PodEvent.Added _ -> added(pod, now, out);
      case PodEvent.Changed e -> ResizeRequests.changed(pod, e, now, out);
      case PodEvent.ResizeAnswered e -> ResizeRequests.answered(pod, e.answer(), now, out);
      case PodEvent.MemoryMeasured e -> runner.memoryMeasured(pod, e, out);
      case PodEvent.ResourcesUpdated e -> runner.resourcesUpdated(pod, e, out);
      case PodEvent.DeleteRequested e -> {
        pod.apiMeta = e.meta();
        terminate(pod, -1, Cause.DELETED, now, out);
      }
      case PodEvent.Removed _ -> terminate(pod, -1, Cause.REMOVED_FROM_SOURCE, now, out);
      case PodEvent.TerminateRequested e -> terminateRequested(pod, e, now, out);
      case PodEvent.Rejected e -> reject(pod, e.reason(), e.message(), now, out);
      case PodEvent.Orphaned _ -> {
        pod.orphan = true;
        terminate(pod, ORPHAN_GRACE, Cause.ORPHANED, now, out);
      }
      case PodEvent.ForeignCondition e -> foreignCondition(pod, e.condition());
      case PodEvent.SandboxReady e -> sandboxReady(pod, e, now, out);
      case PodEvent.SandboxFailed e -> runner.sandboxFailed(pod, e.message(), out);
      case PodEvent.SandboxStopped e -> {
        view.happened(pod, e, now, out);
        runner.sandboxStopped(pod);
      }
      case PodEvent.SandboxLost e -> view.happened(pod, e, now, out);
      case PodEvent.ImageInspected e -> runner.inspected(pod, e.container(), e.present(), now, out);
      case PodEvent.ImagePulled e -> runner.pulled(pod, e.container(), now, out);
      case PodEvent.ImagePullFailed e -> runner.pullFailed(pod, e, now, out);
      case PodEvent.ContainerCreated e -> runner.created(pod, e.container(), e.recordId(), out);
      case PodEvent.ContainerStarted e -> view.happened(pod, e, now, out);
      case PodEvent.StartDone e -> runner.startDone(pod, e, now, out);
      case PodEvent.ContainerExited e -> view.happened(pod, e, now, out);
      case PodEvent.ContainerUnknown e -> view.happened(pod, e, now, out);
      case PodEvent.ContainerGone e -> view.happened(pod, e, now, out);
      case PodEvent.StopDone e -> runner.stopDone(pod, e.container(), now, out);
      case PodEvent.StopFailed _ -> runner.stopFailed(pod);
      case PodEvent.ProbeResultChanged e -> probeResult(pod, e, now, out);
      case PodEvent.WorkerEnded e -> pod.slots[e.container()].worker(e.type(), false);
      case PodEvent.DeadlineReached e -> deadline(pod, e, now, out);
    }
  }

  // Events.

  private void added(PodState pod, long now, PodSink out) {
    String refusal = Admission.refusal(profile, pod.shape);
    if (refusal != null) {
      reject(pod, Admission.SIDECAR_FORBIDDEN, refusal, now, out);
      return;
    }
    if (profile.clock().delays()) {
      pod.listing = new Listing(false);
    }
    status.armActiveDeadline(pod, out);
    request(pod);
    if (pod.meta.deleting() || (pod.apiPhase != null && pod.apiPhase.terminal())) {
      terminate(pod, -1, Cause.ADDED_AT_ITS_END, now, out);
    }
  }

  /** Rule L-455 (kubelet.go rejectPod): no worker is made, nothing but the status is said. */
  private void reject(PodState pod, String reason, String message, long now, PodSink out) {
    move(pod, PodTransition.REJECTED, out);
    out.recordEvent("Warning", reason, -1, message);
    status.reject(pod, reason, message, now, out);
    if (pod.meta.deleting()) {
      out.removeApiObject();
    }
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

  /** Rules L-420, L-421. */
  private void terminate(PodState pod, long override, Cause cause, long now, PodSink out) {
    noteObject(pod);
    long before = pod.grace;
    pod.grace = GraceRules.effective(pod, before, override);
    if (pod.worker == Worker.TERMINATING && before != 0 && pod.grace != before) {
      probes.cut(pod, out);
    }
    if (pod.worker == Worker.TERMINATING && pod.grace != before && profile.shorterGraceAtOnce()) {
      runner.shortenStops(pod, stopsEnd(pod, now), out);
    }
    if (pod.worker == Worker.SYNCING) {
      if (!pod.terminationWanted) {
        out.because(Subject.TERMINATION, -1, cause, -1, pod.grace);
      }
      pod.graceSet = true;
      pod.terminationWanted = true;
      probes.cut(pod, out);
    }
  }

  /** Rule L-425, {@code honour}: when the stops in progress have to be over. */
  private static long stopsEnd(PodState pod, long now) {
    long end = now + pod.grace * Times.SECOND;
    long deletion = pod.apiMeta.deletionTimestamp();
    return deletion == Times.NONE ? end : Math.min(end, deletion);
  }

  /** A write that changes nothing brings no watch event. */
  private void foreignCondition(PodState pod, PodCondition condition) {
    if (pod.foreign.contains(condition)) {
      return;
    }
    List<PodCondition> conditions = new ArrayList<>(pod.foreign);
    conditions.removeIf(c -> c.type().equals(condition.type()));
    conditions.add(condition);
    pod.foreign = List.copyOf(conditions);
    if (pod.cached && status.gatesChangeReady(pod)) {
      request(pod);
    }
  }

  private void sandboxReady(PodState pod, PodEvent.SandboxReady event, long now, PodSink out) {
    view.happened(pod, event, now, out);
    status.sandboxReady(pod, now, out);
    runner.sandboxMade(pod, now, out);
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
    if (!success || event.type() != ProbeType.LIVENESS) {
      noteObject(pod);
    }
    switch (event.type()) {
      case READINESS -> {
        status.setReadiness(pod, c, event.recordId(), success, now, out);
        probeRequest(pod, c);
      }
      case STARTUP -> {
        status.setStartup(pod, c, event.recordId(), success, now, out);
        // Of a container that does not run, Failure follows in the same breath: one pass serves
        // both.
        if (event.result() != ProbeResult.UNKNOWN
            || pod.listing != null
            || pod.slots[c].status().state instanceof ContainerState.Running) {
          probeRequest(pod, c);
        }
      }
      case LIVENESS -> {
        if (event.result() == ProbeResult.FAILURE) {
          probeRequest(pod, c);
        }
      }
    }
  }

  /**
   * A probe result asks for a pass. Where it comes from a worker made anew for a container that has
   * finished for good, every pass asks for another (P-019): from then on the worker waits for
   * listings.
   */
  private static void probeRequest(PodState pod, int c) {
    if (pod.listing == null
        && pod.slots[c].workersReturned
        && ProbeWorkers.endedForGood(pod.slots[c])) {
      pod.listing = new Listing(true);
    }
    request(pod);
  }

  private void deadline(PodState pod, PodEvent.DeadlineReached event, long now, PodSink out) {
    switch (event.id()) {
      case PodSink.REQUEUE -> {
        if (event.generation() == pod.requeueGeneration) {
          requeued(pod, now, out);
        }
      }
      case PodSink.ACTIVE_DEADLINE -> {
        if (event.generation() == pod.deadlineGeneration) {
          request(pod);
        }
      }
      case PodSink.RELIST -> relisted(pod, event.generation(), now, out);
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

  /** Rule L-021; a termination that failed is tried again. */
  private void requeued(PodState pod, long now, PodSink out) {
    if (pod.worker != Worker.TERMINATING) {
      request(pod);
    } else if (view.fresh(pod, now)) {
      beginTermination(pod, now, out);
    } else {
      view.await(pod, now, out);
    }
  }

  private void terminationFailed(PodState pod, long now, PodSink out) {
    pod.passEnded = now;
    requeue(pod, now + RETRY, out);
  }

  private void requeue(PodState pod, long at, PodSink out) {
    long taken = profile.clock().requeue(at);
    if (taken != Times.NONE) {
      out.armDeadline(PodSink.REQUEUE, ++pod.requeueGeneration, taken);
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
      RuntimeView.dropDeadBefore(pod, now);
      pod.evicted = event.request().evicts() && !pod.terminationWanted;
    }
    terminate(
        pod,
        event.graceSeconds(),
        event.request().evicts() ? Cause.EVICTION : Cause.END_REQUESTED,
        now,
        out);
  }

  // Passes.

  /** One pass (rule L-023). */
  private void pass(PodState pod, long now, PodSink out) {
    ResizeRequests.completed(pod, out);
    RuntimeView.dropDeadBefore(pod, now);
    PodPhase phase = status.compute(pod, false, null, now, out);
    if (pod.deadRecords) {
      RuntimeView.dropDead(pod);
    }
    if (phase.terminal()) {
      boolean success = phase == PodPhase.SUCCEEDED;
      Cause cause = success ? Cause.PHASE_IS_SUCCEEDED : Cause.PHASE_IS_FAILED;
      out.because(Subject.TERMINATION, -1, cause, -1, 0);
      pod.graceSet = false;
      pod.terminationWanted = true;
      if (pod.listing != null) {
        pod.passEnded = now;
      }
      return;
    }
    probes.ensure(pod, out);
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

  /** The runner has nothing more to do: a pass is over, or a termination. */
  private void passOver(PodState pod, long now, PodSink out) {
    PodActions actions = pod.actions;
    if (pod.worker == Worker.TERMINATING) {
      pod.actions = null;
      if (actions != null && actions.failed) {
        terminationFailed(pod, now, out);
      } else if (pod.listing != null && !pod.orphan) {
        view.seeAll(pod, pod.listing, now, out);
        move(pod, PodTransition.STOPPED, out);
        stopped(pod, now, out);
        pod.passEnded = now;
        view.await(pod, now, out);
      } else if (knownToRuntime(pod) || profile.listsUnknownPods()) {
        stopped(pod, now, out);
        finish(pod, now, out);
      } else {
        view.await(pod, now, out);
      }
    } else if (actions != null) {
      pod.actions = null;
      passEnded(pod, actions, now, out);
    }
  }

  /** Rule L-021: when the next pass comes if nothing happens before. */
  private void passEnded(PodState pod, PodActions actions, long now, PodSink out) {
    pod.passEnded = now;
    if (pod.passPending) {
      pod.passPending = false;
      pod.passScheduled = true;
    }
    long at = now + RESYNC;
    if (actions.failed) {
      at = actions.backOffEnd == Times.NONE ? now + RETRY : Math.min(at, actions.backOffEnd);
    }
    if (pod.listing != null || !hasWork(pod)) {
      requeue(pod, at, out);
    }
    if (pod.listing != null
        && (pod.listing.onDemand || profile.relistsAfterPass())
        && !actions.failed
        && !actions.didNothing()) {
      relistAlone(pod, pod.listing, now, out);
    }
  }

  /** The kubelet lists the pod as soon as a pass of it has changed something. */
  private void relistAlone(PodState pod, Listing listing, long now, PodSink out) {
    listing.granted = hasWork(pod) && listing.wholeAt != now;
    raise(pod, view.listAlone(pod, listing, now, out));
  }

  /** With the update it takes up a worker gets the pod object as the API has it at that time. */
  private static void noteObject(PodState pod) {
    if (pod.listing != null) {
      pod.objectInitialized = StatusManager.hadInitialized(pod);
    }
  }

  /** The changes one listing found are told one after another, faster than a worker takes up. */
  private static void raise(PodState pod, boolean changed) {
    if (changed) {
      noteObject(pod);
      request(pod);
    }
  }

  // Termination.

  /** The node lists its runtime: what waited for it goes on. */
  private void relisted(PodState pod, int generation, long now, PodSink out) {
    Listing listing = pod.listing;
    if (listing == null) {
      released(pod, null, now, out);
    } else if (listing.generation == generation && view.relists(listing, now, out)) {
      boolean changed = view.list(pod, listing, now, out);
      released(pod, listing, now, out);
      raise(pod, changed);
    }
  }

  private void released(PodState pod, @Nullable Listing listing, long now, PodSink out) {
    if (!pod.awaitsListing) {
      return;
    }
    pod.awaitsListing = false;
    switch (pod.worker) {
      case SYNCING -> {
        if (listing == null) {
          takeObject(pod);
          beginTermination(pod, now, out);
        } else {
          begin(pod, listing, now, out);
        }
      }
      case TERMINATING -> {
        if (listing == null) {
          stopped(pod, now, out);
          finish(pod, now, out);
        } else {
          beginTermination(pod, now, out);
        }
      }
      case TERMINATED -> finish(pod, now, out);
      case FINISHED -> {}
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

  /** The one place where the worker changes. */
  private static void move(PodState pod, PodTransition transition, PodSink out) {
    if (pod.worker != transition.before()) {
      throw new IllegalStateException(
          "cannot take " + transition + " while " + pod.worker + ": pod=" + pod.meta.key());
    }
    pod.worker = transition.after();
    out.moved(transition);
  }

  /** Why the termination begins, or begins again. */
  private static PodTransition cause(PodState pod) {
    if (pod.worker == Worker.TERMINATING) {
      return PodTransition.RETRIED;
    }
    if (pod.orphan) {
      return PodTransition.ORPHANED;
    }
    if (!pod.graceSet) {
      return PodTransition.ENDED;
    }
    if (pod.request != null) {
      return PodTransition.REQUESTED;
    }
    return pod.meta.deleting() ? PodTransition.DELETED : PodTransition.REMOVED;
  }

  /** Rule L-423, up to the stop of all containers. */
  private void beginTermination(PodState pod, long now, PodSink out) {
    pod.terminationWanted = false;
    move(pod, cause(pod), out);
    pod.requeueGeneration++;
    pod.deadlineGeneration++;
    out.cancelDeadline(PodSink.REQUEUE);
    if (pod.shape.spec.activeDeadlineSeconds() != null) {
      out.cancelDeadline(PodSink.ACTIVE_DEADLINE);
    }
    RuntimeView.dropDeadBefore(pod, now);
    if (!pod.orphan) {
      status.compute(pod, false, pod.request, now, out);
    }
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

  /** The rest of L-423. */
  private void stopped(PodState pod, long now, PodSink out) {
    for (int c = 0; c < pod.shape.ephemeralStart; c++) {
      if (pod.slots[c].workers != 0) {
        out.removeProbes(c);
      }
    }
    if (pod.orphan) {
      return;
    }
    if (pod.deadRecords) {
      RuntimeView.dropDead(pod);
    }
    if (pod.listing == null) {
      pod.objectInitialized = StatusManager.hadInitialized(pod);
    }
    status.compute(pod, true, null, now, out);
  }

  /** Rule L-428. */
  private void finish(PodState pod, long now, PodSink out) {
    takeObject(pod);
    if (pod.worker == Worker.TERMINATING) {
      move(pod, PodTransition.STOPPED, out);
    }
    if (!pod.orphan) {
      status.compute(pod, true, null, now, out);
      status.terminated(pod, now, out);
    }
    move(pod, PodTransition.CLOSED, out);
    pod.killGeneration++;
    if (pod.meta.deleting()) {
      out.because(Subject.DELETION, -1, Cause.OBJECT_REMOVED, -1, 0);
      out.removeApiObject();
    }
  }
}

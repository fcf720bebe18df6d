package dev.slipway.engine.status;

import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.event.PodSink.Observation;
import dev.slipway.engine.probe.ProbeRules;
import dev.slipway.engine.probe.ProbeSettings;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.restart.RestartRules;
import dev.slipway.engine.state.ConditionValue;
import dev.slipway.engine.state.ContainerSlot;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.StatusCell;
import dev.slipway.engine.state.TerminationRequest;
import dev.slipway.engine.why.Cause;
import dev.slipway.engine.why.Subject;
import org.jspecify.annotations.Nullable;

/**
 * The node's copy of a pod's status: computes it, changes it, and says when the API has to be told
 * (rules of sections 5 and 6; kubelet_pods.go generateAPIPodStatus and
 * pkg/kubelet/status/status_manager.go, 1.37.2). One instance serves all pods of a thread.
 */
public final class StatusManager {
  private static final String DEADLINE_MESSAGE =
      "Pod was active on the node longer than the specified deadline";

  private final Profile profile;
  private final ProbeSettings agent;
  private final PhaseRules phases = new PhaseRules();
  private final StatusDraft draft = new StatusDraft();

  /** The status manager of an agent that has run for ever. */
  public StatusManager(Profile profile) {
    this(profile, ProbeSettings.of(profile, ProbeRules.Jitter.NONE));
  }

  public StatusManager(Profile profile, ProbeSettings agent) {
    this.profile = profile;
    this.agent = agent;
  }

  /**
   * Computes the status from the runtime view, caches it and publishes what changed (rules L-023(1)
   * to (3)).
   *
   * @param terminal terminal computation (rule L-503)
   * @param request what the requester of a termination wants to see, null for nobody
   * @return the phase computed
   */
  public PodPhase compute(
      PodState pod, boolean terminal, @Nullable TerminationRequest request, long now, PodSink out) {
    long triggers = draft(pod, terminal, now, out);
    if (request != null) {
      apply(request, pod, draft);
    }
    PodPhase phase = draft.phase == null ? PodPhase.PENDING : draft.phase;
    cache(pod, pod.meta.deleting(), now, out);
    if (profile.probeTriggers()) {
      ProbeFlags.send(triggers, out);
    }
    return phase;
  }

  /** The status as it would be computed now; nothing is cached or published. */
  public PodStatus preview(PodState pod, boolean terminal, long now, PodSink out) {
    draft(pod, terminal, now, out);
    return PublishedStatus.drafted(pod, draft);
  }

  /** Computes the status into the draft, without caching it. */
  long draft(PodState pod, boolean terminal, long now, PodSink out) {
    pod.observesGeneration = profile.observedGeneration();
    draft.reset(pod.shape.count);
    draft.restartAll = ContainerStatusRules.restartAllWanted(profile, pod);
    ContainerStatusRules.compute(profile, pod, draft);
    computePhase(pod, terminal, now, out);
    long triggers = ProbeFlags.compute(profile, agent, pod, draft);
    computeConditions(pod, terminal);
    return triggers;
  }

  /** The draft of the last computation. */
  StatusDraft draft() {
    return draft;
  }

  /** Rules L-500 to L-508. */
  private void computePhase(PodState pod, boolean terminal, long now, PodSink out) {
    PodPhase phase =
        phases.phase(profile, pod.shape, draft.cells, terminal, pod.hasActiveApp(), pod.isStatic);
    draft.causes.phase = phases.cause();
    draft.causes.phaseAbout = phases.about();
    if (!phase.terminal()) {
      if (pod.phase != null && pod.phase.terminal()) {
        phase = pod.phase;
        draft.causes.phase = Cause.PHASE_KEPT;
      } else if (pod.apiPhase != null && pod.apiPhase.terminal()) {
        phase = pod.apiPhase;
        draft.causes.phase = Cause.PHASE_KEPT;
      }
    }
    if (phase == pod.phase) {
      draft.reason = pod.reason.isEmpty() ? pod.apiReason : pod.reason;
      draft.message = pod.message.isEmpty() ? pod.apiMessage : pod.message;
    }
    if (pastActiveDeadline(pod, now)) {
      phase = PodPhase.FAILED;
      draft.causes.phase = Cause.PHASE_DEADLINE;
      draft.reason = "DeadlineExceeded";
      draft.message = DEADLINE_MESSAGE;
      out.because(Subject.EVENT, -1, Cause.PHASE_DEADLINE, -1, 0);
      out.recordEvent("Normal", "DeadlineExceeded", -1, DEADLINE_MESSAGE);
    }
    if (pod.apiPhase != null && pod.apiPhase.terminal()) {
      phase = pod.apiPhase;
    }
    draft.phase = phase;
  }

  /** Rule L-450: counted from the start time the API shows, in whole seconds. */
  static boolean pastActiveDeadline(PodState pod, long now) {
    Long seconds = pod.shape.spec.activeDeadlineSeconds();
    return seconds != null
        && pod.startTime != Times.NONE
        && now - Times.truncateToSecond(pod.startTime) >= seconds * Times.SECOND;
  }

  private void computeConditions(PodState pod, boolean terminal) {
    @Nullable ConditionValue[] values = draft.conditions;
    PodPhase phase = draft.phase == null ? PodPhase.PENDING : draft.phase;
    boolean noStatuses = pod.shape.ephemeralStart == 0;
    if (!terminal) {
      keepResize(pod, OwnedCondition.RESIZE_PENDING, pod.resizePending, pod.resizePendingSince);
      keepResize(
          pod, OwnedCondition.RESIZE_IN_PROGRESS, pod.resizeInProgress, pod.resizeInProgressSince);
    }
    keep(pod, OwnedCondition.DISRUPTION_TARGET);
    StatusCauses causes = draft.causes;
    if (profile.readyToStartCondition()) {
      put(OwnedCondition.READY_TO_START, ConditionRules.readyToStart(profile, pod, causes));
    }
    put(
        OwnedCondition.INITIALIZED,
        ConditionRules.initialized(profile, pod, draft.cells, noStatuses, phase, causes));
    ConditionValue containersReady =
        ConditionRules.containersReady(pod, draft.cells, noStatuses, phase, causes);
    put(OwnedCondition.CONTAINERS_READY, containersReady);
    put(OwnedCondition.READY, ConditionRules.ready(pod, containersReady, causes));
    causes.condition(OwnedCondition.SCHEDULED, Cause.SCHEDULED);
    put(OwnedCondition.SCHEDULED, ConditionValue.plain(true, pod.generation()));
    if (profile.restartAllContainers() && pod.shape.hasRestartAllRule) {
      values[OwnedCondition.ALL_RESTARTING.ordinal()] =
          ConditionRules.allRestarting(pod, draft.restartAll, phase, causes);
    }
  }

  private void put(OwnedCondition which, ConditionValue value) {
    draft.conditions[which.ordinal()] = value;
  }

  private void keep(PodState pod, OwnedCondition which) {
    draft.causes.condition(which, Cause.KEPT_CONDITION);
    draft.conditions[which.ordinal()] = pod.condition(which);
  }

  /** Rule L-612: a pod without generation has conditions without one. */
  private void keepResize(
      PodState pod, OwnedCondition which, @Nullable ConditionValue value, long since) {
    draft.transitions[which.ordinal()] = since;
    draft.causes.condition(which, Cause.RESIZE_CONDITION);
    draft.conditions[which.ordinal()] =
        value == null || pod.generation() != 0 || value.observedGeneration() == 0
            ? value
            : new ConditionValue(value.status(), value.reason(), value.message(), 0);
  }

  /**
   * The node does not admit the pod (rule L-455): all there is of its status is Failed, and why
   * (kubelet.go rejectPod).
   */
  public void reject(PodState pod, String reason, String message, long now, PodSink out) {
    pod.observesGeneration = profile.observedGeneration();
    pod.cached = true;
    pod.startTime = now;
    pod.phase = PodPhase.FAILED;
    pod.reason = reason;
    pod.message = "Pod was rejected: " + message;
    out.because(Subject.PHASE, -1, Cause.REJECTED, -1, 0);
    publish(pod, true, out);
  }

  /** Rules L-452 to L-454: the requester's change of the status. */
  private static void apply(TerminationRequest request, PodState pod, StatusDraft draft) {
    if (!(request.keepsSucceeded() && draft.phase == PodPhase.SUCCEEDED)) {
      draft.phase = PodPhase.FAILED;
      draft.causes.phase = Cause.PHASE_REQUESTED;
    }
    draft.reason = request.reason();
    draft.message = request.message();
    if (!request.disruptionMessage().isEmpty()) {
      draft.causes.condition(OwnedCondition.DISRUPTION_TARGET, Cause.DISRUPTED);
      draft.conditions[OwnedCondition.DISRUPTION_TARGET.ordinal()] =
          new ConditionValue(
              ConditionStatus.TRUE,
              "TerminationByKubelet",
              request.disruptionMessage(),
              pod.generation());
    }
  }

  /** An empty draft for a status that was computed elsewhere; {@link #set} caches it. */
  public StatusDraft begin(PodState pod) {
    draft.reset(pod.shape.count);
    return draft;
  }

  /**
   * Caches the draft (SetPodStatus; rules L-509, L-611).
   *
   * @return false if nothing changed or the draft was refused; a pod that is being deleted always
   *     gets a new version
   */
  public boolean set(PodState pod, long now, PodSink out) {
    return cache(pod, pod.meta.deleting(), now, out);
  }

  /**
   * Caches the draft and publishes if something changed.
   *
   * @param always a new version even if nothing changed
   * @return whether a new version was cached
   */
  private boolean cache(PodState pod, boolean always, long now, PodSink out) {
    if (illegalTransition(pod)) {
      return false;
    }
    StatusMessages.cut(draft.cells, pod.shape.count);
    boolean changed = !pod.cached;
    pod.cached = true;
    for (int c = 0; c < pod.shape.count; c++) {
      StatusCell cell = draft.cells[c];
      if (!pod.slots[c].status().same(cell)) {
        tellCell(pod, c, cell, out);
        pod.slots[c].status().set(cell);
        changed = true;
      }
    }
    for (int k = 0; k < draft.conditions.length; k++) {
      changed |= setCondition(pod, k, draft.conditions[k], now, out);
      changed |= keepTransition(pod, k);
    }
    if (pod.startTime == Times.NONE) {
      pod.startTime = draft.startTime == Times.NONE ? now : draft.startTime;
      armActiveDeadline(pod, out);
    }
    changed |=
        pod.phase != draft.phase
            || !pod.reason.equals(draft.reason)
            || !pod.message.equals(draft.message);
    if (pod.phase != draft.phase) {
      out.because(Subject.PHASE, -1, draft.causes.phase, draft.causes.phaseAbout, 0);
    }
    pod.phase = draft.phase;
    pod.reason = draft.reason;
    pod.message = draft.message;
    tellWorkers(pod, out);
    publish(pod, changed || (always && apiDiffers(pod)), out);
    return changed || always;
  }

  /**
   * Arms the end of {@code activeDeadlineSeconds}, counted from the start time in whole seconds.
   */
  public void armActiveDeadline(PodState pod, PodSink out) {
    Long seconds = pod.shape.spec.activeDeadlineSeconds();
    if (seconds != null && pod.startTime != Times.NONE) {
      out.armDeadline(
          PodSink.ACTIVE_DEADLINE,
          ++pod.deadlineGeneration,
          profile.clock().deadline(Times.truncateToSecond(pod.startTime) + seconds * Times.SECOND));
    }
  }

  /** Tells why the status of a container becomes what the cell says. */
  private void tellCell(PodState pod, int c, StatusCell cell, PodSink out) {
    StatusCell before = pod.slots[c].status();
    StatusCauses causes = draft.causes;
    if (!before.state.equals(cell.state)) {
      out.because(Subject.STATE, c, causes.state(c), c, 0);
    }
    if (before.restartCount != cell.restartCount) {
      out.because(Subject.RESTART_COUNT, c, Cause.NEW_INSTANCE, c, cell.restartCount);
    }
    if (before.started != cell.started) {
      out.because(Subject.STARTED, c, causes.started(c), c, 0);
    }
    if (before.ready != cell.ready) {
      out.because(Subject.READY, c, causes.ready(c), c, 0);
    }
  }

  private boolean setCondition(
      PodState pod, int k, @Nullable ConditionValue value, long now, PodSink out) {
    OwnedCondition which = OwnedCondition.at(k);
    ConditionValue before = pod.condition(which);
    if (value == before) {
      return false;
    }
    boolean sameStatus = before != null && value != null && before.status() == value.status();
    if (!sameStatus) {
      pod.since(which, now);
    }
    StatusCauses causes = draft.causes;
    out.because(which.subject(), -1, causes.condition(k), causes.about(k), causes.more(k));
    pod.condition(which, value);
    return value == null || !value.equals(before);
  }

  /** A resize condition keeps the time it came with (updateStatusInternal does not look at it). */
  private boolean keepTransition(PodState pod, int k) {
    if (k > OwnedCondition.RESIZE_IN_PROGRESS.ordinal()) {
      return false;
    }
    OwnedCondition which = OwnedCondition.at(k);
    boolean differs = pod.since(which) != draft.transitions[k];
    pod.since(which, draft.transitions[k]);
    return differs;
  }

  /** Rule L-509: a container that must stay Terminated does not come back to life. */
  private boolean illegalTransition(PodState pod) {
    if (pod.shape.spec.restartPolicy() == RestartPolicy.ALWAYS) {
      return false;
    }
    if (!mayAllRestart(pod) && initStatusOutOfPlace(pod)) {
      return true;
    }
    for (int c = 0; c < pod.shape.ephemeralStart; c++) {
      if (pod.slots[c].status().state instanceof ContainerState.Terminated before
          && draft.cells[c].present
          && !(draft.cells[c].state instanceof ContainerState.Terminated)
          && !pod.shape.isSidecar(c)
          && !(profile.restartAllContainers() && pod.shape.hasRestartAllRule)
          && !mayComeBack(pod, c, before.exitCode())) {
        return true;
      }
    }
    return false;
  }

  /** A pod that restarts on failure is not asked for the container's own policy. */
  private boolean mayComeBack(PodState pod, int c, int exitCode) {
    RestartPolicy policy = pod.shape.spec.restartPolicy();
    return (policy == RestartPolicy.ON_FAILURE && exitCode != 0)
        || RestartRules.restartsAfter(profile, policy, pod.shape.container(c), exitCode);
  }

  /**
   * Rule L-613, readiness: that container's flag, Ready and ContainersReady.
   *
   * @return whether a new version was cached
   */
  public boolean setReadiness(
      PodState pod, int c, int recordId, boolean ready, long now, PodSink out) {
    StatusCell cell = pod.slots[c].status();
    if (!pod.cached || !cell.present || cell.recordId != recordId || cell.ready == ready) {
      return false;
    }
    draftCached(pod);
    draft.cells[c].ready = ready;
    draft.causes.ready(c, Cause.READY_CHANGED);
    PodPhase phase = pod.phase == null ? PodPhase.PENDING : pod.phase;
    ConditionValue containersReady =
        ConditionRules.containersReady(pod, draft.cells, false, phase, draft.causes);
    put(OwnedCondition.CONTAINERS_READY, containersReady);
    put(OwnedCondition.READY, ConditionRules.ready(pod, containersReady, draft.causes));
    return cache(pod, false, now, out);
  }

  /**
   * Rule L-613, startup: that container's flag alone.
   *
   * @return whether a new version was cached
   */
  public boolean setStartup(
      PodState pod, int c, int recordId, boolean started, long now, PodSink out) {
    StatusCell cell = pod.slots[c].status();
    byte value = (byte) (started ? 1 : 0);
    if (!pod.cached || !cell.present || cell.recordId != recordId || cell.started == value) {
      return false;
    }
    draftCached(pod);
    draft.cells[c].started = value;
    draft.causes.started(c, Cause.STARTED_CHANGED);
    return cache(pod, false, now, out);
  }

  /** Makes the cached status the draft. */
  private void draftCached(PodState pod) {
    draft.reset(pod.shape.count);
    for (int c = 0; c < pod.shape.count; c++) {
      draft.cells[c].set(pod.slots[c].status());
    }
    pod.conditions(draft.conditions, draft.transitions);
    draft.phase = pod.phase;
    draft.reason = pod.reason;
    draft.message = pod.message;
  }

  /**
   * Whether the node, seeing its own status come back, thinks Ready is out of date. It looks at the
   * app containers' statuses alone, so that a sidecar is one without status (status_manager.go
   * NeedToReconcilePodReadiness, 1.37.2).
   */
  private boolean readyLooksWrong(PodState pod) {
    ConditionValue ready = pod.condition(OwnedCondition.READY);
    if (pod.shape.spec.readinessGates().isEmpty() || ready == null) {
      return false;
    }
    draft.reset(pod.shape.count);
    for (int c = 0; c < pod.shape.count; c++) {
      if (c >= pod.shape.appStart) {
        draft.cells[c].set(pod.slots[c].status());
      } else {
        draft.cells[c].clear();
      }
    }
    PodPhase phase = pod.apiPhase == null ? PodPhase.PENDING : pod.apiPhase;
    ConditionValue expected =
        ConditionRules.ready(
            pod,
            ConditionRules.containersReady(pod, draft.cells, false, phase, draft.causes),
            draft.causes);
    return expected.status() != ready.status() || !expected.message().equals(ready.message());
  }

  /** Somebody wrote a readiness gate: whether the node looks at Ready again (rule L-020). */
  public boolean gatesChangeReady(PodState pod) {
    return readyLooksWrong(pod);
  }

  /** The sandbox is up: PodReadyToStartContainers turns True at once (rule L-150(3), 1.36). */
  public void sandboxReady(PodState pod, long now, PodSink out) {
    if (!profile.sandboxReadyPublished() || !pod.cached) {
      return;
    }
    ConditionValue value = ConditionRules.readyToStart(profile, pod, draft.causes);
    if (setCondition(pod, OwnedCondition.READY_TO_START.ordinal(), value, now, out)) {
      publish(pod, true, out);
    }
  }

  /**
   * The last word on a pod (TerminatePod; rules L-428, L-504, L-536 c).
   *
   * @return false if it was refused (rule L-509)
   */
  public boolean terminated(PodState pod, long now, PodSink out) {
    if (!mayAllRestart(pod) && initStatusOutOfPlace(pod)) {
      return false;
    }
    boolean changed = pod.startTime == Times.NONE;
    if (changed) {
      pod.startTime = now;
    }
    if (pod.objectInitialized) {
      for (int c = pod.shape.appStart; c < pod.shape.ephemeralStart; c++) {
        changed |= lose(pod, c, out);
      }
    }
    int evidence = lastInitWithEvidence(pod);
    for (int c = 0; c <= evidence; c++) {
      changed |= lose(pod, c, out);
    }
    if (!pod.isStatic && (pod.phase == null || !pod.phase.terminal())) {
      pod.phase = PodPhase.FAILED;
      out.because(Subject.PHASE, -1, Cause.PHASE_FORCED, -1, 0);
      changed = true;
    }
    tellWorkers(pod, out);
    publish(pod, changed || apiDiffers(pod), out);
    return true;
  }

  /** Every container may leave Terminated. */
  private boolean mayAllRestart(PodState pod) {
    return pod.shape.spec.restartPolicy() == RestartPolicy.ALWAYS
        || (profile.restartAllContainers() && pod.shape.hasRestartAllRule);
  }

  /** Init statuses are looked up by place: one that is missing before others is a mismatch. */
  private static boolean initStatusOutOfPlace(PodState pod) {
    boolean missing = false;
    for (int c = 0; c < pod.shape.appStart; c++) {
      boolean present = pod.slots[c].status().present;
      if (present && missing) {
        return true;
      }
      missing |= !present;
    }
    return false;
  }

  private static boolean lose(PodState pod, int c, PodSink out) {
    StatusCell cell = pod.slots[c].status();
    if (!cell.present || cell.state instanceof ContainerState.Terminated) {
      return false;
    }
    cell.state = ContainerStatusRules.LOST_STATE;
    out.because(Subject.STATE, c, Cause.STATE_LOST_AT_END, c, 0);
    return true;
  }

  private static int lastInitWithEvidence(PodState pod) {
    int first = -1;
    for (int c = pod.shape.appStart - 1; c >= 0; c--) {
      StatusCell cell = pod.slots[c].status();
      if (cell.present) {
        first = c;
        if (hasRun(cell)) {
          return c;
        }
      }
    }
    return first;
  }

  private static boolean hasRun(StatusCell cell) {
    return cell.lastState instanceof ContainerState.Terminated
        || !(cell.state instanceof ContainerState.Waiting);
  }

  /** "Had initialized" by the status in the pod object (rule L-536 c). */
  public static boolean hadInitialized(PodState pod) {
    if (pod.shape.appStart == 0) {
      return true;
    }
    for (int c = pod.shape.appStart; c < pod.shape.ephemeralStart; c++) {
      StatusCell cell = pod.slots[c].status();
      if (cell.present && hasRun(cell)) {
        return true;
      }
    }
    int last = -1;
    int statuses = 0;
    for (int c = 0; c < pod.shape.appStart; c++) {
      if (pod.slots[c].status().present) {
        last = c;
        statuses++;
      }
    }
    if (last < 0) {
      return false;
    }
    StatusCell cell = pod.slots[last].status();
    // The kubelet takes the role from the place in the list of statuses.
    if (pod.shape.isSidecar(statuses - 1)) {
      return cell.state instanceof ContainerState.Running && cell.started == 1;
    }
    return succeeded(cell.lastState) || succeeded(cell.state);
  }

  private static boolean succeeded(ContainerState state) {
    return state instanceof ContainerState.Terminated end && end.exitCode() == 0;
  }

  /** Writes a changed status to the API (mergePodStatus; rules L-456, L-615). */
  private void publish(PodState pod, boolean changed, PodSink out) {
    if (!changed) {
      return;
    }
    if (!withheld(pod)) {
      pod.apiDisruption |=
          pod.condition(OwnedCondition.DISRUPTION_TARGET) != null
              && pod.phase != null
              && pod.phase.terminal();
      pod.apiPhase = pod.phase;
      pod.apiReason = pod.reason;
      pod.apiMessage = pod.message;
    }
    pod.reconcileReady |= readyLooksWrong(pod);
    out.publishStatus();
  }

  /** What the API shows of phase, reason and message is not what the node knows. */
  private static boolean apiDiffers(PodState pod) {
    return pod.phase != pod.apiPhase
        || !pod.reason.equals(pod.apiReason)
        || !pod.message.equals(pod.apiMessage);
  }

  /** Rule L-456: a terminal phase is not published while containers may still run. */
  private static boolean withheld(PodState pod) {
    return MergeRules.ends(pod.apiPhase, pod.phase)
        && pod.worker != PodState.Worker.TERMINATED
        && pod.worker != PodState.Worker.FINISHED;
  }

  /** Tells each container with probe workers what changed in its cached status. */
  public void tellWorkers(PodState pod, PodSink out) {
    boolean terminal = pod.phase != null && pod.phase.terminal();
    for (int c = 0; c < pod.shape.ephemeralStart; c++) {
      ContainerSlot slot = pod.slots[c];
      if (!pod.shape.mayHaveProbes(c) || !hasProbe(pod, c)) {
        continue;
      }
      StatusCell cell = slot.status();
      byte observation = observe(pod, c, cell, terminal);
      if (observation != slot.told || cell.recordId != slot.toldRecord) {
        slot.told = observation;
        slot.toldRecord = cell.recordId;
        long startedAt =
            cell.state instanceof ContainerState.Running running ? running.startedAt() : Times.NONE;
        out.observe(c, cell.recordId, startedAt, observation);
      }
    }
  }

  private static boolean hasProbe(PodState pod, int c) {
    var container = pod.shape.container(c);
    return container.startupProbe() != null
        || container.livenessProbe() != null
        || container.readinessProbe() != null;
  }

  private byte observe(PodState pod, int c, StatusCell cell, boolean terminal) {
    byte state = Observation.WAITING;
    boolean goesOn = false;
    if (cell.state instanceof ContainerState.Running) {
      state = Observation.RUNNING;
    } else if (cell.state instanceof ContainerState.Terminated end) {
      state = Observation.TERMINATED;
      goesOn = goesOn(pod, c, end.exitCode());
    }
    return Observation.of(state, cell.started == 1, goesOn, terminal);
  }

  /** Rule P-035: a Terminated container will run again. */
  private boolean goesOn(PodState pod, int c, int exitCode) {
    if (!profile.containerRestartRules()) {
      return pod.shape.isSidecar(c) || pod.shape.spec.restartPolicy() != RestartPolicy.NEVER;
    }
    return RestartRules.restartsAfter(
            profile, pod.shape.spec.restartPolicy(), pod.shape.container(c), exitCode)
        || (profile.restartAllContainers()
            && (pod.isTrue(OwnedCondition.ALL_RESTARTING) || anyShowsRestartAll(pod)));
  }

  private boolean anyShowsRestartAll(PodState pod) {
    if (!pod.shape.hasRestartAllRule) {
      return false;
    }
    for (int c = 0; c < pod.shape.ephemeralStart; c++) {
      if (pod.slots[c].status().state instanceof ContainerState.Terminated end
          && RestartRules.matchesRestartAll(profile, pod.shape.container(c), end.exitCode())) {
        return true;
      }
    }
    return false;
  }
}

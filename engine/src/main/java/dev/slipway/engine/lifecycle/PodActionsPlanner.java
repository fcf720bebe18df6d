package dev.slipway.engine.lifecycle;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.restart.RestartRules;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.ContainerSlot;
import dev.slipway.engine.state.PodActions;
import dev.slipway.engine.state.PodActions.StopReason;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.ProbeResult;
import dev.slipway.engine.state.RecordState;
import dev.slipway.engine.state.Sandbox;
import dev.slipway.engine.status.SandboxRules;
import dev.slipway.engine.why.Cause;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decides what one pass does: rules of section 2 of the lifecycle specification
 * (kuberuntime_manager.go computePodActions and kuberuntime_container.go
 * computeInitContainerActions, 1.37.2). Decides only; nothing is changed but the list handed in.
 */
public final class PodActionsPlanner {
  private final Profile profile;
  private int[] initStarts = new int[8];
  private int initStartCount;

  // By ordinal of the init container to start.
  private Cause[] initCauses = new Cause[8];
  private int[] initAbouts = new int[8];
  private int[] initNumbers = new int[8];

  // What made the pod initialized.
  private Cause initializedBy = Cause.NO_RECORD;
  private int initializedAbout = -1;

  public PodActionsPlanner(Profile profile) {
    this.profile = profile;
  }

  /**
   * Fills {@code out} with the decision for the pod as it is now.
   *
   * @param restartAll condition AllContainersRestarting is True in this pass (rule L-100)
   */
  public void plan(PodState pod, boolean restartAll, PodActions out) {
    out.clear();
    Cause why = SandboxRules.cause(pod);
    boolean changed = why != null;
    if (why != null) {
      out.sandboxCause = why;
    }
    planSandbox(pod, changed, out);
    if (restartAll) {
      planResets(pod, out);
    } else if (changed) {
      planNewSandbox(pod, out);
    } else {
      planRunning(pod, out);
      out.sortStops();
    }
    noteViewOfStarts(pod, out);
    noteDeadInit(pod, out);
  }

  /** Rule L-101: is the sandbox to be made anew, and with which attempt. */
  private static void planSandbox(PodState pod, boolean changed, PodActions out) {
    Sandbox newest = pod.sandbox;
    if (changed) {
      out.stopPod(Cause.STOP_FOR_SANDBOX, -1, 0);
    }
    out.createSandbox = changed;
    if (newest == null) {
      return;
    }
    out.attempt = changed ? newest.attempt + 1 : newest.attempt;
    boolean forNetworkMode =
        changed
            && SandboxRules.readyCount(pod) <= 1
            && newest.ready
            && newest.hostNetwork != pod.shape.spec.hostNetwork();
    out.sandbox = forNetworkMode ? null : newest;
  }

  /** Rule L-102. */
  private void planNewSandbox(PodState pod, PodActions out) {
    PodShape shape = pod.shape;
    if (shape.spec.restartPolicy() == RestartPolicy.NEVER && out.attempt > 0 && hasRecords(pod)) {
      out.createSandbox = false;
      out.stopPod(Cause.STOP_WITHOUT_SANDBOX, -1, 0);
      return;
    }
    boolean candidates = false;
    for (int c = shape.appStart; c < shape.ephemeralStart; c++) {
      candidates |= runsInNewSandbox(pod, c);
    }
    if (!candidates && (legacyInit(shape) ? nextLegacy(pod) == DONE : pod.anyAppCreated())) {
      out.createSandbox = false;
      out.stopPod(Cause.STOP_WITHOUT_SANDBOX, -1, 0);
      return;
    }
    if (shape.appStart > 0) {
      out.start(0, Cause.FIRST_INIT_OF_SANDBOX, -1, 0);
      return;
    }
    for (int c = shape.appStart; c < shape.ephemeralStart; c++) {
      if (runsInNewSandbox(pod, c)) {
        out.start(c, Cause.APP_OF_SANDBOX, -1, 0);
      }
    }
  }

  private static boolean hasRecords(PodState pod) {
    for (ContainerSlot slot : pod.slots) {
      if (slot.newest != null) {
        return true;
      }
    }
    return false;
  }

  /** Rule L-102 b: a container that succeeded under OnFailure does not run again. */
  private boolean runsInNewSandbox(PodState pod, int c) {
    ContainerSpec container = pod.shape.container(c);
    RestartPolicy own = profile.containerRestartRules() ? container.restartPolicy() : null;
    RestartPolicy policy = own == null ? pod.shape.spec.restartPolicy() : own;
    ContainerRecord record = pod.slots[c].newest;
    return policy != RestartPolicy.ON_FAILURE
        || record == null
        || record.state() != RecordState.EXITED
        || record.exitCode() != 0;
  }

  /** Rules L-106 to L-142: the sandbox stays. */
  private void planRunning(PodState pod, PodActions out) {
    PodShape shape = pod.shape;
    for (int c = shape.ephemeralStart; c < shape.count; c++) {
      if (pod.slots[c].newest == null) {
        out.start(c, Cause.EPHEMERAL_FIRST, -1, 0);
      }
    }
    if (!planInit(pod, out)) {
      return;
    }
    planApps(pod, out);
  }

  /**
   * Rules L-110 to L-122. Returns true if the pod is initialized and app containers are to be
   * looked at.
   */
  public boolean planInit(PodState pod, PodActions out) {
    PodShape shape = pod.shape;
    initializedBy = Cause.NO_RECORD;
    initializedAbout = -1;
    if (shape.appStart == 0) {
      return true;
    }
    if (legacyInit(shape)) {
      return planLegacyInit(pod, out);
    }
    beginInit(shape.appStart);
    boolean initialized = evidence(pod);
    if (initialized) {
      initializedBy = Cause.INITIALIZED_BEFORE;
    }
    boolean seen = initialized;
    for (int i = shape.appStart - 1; i >= 0; i--) {
      ContainerRecord record =
          profile.activeAnyEvidence() ? pod.activeRecord(i) : pod.slots[i].newest;
      boolean sidecar = shape.isSidecar(i);
      if (record == null) {
        if (seen && sidecar) {
          startInit(i, Cause.SIDECAR_WITHOUT_RECORD, -1, 0);
        }
        continue;
      }
      if (seen && !sidecar) {
        continue;
      }
      Progress progress =
          sidecar ? sidecar(pod, i, record, seen, out) : regular(pod, i, record, out);
      if (progress == Progress.POD_FAILED) {
        boolean exited = record.state() == RecordState.EXITED;
        Cause cause = exited ? Cause.STOP_POD_FAILED : Cause.STOP_POD_FAILED_UNKNOWN;
        out.stopPod(cause, i, record.exitCode());
        return false;
      }
      initialized |= progress == Progress.INITIALIZED;
      seen = true;
    }
    if (!seen) {
      startInit(0, Cause.FIRST_INIT, -1, 0);
    }
    Arrays.sort(initStarts, 0, initStartCount);
    for (int k = 0; k < initStartCount; k++) {
      int i = initStarts[k];
      out.start(i, initCauses[i], initAbouts[i], initNumbers[i]);
      out.resizes.podResources |= ResizeRules.changesWithStart(pod, initStarts[k]);
    }
    return initialized;
  }

  /** Rule L-907. */
  private boolean legacyInit(PodShape shape) {
    return profile.legacyInit() && !shape.hasSidecar;
  }

  /** Rule L-904: what was decided before there were sidecars. */
  private static boolean planLegacyInit(PodState pod, PodActions out) {
    int next = nextLegacy(pod);
    if (next < 0) {
      return next == DONE;
    }
    ContainerRecord record = pod.slots[next].newest;
    if (record != null && RestartRules.failed(record)) {
      if (pod.shape.spec.restartPolicy() == RestartPolicy.NEVER) {
        out.stopPod(Cause.LEGACY_INIT_FAILED, next, 0);
        return false;
      }
      if (record.state() == RecordState.UNKNOWN) {
        out.stop(next, record, StopReason.UNKNOWN, true, Cause.RECORD_UNKNOWN);
      }
    }
    out.start(next, Cause.LEGACY_INIT, next, 0);
    return false;
  }

  private static final int DONE = -1;
  private static final int WAIT = -2;

  /**
   * The init container to run next, {@link #DONE} or {@link #WAIT} (rule L-904;
   * kuberuntime_container.go findNextInitContainerToRun, 1.32).
   */
  private static int nextLegacy(PodState pod) {
    int last = pod.shape.appStart - 1;
    for (int c = last + 1; c < pod.shape.ephemeralStart; c++) {
      if (pod.slots[c].is(RecordState.RUNNING)) {
        return DONE;
      }
    }
    for (int i = last; i >= 0; i--) {
      ContainerRecord record = pod.slots[i].newest;
      if (record != null && RestartRules.failed(record)) {
        return i;
      }
    }
    for (int i = last; i >= 0; i--) {
      if (pod.slots[i].is(RecordState.RUNNING)) {
        return WAIT;
      }
      if (pod.slots[i].is(RecordState.EXITED)) {
        return i == last ? DONE : i + 1;
      }
    }
    return last < 0 ? DONE : 0;
  }

  /** What one init container says about initialization. */
  private enum Progress {
    WAITING,
    INITIALIZED,
    POD_FAILED
  }

  /** Rule L-110. */
  private boolean evidence(PodState pod) {
    if (profile.activeAnyEvidence()) {
      return pod.hasActiveApp();
    }
    for (int c = pod.shape.appStart; c < pod.shape.ephemeralStart; c++) {
      ContainerRecord record = pod.slots[c].newest;
      if (record != null
          && (record.state() == RecordState.CREATED || record.state() == RecordState.RUNNING)) {
        return true;
      }
    }
    return false;
  }

  private void beginInit(int inits) {
    initStartCount = 0;
    if (initCauses.length < inits) {
      initStarts = new int[inits];
      initCauses = new Cause[inits];
      initAbouts = new int[inits];
      initNumbers = new int[inits];
    }
  }

  private void startInit(int i, Cause cause, int about, int number) {
    initCauses[i] = cause;
    initAbouts[i] = about;
    initNumbers[i] = number;
    initStarts[initStartCount++] = i;
  }

  /** Table of rule L-111, column of the regular init container. */
  private Progress regular(PodState pod, int i, ContainerRecord record, PodActions out) {
    boolean last = i == pod.shape.appStart - 1;
    switch (record.state()) {
      case CREATED -> startInit(i, Cause.HALF_STARTED, i, 0);
      case RUNNING -> resizeInit(pod, i, record, out);
      case EXITED -> {
        if (RestartRules.failed(record)) {
          if (!RestartRules.shouldRestart(profile, pod, i)) {
            return Progress.POD_FAILED;
          }
          startInit(i, Cause.INIT_FAILED, i, record.exitCode());
        } else if (last) {
          initializedBy = Cause.INITIALIZED_BY_INIT;
          initializedAbout = i;
          return Progress.INITIALIZED;
        } else {
          startInit(i + 1, Cause.AFTER_INIT, i, 0);
        }
      }
      case UNKNOWN -> {
        if (!RestartRules.notNever(profile, pod.shape, i)) {
          return Progress.POD_FAILED;
        }
        out.stop(i, record, StopReason.UNKNOWN, true, Cause.RECORD_UNKNOWN);
        startInit(i, Cause.RECORD_UNKNOWN, i, 0);
      }
    }
    return Progress.WAITING;
  }

  /** Table of rule L-111, column of the sidecar. */
  private Progress sidecar(
      PodState pod, int i, ContainerRecord record, boolean seen, PodActions out) {
    switch (record.state()) {
      case CREATED -> startInit(i, Cause.HALF_STARTED, i, 0);
      case EXITED -> startInit(i, Cause.SIDECAR_EXITED, i, record.exitCode());
      case RUNNING -> {
        return runningSidecar(pod, i, record, seen, out);
      }
      case UNKNOWN -> {
        out.stop(i, record, StopReason.UNKNOWN, true, Cause.RECORD_UNKNOWN);
        startInit(i, Cause.RECORD_UNKNOWN, i, 0);
      }
    }
    return Progress.WAITING;
  }

  /** Rules L-113 to L-115. */
  private Progress runningSidecar(
      PodState pod, int i, ContainerRecord record, boolean seen, PodActions out) {
    ContainerSpec container = pod.shape.container(i);
    if (container.startupProbe() != null && record.startup() != ProbeResult.SUCCESS) {
      if (record.startup() == ProbeResult.FAILURE) {
        out.stop(i, record, StopReason.STARTUP_PROBE, true, Cause.SIDECAR_STARTUP_FAILED);
        startInit(i, Cause.SIDECAR_STARTUP_FAILED, i, 0);
      }
      return Progress.WAITING;
    }
    Progress progress = Progress.WAITING;
    boolean probed = container.startupProbe() != null;
    if (i == pod.shape.appStart - 1) {
      progress = Progress.INITIALIZED;
      if (!seen) {
        initializedBy = probed ? Cause.INITIALIZED_BY_PROBED_SIDECAR : Cause.INITIALIZED_BY_SIDECAR;
        initializedAbout = i;
      }
    } else if (!seen) {
      startInit(i + 1, probed ? Cause.AFTER_PROBED_SIDECAR : Cause.AFTER_SIDECAR, i, 0);
    }
    if (!record.image.equals(container.image())) {
      out.stop(i, record, StopReason.NONE, true, Cause.SIDECAR_IMAGE_CHANGED);
      startInit(i, Cause.SIDECAR_IMAGE_CHANGED, i, 0);
    } else if (container.livenessProbe() == null || record.liveness() != ProbeResult.NONE) {
      if (container.livenessProbe() != null && record.liveness() == ProbeResult.FAILURE) {
        out.stop(i, record, StopReason.LIVENESS_PROBE, true, Cause.SIDECAR_LIVENESS_FAILED);
        startInit(i, Cause.SIDECAR_LIVENESS_FAILED, i, 0);
      } else {
        resizeInit(pod, i, record, out);
      }
    }
    return progress;
  }

  /** Rules L-170, L-172. */
  private void resizeInit(PodState pod, int i, ContainerRecord record, PodActions out) {
    boolean resized = pod.shape.isSidecar(i) ? profile.resizes() : profile.resizesInit();
    if (resized && ResizeRules.plan(profile, pod, i, record, out.resizes)) {
      out.stop(i, record, StopReason.RESIZE, true, Cause.RESIZE_RESTARTS);
      startInit(i, Cause.RESIZE_RESTARTS, i, 0);
    }
  }

  /** Rules L-130 to L-142. */
  private void planApps(PodState pod, PodActions out) {
    PodShape shape = pod.shape;
    int keep = 0;
    boolean starts = false;
    for (int c = shape.appStart; c < shape.ephemeralStart; c++) {
      ContainerRecord record = pod.slots[c].newest;
      if (record == null || record.state() != RecordState.RUNNING) {
        Cause cause = RestartRules.start(profile, pod, c);
        if (cause != null) {
          starts = true;
          if (record == null) {
            out.start(c, initializedBy, initializedAbout, 0);
          } else {
            out.start(c, cause, c, record.exitCode());
          }
          if (record != null && record.state() == RecordState.UNKNOWN) {
            out.stop(c, record, StopReason.UNKNOWN, true, cause);
          }
        }
        continue;
      }
      StopReason reason = stopReason(pod, c, record);
      if (reason == null
          && profile.resizes()
          && ResizeRules.plan(profile, pod, c, record, out.resizes)) {
        reason = StopReason.RESIZE;
      }
      if (reason == null) {
        keep++;
        continue;
      }
      boolean restart =
          reason == StopReason.NONE
              || reason == StopReason.RESIZE
              || RestartRules.notNever(profile, shape, c);
      if (restart) {
        starts = true;
        out.start(c, cause(reason), c, 0);
      }
      out.stop(c, record, reason, restart, cause(reason));
    }
    if (keep == 0 && !starts) {
      out.stopPod(Cause.STOP_POD_DONE, -1, 0);
      out.dropInitStarts(shape);
    }
    noteSums(pod, out);
  }

  /** What of the pod's own sums changes with this pass. */
  private static void noteSums(PodState pod, PodActions out) {
    out.resizes.podLevelResources = ResizeRules.podLevelChanged(pod);
    for (int k = 0; k < out.startCount && !out.resizes.podLevelResources; k++) {
      if (pod.shape.isApp(out.starts[k])) {
        out.resizes.podResources |= ResizeRules.changesWithStart(pod, out.starts[k]);
      }
    }
  }

  /** Rule L-131: why a RUNNING app container is stopped; null if it is kept. */
  private static @Nullable StopReason stopReason(PodState pod, int c, ContainerRecord record) {
    if (!record.image.equals(pod.shape.container(c).image())) {
      return StopReason.NONE;
    }
    if (record.liveness() == ProbeResult.FAILURE) {
      return StopReason.LIVENESS_PROBE;
    }
    return record.startup() == ProbeResult.FAILURE ? StopReason.STARTUP_PROBE : null;
  }

  private static Cause cause(StopReason reason) {
    return switch (reason) {
      case NONE -> Cause.APP_IMAGE_CHANGED;
      case RESIZE -> Cause.RESIZE_RESTARTS;
      case STARTUP_PROBE -> Cause.APP_STARTUP_FAILED;
      case LIVENESS_PROBE -> Cause.APP_LIVENESS_FAILED;
      case FAILED_POST_START_HOOK -> Cause.POST_START_FAILED;
      case RESTART_ALL_CONTAINERS -> Cause.RESET;
      case UNKNOWN -> Cause.APP_UNKNOWN;
    };
  }

  /** Rule L-100: which records go when all containers are restarted, the causes last. */
  private void planResets(PodState pod, PodActions out) {
    PodShape shape = pod.shape;
    out.dropInitStarts(shape);
    addResets(pod, shape.appStart, shape.ephemeralStart, false, out);
    addResets(pod, 0, shape.appStart, false, out);
    addResets(pod, shape.appStart, shape.ephemeralStart, true, out);
    addResets(pod, 0, shape.appStart, true, out);
  }

  private void addResets(PodState pod, int from, int to, boolean causes, PodActions out) {
    for (int c = from; c < to; c++) {
      for (ContainerRecord r = pod.slots[c].newest; r != null; r = r.older) {
        boolean cause =
            r.state() == RecordState.EXITED
                && RestartRules.matchesRestartAll(profile, pod.shape.container(c), r.exitCode());
        if (cause == causes) {
          out.reset(c, r);
        }
      }
    }
  }

  /** Keeps what the starts need of the view the pass began with (rules L-156, L-311). */
  private static void noteViewOfStarts(PodState pod, PodActions out) {
    for (int k = 0; k < out.startCount; k++) {
      ContainerSlot slot = pod.slots[out.starts[k]];
      ContainerRecord newest = slot.newest;
      ContainerRecord exited = slot.newestExited();
      out.restartCounts[k] = newest == null ? 0 : newest.restartCount + 1;
      out.exitedAt[k] = exited == null ? Times.NONE : exited.finishedAt();
    }
  }

  /** Rule L-155: of each init container only the newest record that is not live stays. */
  private static void noteDeadInit(PodState pod, PodActions out) {
    for (int c = 0; c < pod.shape.appStart; c++) {
      boolean kept = false;
      for (ContainerRecord r = pod.slots[c].newest; r != null; r = r.older) {
        if (r.state() == RecordState.EXITED || r.state() == RecordState.UNKNOWN) {
          if (kept) {
            out.prune(c, r);
          }
          kept = true;
        }
      }
    }
  }
}

package dev.slipway.engine.lifecycle;

import dev.slipway.engine.api.ContainerRole;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ImagePullPolicy;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.restart.CrashLoopBackOff;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.ContainerSlot;
import dev.slipway.engine.state.PodActions;
import dev.slipway.engine.state.PodActions.StopReason;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.PodState.Step;
import dev.slipway.engine.state.PodState.Worker;
import dev.slipway.engine.state.PullBackOff;
import dev.slipway.engine.state.RecordState;
import dev.slipway.engine.state.RecordTransition;
import dev.slipway.engine.state.Sandbox;
import dev.slipway.engine.status.StatusManager;
import dev.slipway.engine.why.Cause;
import dev.slipway.engine.why.Subject;

/**
 * Carries out the decision of a pass, one thing after another (rules L-150 to L-156;
 * kuberuntime_manager.go SyncPod, 1.37.2). Waits, in {@link PodState#step}, for whatever blocks the
 * kubelet's pass.
 */
final class PassRunner {
  private final Profile profile;
  private final StatusManager status;

  PassRunner(Profile profile, StatusManager status) {
    this.profile = profile;
    this.status = status;
  }

  /** Begins the pass whose decision is in the pod. */
  void begin(PodState pod, long now, PodSink out) {
    PodActions actions = actions(pod);
    if (actions.stopPod) {
      if (actions.createSandbox && actions.sandbox != null) {
        out.recordEvent(
            "Normal",
            "SandboxChanged",
            -1,
            "Pod sandbox changed, it will be killed and re-created.");
      }
      beginStopAll(pod, -1, out);
    } else {
      pod.step = Step.STOPPING_ONE;
      nextStop(pod, out);
    }
  }

  /** Begins the stop of everything for a termination; negative grace: each container its own. */
  void beginTermination(PodState pod, long grace, PodSink out) {
    actions(pod).clear();
    beginStopAll(pod, grace, out);
  }

  private static PodActions actions(PodState pod) {
    PodActions actions = pod.actions;
    if (actions == null) {
      throw new IllegalStateException("no pass in progress: pod=" + pod.meta.key());
    }
    return actions;
  }

  private void beginStopAll(PodState pod, long grace, PodSink out) {
    pod.step = Step.STOPPING_ALL;
    TerminationOrder.begin(pod, actions(pod), profile.sidecarsStopLast(), grace, out);
  }

  /** Goes on as far as it can; true: the pass is over. */
  boolean advance(PodState pod, long now, PodSink out) {
    while (true) {
      PodActions actions = actions(pod);
      switch (pod.step) {
        case STOPPING_ALL -> {
          if (actions.outstanding > 0) {
            return false;
          }
          pod.step = Step.STOPPING_SANDBOX;
          actions.outstanding = stopSandboxes(pod, out);
          actions.sandboxStops = actions.outstanding;
        }
        case STOPPING_SANDBOX -> {
          if (actions.outstanding > 0) {
            return false;
          }
          if (actions.failed) {
            pod.step = Step.IDLE;
            return true;
          }
          if (!actions.createSandbox) {
            prune(pod, out);
            pod.step = Step.IDLE;
            return true;
          }
          purge(pod, out);
          pod.step = Step.CREATING_SANDBOX;
          out.because(Subject.SANDBOX, -1, actions.sandboxCause, -1, 0);
          out.createSandbox(actions.attempt);
        }
        case STOPPING_ONE -> {
          if (actions.stopAt < actions.stopCount) {
            return false;
          }
          pod.step = Step.RESETTING;
          nextReset(pod, out);
        }
        case RESETTING -> {
          if (actions.resetAt < actions.resetCount) {
            return false;
          }
          if (actions.resetCount > 0) {
            pod.step = Step.IDLE;
            PodLifecycle.request(pod);
            return true;
          }
          prune(pod, out);
          if (profile.resizesBeforeStarts()) {
            ResizeRunner.begin(pod, actions, out);
          } else {
            pod.step = Step.STARTING;
            nextStart(pod, now, out);
          }
        }
        case MEASURING, RESIZING -> {
          if (!actions.resizes.done) {
            return false;
          }
          pod.step = Step.STARTING;
          nextStart(pod, now, out);
        }
        case CREATING_SANDBOX -> {
          if (!actions.sandboxMade && !actions.failed) {
            return false;
          }
          if (actions.failed) {
            pod.step = Step.IDLE;
            return true;
          }
          actions.resizes.done = true;
          pod.step = Step.STARTING;
          nextStart(pod, now, out);
        }
        case INSPECTING, PULLING -> {
          return false;
        }
        case STARTING -> {
          if (actions.startAt < actions.startCount) {
            return false;
          }
          pod.step = Step.IDLE;
          return true;
        }
        case IDLE -> {
          return true;
        }
      }
    }
  }

  // Stops.

  private static int stopSandboxes(PodState pod, PodSink out) {
    int stopping = 0;
    for (Sandbox s = pod.sandbox; s != null; s = s.older) {
      if (s.ready) {
        stopping++;
        boolean ends = pod.worker == Worker.TERMINATING;
        Cause cause = ends ? Cause.SANDBOX_STOPPED_AT_END : Cause.SANDBOX_STOPPED_WITH_POD;
        out.because(Subject.SANDBOX_STOP, -1, cause, -1, 0);
        out.stopSandbox(s.attempt);
      }
    }
    return stopping;
  }

  void sandboxStopped(PodState pod) {
    if (pod.step == Step.STOPPING_SANDBOX) {
      actions(pod).outstanding--;
    }
  }

  /** Rule L-150(1): the stop list, one after another. */
  private void nextStop(PodState pod, PodSink out) {
    PodActions actions = actions(pod);
    if (actions.stopAt >= actions.stopCount) {
      return;
    }
    int k = actions.stopAt;
    int c = actions.stops[k];
    out.because(Subject.STOP, c, actions.stopCauses[k], c, 0);
    long grace = GraceRules.ofContainer(pod, c, actions.stopReasons[k], out);
    out.recordEvent("Normal", "Killing", c, StopMessages.of(pod, actions, k));
    out.stopContainer(c, actions.stopRecords[k].id, grace, true, false);
  }

  /**
   * Rule L-100: records that still live are stopped with grace 0, then all listed ones are removed.
   */
  private static void nextReset(PodState pod, PodSink out) {
    PodActions actions = actions(pod);
    while (actions.resetAt < actions.resetCount) {
      ContainerRecord record = actions.resets[actions.resetAt];
      int c = actions.resetOrdinals[actions.resetAt];
      boolean known = pod.slots[c].record(record.id) != null;
      if (known && record.state() != RecordState.EXITED && !actions.resetStopped) {
        actions.resetStopped = true;
        out.because(Subject.STOP, c, Cause.RESET, c, 0);
        out.because(Subject.GRACE, c, Cause.GRACE_OF_RESET, c, 0);
        out.recordEvent("Normal", "Killing", c, "Stopping container");
        out.stopContainer(c, record.id, 0, false, false);
        return;
      }
      if (known) {
        out.moved(c, RecordTransition.removed(record.state()));
        pod.slots[c].remove(record.id);
      }
      out.because(Subject.REMOVE, c, Cause.RESET, c, 0);
      out.removeRecord(c, record.id);
      actions.resetStopped = false;
      actions.resetAt++;
    }
  }

  /** Every stop of the termination in progress is to be over by then (rule L-425). */
  void shortenStops(PodState pod, long until, PodSink out) {
    if (pod.step == Step.STOPPING_ALL) {
      PodActions actions = actions(pod);
      for (int k = 0; k < actions.stopCount; k++) {
        out.shortenStop(actions.stops[k], until);
      }
    }
  }

  void stopDone(PodState pod, int container, long now, PodSink out) {
    switch (pod.step) {
      case STOPPING_ALL -> TerminationOrder.done(pod, actions(pod), container, out);
      case STOPPING_ONE -> {
        actions(pod).stopAt++;
        nextStop(pod, out);
      }
      case RESETTING -> nextReset(pod, out);
      case IDLE,
          STOPPING_SANDBOX,
          CREATING_SANDBOX,
          MEASURING,
          RESIZING,
          INSPECTING,
          PULLING,
          STARTING ->
          throw new IllegalStateException(
              "no stop was asked for: pod=" + pod.meta.key() + " container=" + container);
    }
  }

  /**
   * Rules L-153, L-406: a stop that failed ends the pass, or the attempt to terminate; what is left
   * of a stop of everything goes on without it.
   */
  void stopFailed(PodState pod) {
    PodActions actions = actions(pod);
    actions.failed = true;
    switch (pod.step) {
      case STOPPING_ALL -> TerminationOrder.failed(actions);
      case STOPPING_ONE, RESETTING -> pod.step = Step.IDLE;
      case IDLE,
          STOPPING_SANDBOX,
          CREATING_SANDBOX,
          MEASURING,
          RESIZING,
          INSPECTING,
          PULLING,
          STARTING ->
          throw new IllegalStateException("no stop was asked for: pod=" + pod.meta.key());
    }
  }

  /** Rule L-154. */
  private static void purge(PodState pod, PodSink out) {
    for (int c = 0; c < pod.shape.appStart; c++) {
      ContainerSlot slot = pod.slots[c];
      for (ContainerRecord r = slot.newest; r != null; r = r.older) {
        out.moved(c, RecordTransition.removed(r.state()));
        out.because(Subject.REMOVE, c, Cause.PURGED, c, 0);
        out.removeRecord(c, r.id);
      }
      slot.newest = null;
    }
  }

  /** Rule L-155, by the view the pass began with. */
  private static void prune(PodState pod, PodSink out) {
    PodActions actions = actions(pod);
    for (int k = 0; k < actions.pruneCount; k++) {
      int c = actions.pruneOrdinals[k];
      ContainerRecord record = actions.prunes[k];
      if (pod.slots[c].record(record.id) != null) {
        out.moved(c, RecordTransition.removed(record.state()));
        pod.slots[c].remove(record.id);
        out.because(Subject.REMOVE, c, Cause.PRUNED, c, 0);
        out.removeRecord(c, record.id);
      }
    }
  }

  // Sandbox.

  void sandboxMade(PodState pod, long now, PodSink out) {
    if (pod.step == Step.CREATING_SANDBOX) {
      pod.actuated = ResizeRules.podLevel(pod);
      pod.cgroup = pod.shape;
      actions(pod).sandboxMade = true;
    }
  }

  void sandboxFailed(PodState pod, String message, PodSink out) {
    if (pod.step == Step.CREATING_SANDBOX) {
      if (!pod.terminationWanted) {
        out.because(Subject.EVENT, -1, Cause.START_ENDED, -1, 0);
        out.recordEvent(
            "Warning", "FailedCreatePodSandBox", -1, "Failed to create pod sandbox: " + message);
      }
      actions(pod).failed = true;
    }
  }

  // Resizes.

  void memoryMeasured(PodState pod, PodEvent.MemoryMeasured event, PodSink out) {
    if (pod.step == Step.MEASURING) {
      ResizeRunner.measured(pod, actions(pod), event, out);
    }
  }

  void resourcesUpdated(PodState pod, PodEvent.ResourcesUpdated event, PodSink out) {
    if (pod.step == Step.RESIZING) {
      ResizeRunner.updated(pod, actions(pod), event, out);
    }
  }

  // Starts.

  /** Begins the next start on the list; refused ones are passed over (rules L-152, L-153). */
  private void nextStart(PodState pod, long now, PodSink out) {
    PodActions actions = actions(pod);
    while (actions.startAt < actions.startCount) {
      int c = actions.starts[actions.startAt];
      if (pod.shape.isApp(c) && resizes(pod, actions, out)) {
        return;
      }
      if (!refusedByBackOff(pod, c, now, out)) {
        beginImage(pod, c, now, out);
        return;
      }
    }
    resizes(pod, actions, out);
  }

  /** Before 1.37 resizes come between the init and the app starts; true: they are under way. */
  private static boolean resizes(PodState pod, PodActions actions, PodSink out) {
    if (!actions.resizes.done) {
      ResizeRunner.begin(pod, actions, out);
      if (!actions.resizes.done) {
        return true;
      }
      pod.step = Step.STARTING;
    }
    return false;
  }

  private boolean refusedByBackOff(PodState pod, int c, long now, PodSink out) {
    PodActions actions = actions(pod);
    ContainerSlot slot = pod.slots[c];
    long end =
        CrashLoopBackOff.attempt(
            profile, slot, pod.shape.container(c), actions.exitedAt[actions.startAt], now);
    if (end == Times.NONE) {
      tellStart(actions, c, slot, profile, out);
      return false;
    }
    if (profile.exactBackOffRequeue()
        && (actions.backOffEnd == Times.NONE || end < actions.backOffEnd)) {
      actions.backOffEnd = end;
    }
    String message = StopMessages.backOff(pod, c);
    out.because(Subject.EVENT, c, Cause.BACK_OFF_IN_FORCE, c, end);
    out.recordEvent("Warning", "BackOff", c, message);
    startFailed(pod, c, "CrashLoopBackOff", message);
    return true;
  }

  private static void tellStart(
      PodActions actions, int c, ContainerSlot slot, Profile profile, PodSink out) {
    int k = actions.startAt;
    out.because(
        Subject.START, c, actions.startCauses[k], actions.startAbouts[k], actions.startNumbers[k]);
    if (actions.exitedAt[k] != Times.NONE) {
      boolean isFirst = slot.backOffDelay() == profile.backOffFirstSeconds() * Times.SECOND;
      out.because(
          Subject.BACK_OFF,
          c,
          isFirst ? Cause.BACK_OFF_FIRST : Cause.BACK_OFF_OVER,
          c,
          slot.backOffDelay() / Times.SECOND);
    }
  }

  /** Notes a failed start and goes past it: a regular init container ends the pass (rule L-153). */
  private static void startFailed(PodState pod, int c, String reason, String message) {
    PodActions actions = actions(pod);
    ContainerSlot slot = pod.slots[c];
    slot.startError(reason, message);
    actions.failed = true;
    if (pod.shape.role(c) == ContainerRole.REGULAR_INIT) {
      actions.startAt = actions.startCount;
      actions.resizes.done = true;
    } else {
      actions.startAt++;
    }
  }

  /** Rule L-330. */
  private void beginImage(PodState pod, int c, long now, PodSink out) {
    ContainerSpec container = pod.shape.container(c);
    if (container.imagePullPolicy() == ImagePullPolicy.ALWAYS) {
      pull(pod, c, Cause.PULL_ALWAYS, now, out);
    } else if (pod.slots[c].presentImage.equals(container.image())) {
      out.because(Subject.EVENT, c, Cause.IMAGE_PRESENT, c, 0);
      out.recordEvent("Normal", "Pulled", c, "Container image already present on machine");
      imageReady(pod, c, now, out);
    } else {
      pod.step = Step.INSPECTING;
      out.inspectImage(c, container.image());
    }
  }

  void inspected(PodState pod, int c, boolean present, long now, PodSink out) {
    if (pod.step != Step.INSPECTING) {
      return;
    }
    pod.step = Step.STARTING;
    ContainerSpec container = pod.shape.container(c);
    if (present) {
      out.because(Subject.EVENT, c, Cause.IMAGE_PRESENT, c, 0);
      out.recordEvent("Normal", "Pulled", c, "Container image already present on machine");
      imageReady(pod, c, now, out);
    } else if (container.imagePullPolicy() == ImagePullPolicy.NEVER) {
      out.because(Subject.EVENT, c, Cause.IMAGE_NEVER, c, 0);
      fail(
          pod,
          c,
          "ErrImageNeverPull",
          "Container image \"" + container.image() + "\" is not present with pull policy of Never",
          now,
          out);
    } else {
      pull(pod, c, Cause.PULL_MISSING, now, out);
    }
  }

  private void pull(PodState pod, int c, Cause cause, long now, PodSink out) {
    String image = pod.shape.container(c).image();
    ImageRules.Refusal refusal = ImageRules.backOff(pod.pullBackOff, image, now);
    if (refusal != null) {
      Long until = pod.pullBackOff == null ? null : pod.pullBackOff.until(image, now);
      out.because(Subject.EVENT, c, Cause.PULL_BACK_OFF, c, until == null ? now : until);
      out.recordEvent("Normal", "BackOff", c, refusal.message());
      fail(pod, c, refusal.reason(), refusal.message(), now, out);
      return;
    }
    pod.step = Step.PULLING;
    out.because(Subject.EVENT, c, cause, c, 0);
    out.recordEvent("Normal", "Pulling", c, "Pulling image \"" + image + "\"");
    out.pullImage(c, image);
  }

  void pulled(PodState pod, int c, long now, PodSink out) {
    if (pod.step != Step.PULLING) {
      return;
    }
    pod.step = Step.STARTING;
    out.because(Subject.EVENT, c, Cause.IMAGE_PULLED, c, 0);
    out.recordEvent("Normal", "Pulled", c, "Successfully pulled image");
    imageReady(pod, c, now, out);
  }

  /** Rule L-331. */
  void pullFailed(PodState pod, PodEvent.ImagePullFailed event, long now, PodSink out) {
    if (pod.step != Step.PULLING) {
      return;
    }
    pod.step = Step.STARTING;
    PullBackOff backOff = pod.pullBackOff;
    if (backOff == null) {
      backOff = new PullBackOff();
      pod.pullBackOff = backOff;
    }
    int c = event.container();
    backOff.failed(pod.shape.container(c).image(), event.reason() + ": " + event.message(), now);
    out.because(Subject.EVENT, c, Cause.PULL_FAILED, c, 0);
    out.recordEvent("Warning", "Failed", c, "Failed to pull image: " + event.message());
    fail(pod, c, event.reason(), event.message(), now, out);
  }

  private void fail(PodState pod, int c, String reason, String message, long now, PodSink out) {
    out.because(Subject.EVENT, c, Cause.START_ENDED, c, 0);
    out.recordEvent("Warning", "Failed", c, "Error: " + reason);
    startFailed(pod, c, reason, message);
    nextStart(pod, now, out);
  }

  private static void imageReady(PodState pod, int c, long now, PodSink out) {
    PodActions actions = actions(pod);
    ContainerSlot slot = pod.slots[c];
    Sandbox sandbox = pod.sandbox;
    if (sandbox == null) {
      throw new IllegalStateException("no sandbox to start in: pod=" + pod.meta.key());
    }
    slot.presentImage = pod.shape.container(c).image();
    slot.actuated = pod.shape.container(c).resources();
    ContainerRecord record =
        new ContainerRecord(
            ++pod.lastRecordId,
            sandbox,
            pod.shape.container(c).image(),
            actions.restartCounts[actions.startAt]);
    slot.starting = record;
    out.startContainer(
        c, record.id, record.restartCount, GraceRules.ofContainer(pod, c, StopReason.NONE));
  }

  /** The runtime has made the container: from now on there is a record of it. */
  void created(PodState pod, int c, int recordId, PodSink out) {
    ContainerSlot slot = pod.slots[c];
    ContainerRecord record = slot.starting;
    if (record != null && record.id == recordId) {
      record.older = slot.newest;
      slot.newest = record;
      out.moved(c, RecordTransition.CREATED);
      slot.starting = null;
    }
  }

  void startDone(PodState pod, PodEvent.StartDone event, long now, PodSink out) {
    if (pod.step != Step.STARTING) {
      return;
    }
    int c = event.container();
    pod.slots[c].starting = null;
    if (event.reason().isEmpty()) {
      pod.slots[c].startError("", "");
      actions(pod).startAt++;
    } else {
      startFailed(pod, c, event.reason(), event.message());
    }
    nextStart(pod, now, out);
  }
}

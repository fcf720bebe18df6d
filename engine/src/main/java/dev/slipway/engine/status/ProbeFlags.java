package dev.slipway.engine.status;

import dev.slipway.engine.api.ContainerRole;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.probe.ProbeSettings;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.ContainerSlot;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.ProbeResult;
import dev.slipway.engine.state.StatusCell;
import dev.slipway.engine.why.Cause;
import org.jspecify.annotations.Nullable;

/**
 * {@code started} and {@code ready} of each container (rules L-220, L-221, P-060, P-061;
 * prober_manager.go UpdatePodStatus, 1.37.2).
 */
public final class ProbeFlags {
  private ProbeFlags() {}

  /**
   * Sets the flags in the draft.
   *
   * @return bit set, by ordinal, of the containers whose readiness is to be probed at once
   *     (P-061c); containers from the 64th on are left to their own ticks
   */
  static long compute(Profile profile, ProbeSettings agent, PodState pod, StatusDraft draft) {
    long triggers = 0;
    for (int c = 0; c < pod.shape.ephemeralStart; c++) {
      boolean trigger = compute(profile, agent, pod, c, draft.cells[c], draft.causes);
      if (trigger && c < Long.SIZE) {
        triggers |= 1L << c;
      }
    }
    return triggers;
  }

  /** Sets the flags of one container; true: its readiness is to be probed at once (P-061c). */
  public static boolean compute(
      Profile profile,
      ProbeSettings agent,
      PodState pod,
      int c,
      StatusCell cell,
      StatusCauses causes) {
    ContainerSlot slot = pod.slots[c];
    ContainerRecord record = cell.recordId == 0 ? null : slot.record(cell.recordId);
    Cause why = startedCause(profile, slot, record, cell);
    boolean started = saysStarted(why);
    causes.started(c, why);
    cell.started = (byte) (started ? 1 : 0);
    if (pod.shape.role(c) == ContainerRole.REGULAR_INIT) {
      if (cell.state instanceof ContainerState.Terminated t && t.exitCode() == 0) {
        cell.ready = true;
      }
      causes.ready(c, cell.ready ? Cause.READY_INIT : Cause.READY_NOT_INIT);
      return false;
    }
    if (!started) {
      causes.ready(c, Cause.READY_NOT_STARTED);
      return false;
    }
    ProbeResult result = record == null ? ProbeResult.NONE : record.readiness();
    boolean success = result == ProbeResult.SUCCESS;
    boolean worker = slot.hasWorker(ProbeType.READINESS);
    cell.ready = success || !worker;
    causes.ready(
        c,
        success ? Cause.READY_BY_PROBE : worker ? Cause.READY_NOT_YET : Cause.READY_WITHOUT_PROBE);
    if (!success
        && cell.state instanceof ContainerState.Running running
        && agent.fromBefore(running.startedAt())) {
      cell.ready = readyAsBefore(pod, c, cell.ready, result);
      causes.ready(c, Cause.READY_FROM_BEFORE);
    }
    return !success && worker;
  }

  /** Rule P-102: of an instance from before the agent, what the API said is kept. */
  private static boolean readyAsBefore(PodState pod, int c, boolean ready, ProbeResult result) {
    boolean kept = ready || result == ProbeResult.NONE;
    return kept
        && (pod.shape.container(c).readinessProbe() == null || pod.isTrue(OwnedCondition.READY));
  }

  /** {@code started} of one container as it is now; true too if the status before said so. */
  public static boolean started(
      Profile profile, ContainerSlot slot, @Nullable ContainerRecord record, StatusCell cell) {
    return saysStarted(startedCause(profile, slot, record, cell));
  }

  private static boolean saysStarted(Cause cause) {
    return cause != Cause.STARTED_NOT_RUNNING && cause != Cause.STARTED_NOT_YET;
  }

  private static Cause startedCause(
      Profile profile, ContainerSlot slot, @Nullable ContainerRecord record, StatusCell cell) {
    if (!(cell.state instanceof ContainerState.Running)) {
      return Cause.STARTED_NOT_RUNNING;
    }
    if (record != null && record.startup() != ProbeResult.NONE) {
      return record.startup() == ProbeResult.SUCCESS
          ? Cause.STARTED_BY_PROBE
          : Cause.STARTED_NOT_YET;
    }
    if (profile.carryStarted() && cell.started == 1) {
      return slot.hasWorker(ProbeType.STARTUP)
          ? Cause.STARTED_CARRIED
          : Cause.STARTED_WITHOUT_PROBE;
    }
    return slot.hasWorker(ProbeType.STARTUP) ? Cause.STARTED_NOT_YET : Cause.STARTED_WITHOUT_PROBE;
  }

  /** Sends the triggers of {@link #compute}. */
  static void send(long triggers, PodSink out) {
    for (long rest = triggers; rest != 0; rest &= rest - 1) {
      out.triggerReadiness(Long.numberOfTrailingZeros(rest));
    }
  }
}

package dev.slipway.engine.status;

import dev.slipway.engine.api.ContainerRole;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.ContainerSlot;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.ProbeResult;
import dev.slipway.engine.state.StatusCell;
import org.jspecify.annotations.Nullable;

/**
 * {@code started} and {@code ready} of each container (rules L-220, L-221, P-060, P-061;
 * prober_manager.go UpdatePodStatus, 1.37.2).
 */
final class ProbeFlags {
  private ProbeFlags() {}

  /**
   * Sets the flags in the draft.
   *
   * @return bit set, by ordinal, of the containers whose readiness is to be probed at once
   *     (P-061c); containers from the 64th on are left to their own ticks
   */
  static long compute(Profile profile, PodState pod, StatusDraft draft) {
    long triggers = 0;
    for (int c = 0; c < pod.shape.ephemeralStart; c++) {
      StatusCell cell = draft.cells[c];
      ContainerSlot slot = pod.slots[c];
      ContainerRecord record = cell.recordId == 0 ? null : slot.record(cell.recordId);
      boolean started = started(profile, slot, record, cell);
      cell.started = (byte) (started ? 1 : 0);
      if (pod.shape.role(c) == ContainerRole.REGULAR_INIT) {
        if (cell.state instanceof ContainerState.Terminated t && t.exitCode() == 0) {
          cell.ready = true;
        }
      } else if (started) {
        boolean success = record != null && record.readiness == ProbeResult.SUCCESS;
        boolean worker = slot.hasWorker(ProbeType.READINESS);
        cell.ready = success || !worker;
        if (!success && worker && c < Long.SIZE) {
          triggers |= 1L << c;
        }
      }
    }
    return triggers;
  }

  private static boolean started(
      Profile profile, ContainerSlot slot, @Nullable ContainerRecord record, StatusCell cell) {
    if (!(cell.state instanceof ContainerState.Running)) {
      return false;
    }
    if (record != null && record.startup != ProbeResult.NONE) {
      return record.startup == ProbeResult.SUCCESS;
    }
    if (profile.carryStarted() && cell.started == 1) {
      return true;
    }
    return !slot.hasWorker(ProbeType.STARTUP);
  }

  /** Sends the triggers of {@link #compute}. */
  static void send(long triggers, PodSink out) {
    for (long rest = triggers; rest != 0; rest &= rest - 1) {
      out.triggerReadiness(Long.numberOfTrailingZeros(rest));
    }
  }
}

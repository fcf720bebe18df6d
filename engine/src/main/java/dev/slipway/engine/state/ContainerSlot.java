package dev.slipway.engine.state;

import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.ResourceRequirements;
import org.jspecify.annotations.Nullable;

/**
 * What the pod knows of one of its containers: the cached status and, beside it, runtime records,
 * back-off, probe workers. One object, for there is one for every container of every pod.
 */
public final class ContainerSlot extends StatusCell {
  /** The newest record, older ones linked behind it. */
  public @Nullable ContainerRecord newest;

  /** The instance a start in progress will make. */
  public @Nullable ContainerRecord starting;

  private @Nullable StartTrouble trouble;

  /** An image of this reference is known to be on the node. */
  public String presentImage = "";

  /** The resources last set for the container (rule L-170); nothing if none were. */
  public ResourceRequirements actuated = ResourceRequirements.NONE;

  /** Bit set of probe workers that exist, by {@link ProbeType#ordinal()}. */
  public byte workers;

  /** The workers were made anew after the container had finished for good (P-019). */
  public boolean workersReturned;

  /** What the container's probe workers were last told, see {@code ContainerEvent.Observed}. */
  public int toldRecord;

  public byte told;

  /** The cached status. */
  public StatusCell status() {
    return this;
  }

  /** Waiting reason of the last failed start, empty if there is none (rule L-522). */
  public String startError() {
    StartTrouble present = trouble;
    return present == null ? "" : present.error;
  }

  /** The message beside {@link #startError()}. */
  public String startErrorMessage() {
    StartTrouble present = trouble;
    return present == null ? "" : present.message;
  }

  /** Notes how the last start went; empty: well. */
  public void startError(String reason, String message) {
    if (trouble != null || !reason.isEmpty()) {
      StartTrouble changed = trouble();
      changed.error = reason;
      changed.message = message;
      forgetTrouble();
    }
  }

  /** Restart back-off; null without an entry (rule L-310). */
  public @Nullable BackOff backOff() {
    StartTrouble present = trouble;
    return present == null ? null : present.backOff;
  }

  /** Sets or removes the restart back-off. */
  public void backOff(@Nullable BackOff entry) {
    if (trouble != null || entry != null) {
      trouble().backOff = entry;
      forgetTrouble();
    }
  }

  private StartTrouble trouble() {
    StartTrouble present = trouble;
    if (present == null) {
      present = new StartTrouble();
      trouble = present;
    }
    return present;
  }

  private void forgetTrouble() {
    StartTrouble present = trouble;
    if (present != null && present.error.isEmpty() && present.backOff == null) {
      trouble = null;
    }
  }

  /** True if the worker of that type exists. */
  public boolean hasWorker(ProbeType type) {
    return (workers & (1 << type.ordinal())) != 0;
  }

  /** Notes that a worker exists or has ended. */
  public void worker(ProbeType type, boolean exists) {
    int bit = 1 << type.ordinal();
    workers = (byte) (exists ? workers | bit : workers & ~bit);
  }

  /** The record with that id, null if the runtime no longer knows it. */
  public @Nullable ContainerRecord record(int id) {
    for (ContainerRecord r = newest; r != null; r = r.older) {
      if (r.id == id) {
        return r;
      }
    }
    return null;
  }

  /** Takes the record with that id out of the list. */
  public void remove(int id) {
    ContainerRecord first = newest;
    if (first != null && first.id == id) {
      newest = first.older;
      return;
    }
    for (ContainerRecord r = first; r != null; r = r.older) {
      ContainerRecord next = r.older;
      if (next != null && next.id == id) {
        r.older = next.older;
        return;
      }
    }
  }

  /** The newest record that is EXITED, null if there is none. */
  public @Nullable ContainerRecord newestExited() {
    for (ContainerRecord r = newest; r != null; r = r.older) {
      if (r.state() == RecordState.EXITED) {
        return r;
      }
    }
    return null;
  }

  /** True if the newest record is in that state. */
  public boolean is(RecordState state) {
    ContainerRecord r = newest;
    return r != null && r.state() == state;
  }

  /** True if the cached state is Terminated. */
  public boolean showsTerminated() {
    return state instanceof ContainerState.Terminated;
  }

  /** The restart back-off's delay in nanoseconds, 0 without an entry. */
  public long backOffDelay() {
    BackOff entry = backOff();
    return entry == null ? 0 : entry.delay();
  }
}

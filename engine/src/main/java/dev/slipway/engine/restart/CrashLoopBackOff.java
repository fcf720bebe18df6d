package dev.slipway.engine.restart;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.BackOff;
import dev.slipway.engine.state.ContainerSlot;

/**
 * Restart back-off of one container (rules L-310 to L-315; kuberuntime_manager.go doBackOff with
 * client-go's Backoff, 1.37.2).
 */
public final class CrashLoopBackOff {
  private static final long FORGET_AFTER = 600 * Times.SECOND;

  private CrashLoopBackOff() {}

  /** Rule L-311: the node drops entries that were not updated for long; here at once. */
  public static void housekeep(ContainerSlot slot, long now) {
    BackOff entry = slot.backOff();
    if (entry != null && now - entry.updated() > FORGET_AFTER) {
      slot.backOff(null);
    }
  }

  /**
   * Judges a start attempt, after housekeeping: {@link Times#NONE} permits it and notes it in the
   * slot, anything else is the end of the back-off that refuses it.
   *
   * @param exitedAt finishedAt of the newest EXITED record in the view the pass began with, NONE if
   *     there is none
   */
  public static long attempt(
      Profile profile, ContainerSlot slot, ContainerSpec container, long exitedAt, long now) {
    housekeep(slot, now);
    long cap = profile.backOffCapSeconds() * Times.SECOND;
    long first = profile.backOffFirstSeconds() * Times.SECOND;
    return attempt(first, cap, slot, container, exitedAt, now);
  }

  /** The same with the delays of a node, without housekeeping. */
  public static long attempt(
      BackOffLimits limits, ContainerSlot slot, ContainerSpec container, long exitedAt, long now) {
    return attempt(limits.first(), limits.cap(), slot, container, exitedAt, now);
  }

  private static long attempt(
      long first, long cap, ContainerSlot slot, ContainerSpec container, long exitedAt, long now) {
    if (exitedAt == Times.NONE) {
      return Times.NONE;
    }
    BackOff entry = slot.backOff();
    long delay = first;
    if (entry != null && isFor(entry, container) && exitedAt - entry.updated() <= FORGET_AFTER) {
      if (now - exitedAt < entry.delay()) {
        return exitedAt + entry.delay();
      }
      delay = Math.min(2 * entry.delay(), cap);
    }
    slot.backOff(new BackOff(delay, now, container.image(), container.resources()));
    return Times.NONE;
  }

  /** Rule L-310: the entry is of this image and these resources. */
  private static boolean isFor(BackOff entry, ContainerSpec container) {
    return entry.image().equals(container.image())
        && entry.resources().equals(container.resources());
  }
}

package dev.slipway.engine.restart;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.ContainerSlot;

/**
 * Restart back-off of one container (rules L-310 to L-315; kuberuntime_manager.go doBackOff with
 * client-go's Backoff, 1.37.2).
 */
public final class CrashLoopBackOff {
  private static final long FORGET_AFTER = 600 * Times.SECOND;

  private CrashLoopBackOff() {}

  /**
   * Judges a start attempt: {@link Times#NONE} permits it and notes it in the slot, anything else
   * is the end of the back-off that refuses it.
   *
   * @param exitedAt finishedAt of the newest EXITED record in the view the pass began with, NONE if
   *     there is none
   */
  public static long attempt(
      Profile profile, ContainerSlot slot, String image, long exitedAt, long now) {
    if (exitedAt == Times.NONE) {
      return Times.NONE;
    }
    boolean known =
        slot.backOffUpdated != Times.NONE
            && slot.backOffImage.equals(image)
            && now - slot.backOffUpdated <= FORGET_AFTER;
    boolean inForce = known && exitedAt - slot.backOffUpdated <= FORGET_AFTER;
    if (inForce && now - exitedAt < slot.backOffDelay) {
      return exitedAt + slot.backOffDelay;
    }
    long first =
        Math.min(profile.backOffFirstSeconds(), profile.backOffCapSeconds()) * Times.SECOND;
    slot.backOffDelay =
        inForce
            ? Math.min(2 * slot.backOffDelay, profile.backOffCapSeconds() * Times.SECOND)
            : first;
    slot.backOffUpdated = now;
    slot.backOffImage = image;
    return Times.NONE;
  }
}

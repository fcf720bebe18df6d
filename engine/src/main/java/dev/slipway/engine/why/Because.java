package dev.slipway.engine.why;

/**
 * Who is told why, right before the effect or the change of the status that follows. Told only when
 * something is done or changes, with constants and numbers, so that it costs a call at most.
 */
public interface Because {
  /** Nobody wants to know. */
  Because NOBODY = (_, _, _, _, _) -> {};

  /**
   * Takes a cause.
   *
   * @param container whom the subject is about, by ordinal; -1: the pod
   * @param about the container that set it off, by ordinal; -1: none
   * @param number what the words of the cause say it is: an exit code, seconds, a time
   */
  void because(Subject subject, int container, Cause cause, int about, long number);
}

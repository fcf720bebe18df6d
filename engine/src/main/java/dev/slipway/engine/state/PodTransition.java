package dev.slipway.engine.state;

import dev.slipway.engine.state.PodState.Worker;

/**
 * What becomes of a pod worker (rules section 4.3; pod_workers.go, 1.37.2). There is no way back:
 * the same uid is never SYNCING again.
 */
public enum PodTransition implements Transition {
  /** Rule L-420. */
  DELETED(Worker.SYNCING, "deletionTimestamp seen", Worker.TERMINATING),
  /** Rules L-420, L-458. */
  REMOVED(Worker.SYNCING, "object gone without deletion", Worker.TERMINATING),
  /** Rules L-420, L-452 to L-454. */
  REQUESTED(Worker.SYNCING, "eviction, preemption, shutdown", Worker.TERMINATING),
  /** Rules L-420, L-422. */
  ENDED(Worker.SYNCING, "terminal phase", Worker.TERMINATING),
  /** Rule L-427. */
  ORPHANED(Worker.SYNCING, "no spec of the pod", Worker.TERMINATING),
  /** Rule L-455. */
  REJECTED(Worker.SYNCING, "not admitted", Worker.FINISHED),
  /** Rules L-021, L-406, L-423. */
  RETRIED(Worker.TERMINATING, "a stop failed", Worker.TERMINATING),
  /** Rule L-423. */
  STOPPED(Worker.TERMINATING, "all containers and sandboxes stopped", Worker.TERMINATED),
  /** Rule L-428. */
  CLOSED(Worker.TERMINATED, "final status written", Worker.FINISHED);

  private final Worker from;
  private final String cause;
  private final Worker to;

  PodTransition(Worker from, String cause, Worker to) {
    this.from = from;
    this.cause = cause;
    this.to = to;
  }

  @Override
  public Worker before() {
    return from;
  }

  @Override
  public Worker after() {
    return to;
  }

  @Override
  public String cause() {
    return cause;
  }
}

package dev.slipway.ops.replay;

import dev.slipway.engine.api.Times;

/** A stretch of a pod's way from its creation to its being ready. */
enum Stage {
  /** From creation to having a node. */
  SCHEDULED("scheduled"),
  /** From the node to a sandbox with network. */
  SANDBOX("sandbox"),
  /** From the sandbox to the end of the init containers; sidecars are up. */
  INITIALIZED("initialized"),
  /** From there to the last app container's start: pulls included. */
  STARTED("started"),
  /** From there to Ready: startup and readiness probes. */
  READY("ready"),
  /** From creation to Ready. */
  TOTAL("total");

  private final String key;

  Stage(String key) {
    this.key = key;
  }

  String key() {
    return key;
  }

  /** How long the stretch took, {@link Times#NONE} if the pod did not get to its end. */
  long of(PodRecord pod, long runStart) {
    LifeLog life = pod.life;
    if (life == null) {
      return Times.NONE;
    }
    long arrival = Math.max(pod.arrival, runStart);
    return switch (this) {
      case SCHEDULED -> between(arrival, life.boundAt);
      case SANDBOX -> between(life.boundAt, life.sandboxAt);
      case INITIALIZED -> between(life.sandboxAt, life.initializedAt);
      case STARTED -> between(life.initializedAt, life.startedAt);
      case READY -> between(life.startedAt, life.readyAt);
      case TOTAL -> between(arrival, life.readyAt);
    };
  }

  private static long between(long from, long to) {
    return from == Times.NONE || to == Times.NONE ? Times.NONE : Math.max(0, to - from);
  }
}

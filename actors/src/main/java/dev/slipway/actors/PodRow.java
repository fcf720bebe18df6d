package dev.slipway.actors;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.StatusCell;

/**
 * One line of a list of pods.
 *
 * @param meta the object's metadata
 * @param phase of the status in the API; Pending until there is one
 * @param reason of that status, or empty
 * @param ready the Ready condition is True
 * @param readyContainers app containers and sidecars that are ready
 * @param containers how many of them there are
 * @param restarts of all containers
 */
public record PodRow(
    ObjectMeta meta,
    PodPhase phase,
    String reason,
    boolean ready,
    int readyContainers,
    int containers,
    int restarts) {
  /** The row of a pod nothing is known of yet. */
  static PodRow of(ObjectMeta meta, PodShape shape) {
    int containers = 0;
    for (int c = 0; c < shape.ephemeralStart; c++) {
      containers += shape.mayHaveProbes(c) ? 1 : 0;
    }
    return new PodRow(meta, PodPhase.PENDING, "", false, 0, containers, 0);
  }

  /** The row after a publication; the same object if nothing changed. */
  PodRow after(PodState pod) {
    int readyContainers = 0;
    int restarts = 0;
    PodShape shape = pod.shape;
    for (int c = 0; c < shape.ephemeralStart; c++) {
      StatusCell cell = pod.slots[c].status();
      restarts += cell.restartCount;
      readyContainers += cell.ready && shape.mayHaveProbes(c) ? 1 : 0;
    }
    PodPhase phase = pod.apiPhase == null ? PodPhase.PENDING : pod.apiPhase;
    boolean ready = !phase.terminal() && pod.isTrue(OwnedCondition.READY);
    boolean same =
        pod.apiMeta == meta
            && phase == this.phase
            && ready == this.ready
            && readyContainers == this.readyContainers
            && restarts == this.restarts
            && pod.apiReason.equals(reason);
    return same
        ? this
        : new PodRow(
            pod.apiMeta, phase, pod.apiReason, ready, readyContainers, containers, restarts);
  }
}

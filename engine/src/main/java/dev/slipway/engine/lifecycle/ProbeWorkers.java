package dev.slipway.engine.lifecycle;

import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.ContainerSlot;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;

/**
 * Which probe workers a pod has and when they lose their context (rules P-011 to P-013, P-016,
 * P-019; prober_manager.go AddPod, 1.37.2).
 */
final class ProbeWorkers {
  private static final ProbeType[] TYPES = ProbeType.values();

  private final Profile profile;

  ProbeWorkers(Profile profile) {
    this.profile = profile;
  }

  /** Rules P-011 to P-013, P-019. */
  void ensure(PodState pod, PodSink out) {
    PodShape shape = pod.shape;
    for (int c = shape.appStart; c < shape.ephemeralStart; c++) {
      if (!ensure(pod, c, out)) {
        return;
      }
    }
    for (int c = 0; c < shape.appStart; c++) {
      if (shape.isSidecar(c) && !ensure(pod, c, out)) {
        return;
      }
    }
  }

  /** Makes the missing workers of a container; false: those of the containers after it wait. */
  private boolean ensure(PodState pod, int c, PodSink out) {
    ContainerSlot slot = pod.slots[c];
    boolean missing = false;
    boolean goesOn = true;
    for (ProbeType type : TYPES) {
      if (pod.shape.container(c).probe(type) == null) {
        continue;
      }
      if (slot.hasWorker(type)) {
        goesOn = profile.workersPerContainer();
        break;
      }
      if (endedForGood(slot)) {
        if (!profile.finishedWorkersReturn()) {
          break;
        }
        slot.workersReturned = true;
      } else {
        slot.workersReturned = false;
      }
      slot.worker(type, true);
      missing = true;
    }
    if (missing) {
      out.ensureProbes(c, pod.meta.deleting());
    }
    return goesOn;
  }

  /** The container has ended, and nothing will start it again. */
  static boolean endedForGood(ContainerSlot slot) {
    return PodSink.Observation.present(slot.told)
        && PodSink.Observation.state(slot.told) == PodSink.Observation.TERMINATED
        && !PodSink.Observation.goesOn(slot.told);
  }

  /**
   * A request to terminate cancels the context of the passes, and with it that of the probe workers
   * (1.36 only); a pass that finds the pod at its end does not (pod_workers.go UpdatePod,
   * completeSync).
   */
  void cut(PodState pod, PodSink out) {
    if (profile.probesCutAtTermination() && !pod.probesCut) {
      pod.probesCut = true;
      for (int c = 0; c < pod.shape.ephemeralStart; c++) {
        if (pod.slots[c].workers != 0) {
          out.cutProbes(c);
        }
      }
    }
  }
}

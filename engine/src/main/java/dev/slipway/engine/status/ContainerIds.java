package dev.slipway.engine.status;

import dev.slipway.engine.state.PodState;

/** Container ids as the API shows them. */
public final class ContainerIds {
  private ContainerIds() {}

  /** The id of an instance: runtime, pod and number of the instance in the pod. */
  public static String text(PodState pod, int recordId) {
    return "slipway://" + pod.meta.uid() + "/" + recordId;
  }
}

package dev.slipway.ingest.feed;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import java.util.List;

/** Pods with a name, a phase and a reason. */
public final class TestPods {
  private TestPods() {}

  public static Pod pod(String uid, PodPhase phase, String reason) {
    var status =
        new PodStatus(
            phase, reason, "", Times.NONE, "", "", 0, List.of(), List.of(), List.of(), List.of());
    return new Pod(ObjectMeta.of("shop", "pod-" + uid, uid), PodSpec.EMPTY, status);
  }
}

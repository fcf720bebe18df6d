package dev.slipway.engine.lifecycle;

import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.PodShape;
import org.jspecify.annotations.Nullable;

/** What a node does not take in (rule L-902; lifecycle/predicate.go, 1.28). */
final class Admission {
  static final String SIDECAR_FORBIDDEN = "InitContainerRestartPolicyForbidden";

  private Admission() {}

  /** Why the pod is refused, null if it is not. */
  static @Nullable String refusal(Profile profile, PodShape shape) {
    if (profile.sidecars() || !shape.hasSidecar) {
      return null;
    }
    for (int c = 0; c < shape.appStart; c++) {
      if (shape.isSidecar(c)) {
        return "Init container \""
            + shape.container(c).name()
            + "\" may not have a non-default restartPolicy";
      }
    }
    throw new IllegalStateException("no sidecar in a shape that has one");
  }
}

package dev.slipway.engine.status;

import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.Sandbox;
import org.jspecify.annotations.Nullable;

/**
 * Is the pod's sandbox good (rule L-101; pkg/kubelet/kuberuntime/util PodSandboxChanged, 1.37.2).
 */
public final class SandboxRules {
  private SandboxRules() {}

  /** True if a sandbox has to be made (anew). */
  public static boolean changed(PodState pod) {
    return why(pod) != null;
  }

  /**
   * Why a sandbox has to be made, in the words of the condition (rule L-602); null if it is good.
   */
  public static @Nullable String why(PodState pod) {
    Sandbox newest = pod.sandbox;
    if (newest == null) {
      return "no pod sandbox exists";
    }
    if (readyCount(pod) > 1) {
      return "multiple pod sandboxes are ready and need to be reconciled";
    }
    if (!newest.ready) {
      return "pod sandbox is not ready";
    }
    boolean hostNetwork = pod.shape.spec.hostNetwork();
    if (newest.hostNetwork != hostNetwork) {
      return "network namespace mode changed and sandbox needs to be recreated";
    }
    if (!hostNetwork && newest.ip != null && newest.ip.isEmpty()) {
      return "pod sandbox has no IP address";
    }
    return null;
  }

  /** How many sandboxes of the pod are READY. */
  public static int readyCount(PodState pod) {
    int count = 0;
    for (Sandbox s = pod.sandbox; s != null; s = s.older) {
      count += s.ready ? 1 : 0;
    }
    return count;
  }
}

package dev.slipway.engine.status;

import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.Sandbox;
import dev.slipway.engine.why.Cause;
import org.jspecify.annotations.Nullable;

/**
 * Is the pod's sandbox good (rule L-101; pkg/kubelet/kuberuntime/util PodSandboxChanged, 1.37.2).
 */
public final class SandboxRules {
  private SandboxRules() {}

  /** True if a sandbox has to be made (anew). */
  public static boolean changed(PodState pod) {
    return cause(pod) != null;
  }

  /**
   * Why a sandbox has to be made, in the words of the condition (rule L-602); null if it is good.
   */
  public static @Nullable String why(PodState pod) {
    return switch (cause(pod)) {
      case null -> null;
      case SANDBOXES_READY -> "multiple pod sandboxes are ready and need to be reconciled";
      case SANDBOX_NOT_READY -> "pod sandbox is not ready";
      case SANDBOX_NETWORK_MODE ->
          "network namespace mode changed and sandbox needs to be recreated";
      case SANDBOX_WITHOUT_IP -> "pod sandbox has no IP address";
      default -> "no pod sandbox exists";
    };
  }

  /** Why a sandbox has to be made, as a cause; null if it is good. */
  public static @Nullable Cause cause(PodState pod) {
    Sandbox newest = pod.sandbox;
    if (newest == null) {
      return Cause.NO_SANDBOX;
    }
    if (readyCount(pod) > 1) {
      return Cause.SANDBOXES_READY;
    }
    if (!newest.ready) {
      return Cause.SANDBOX_NOT_READY;
    }
    boolean hostNetwork = pod.shape.spec.hostNetwork();
    if (newest.hostNetwork != hostNetwork) {
      return Cause.SANDBOX_NETWORK_MODE;
    }
    if (!hostNetwork && newest.ip != null && newest.ip.isEmpty()) {
      return Cause.SANDBOX_WITHOUT_IP;
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

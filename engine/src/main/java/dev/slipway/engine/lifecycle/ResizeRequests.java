package dev.slipway.engine.lifecycle;

import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.resources.ResizeAdmission;
import dev.slipway.engine.state.ConditionValue;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;

/**
 * What becomes of a spec that asks for other resources: allocated, or pending, and how the
 * conditions say so (rules L-175, L-620, L-621; pkg/kubelet/allocation, 1.37.2).
 */
final class ResizeRequests {
  private ResizeRequests() {}

  /** The spec in the API changed: resources beyond the allocated ones are asked for (L-175). */
  static void changed(PodState pod, PodEvent.Changed event, long now, PodSink out) {
    pod.apiMeta = event.meta();
    PodShape wanted = event.shape();
    pod.apiShape = ResizeRules.allocated(wanted, pod.apiShape);
    pod.wanted = pod.apiShape == wanted ? null : wanted;
    if (pod.wanted == null) {
      pod.resizePending = null;
    } else if (pod.isStatic) {
      pending(pod, "Infeasible", "In-place resize of static-pods is not supported", now, out);
    } else {
      out.requestResize();
    }
    PodLifecycle.request(pod);
  }

  /** Rules L-175, L-620, L-621. */
  static void answered(PodState pod, ResizeAdmission.Answer answer, long now, PodSink out) {
    PodShape wanted = pod.wanted;
    if (wanted == null) {
      return;
    }
    switch (answer) {
      case ResizeAdmission.Answer.Nothing _ -> allocate(pod, wanted);
      case ResizeAdmission.Answer.InProgress _ -> {
        allocate(pod, wanted);
        if (pod.resizeInProgress == null) {
          pod.resizeInProgressSince = now;
        }
        pod.resizeInProgress = condition(pod, "", "");
        out.recordEvent("Normal", "ResizeStarted", -1, "Pod resize started");
        request(pod);
      }
      case ResizeAdmission.Answer.Pending e -> pending(pod, e.reason(), e.message(), now, out);
    }
  }

  private static void allocate(PodState pod, PodShape wanted) {
    pod.apiShape = wanted;
    pod.wanted = null;
    pod.resizePending = null;
  }

  private static void pending(PodState pod, String reason, String message, long now, PodSink out) {
    ConditionValue before = pod.resizePending;
    ConditionValue wanted = condition(pod, reason, message);
    if (before == null) {
      pod.resizePendingSince = now;
    }
    if (!wanted.equals(before)) {
      pod.resizePending = wanted;
      out.recordEvent("Warning", "Resize" + reason, -1, message);
      request(pod);
    }
  }

  /** A resize condition of the generation the API has now (rule L-612). */
  private static ConditionValue condition(PodState pod, String reason, String message) {
    return new ConditionValue(ConditionStatus.TRUE, reason, message, pod.apiMeta.generation());
  }

  /** A pass finds the resources actuated: the resize is over (rule L-621). */
  static void completed(PodState pod, PodSink out) {
    if (pod.resizeInProgress != null && !ResizeRules.inProgress(pod)) {
      pod.resizeInProgress = null;
      out.recordEvent("Normal", "ResizeCompleted", -1, "Pod resize completed");
    }
  }

  /** Asks for a pass unless one is about to begin. */
  private static void request(PodState pod) {
    if (!pod.passScheduled) {
      PodLifecycle.request(pod);
    }
  }
}

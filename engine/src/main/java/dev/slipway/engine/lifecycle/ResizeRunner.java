package dev.slipway.engine.lifecycle;

import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.resources.CgroupValues;
import dev.slipway.engine.resources.PodCgroup;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.state.Amounts;
import dev.slipway.engine.state.ConditionValue;
import dev.slipway.engine.state.PodActions;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.PodState.Step;
import dev.slipway.engine.state.ResizeActions;
import dev.slipway.engine.state.ResizeActions.Kind;
import dev.slipway.engine.state.ResizeActions.Order;
import dev.slipway.engine.state.ResizeActions.Update;
import dev.slipway.engine.why.Cause;
import dev.slipway.engine.why.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the resizes of a pass (rules L-173, L-174; kuberuntime_manager.go doPodResizeAction,
 * 1.37.2). The first failure ends them; the pass goes on and is repeated.
 */
final class ResizeRunner {
  private static final int POD = -1;

  private ResizeRunner() {}

  /** Begins: asks for the memory in use if a memory limit falls, else makes the first change. */
  static void begin(PodState pod, PodActions actions, PodSink out) {
    ResizeActions resizes = actions.resizes;
    pod.step = Step.RESIZING;
    if (resizes.isEmpty()) {
      resizes.done = true;
      return;
    }
    plan(pod, resizes);
    if (lowersMemory(pod, resizes)) {
      pod.step = Step.MEASURING;
      out.measureMemory();
    } else {
      next(pod, resizes, out);
    }
  }

  /** The calls: memory, then CPU; the pod's cgroup first where it grows, last where it shrinks. */
  private static void plan(PodState pod, ResizeActions resizes) {
    CgroupValues from = cgroup(pod.cgroup);
    CgroupValues to = cgroup(pod.shape);
    boolean sums = resizes.podResources || resizes.podLevelResources;
    if (sums || !resizes.memory.isEmpty()) {
      long before = orUnlimited(from.memory());
      // A limit the pod does not have leaves the cgroup's as it is.
      long after = to.memory() == null ? before : to.memory();
      plan(resizes, Kind.MEMORY, resizes.memory, before, after, 0, 0);
    }
    if (sums || !resizes.cpu.isEmpty()) {
      long before = orUnlimited(from.cpuQuota());
      long after = to.cpuQuota() == null ? before : to.cpuQuota();
      plan(resizes, Kind.CPU, resizes.cpu, before, after, shares(from), shares(to));
    }
  }

  private static void plan(
      ResizeActions resizes,
      Kind kind,
      List<Update> containers,
      long limitBefore,
      long limitAfter,
      long requestBefore,
      long requestAfter) {
    if (limitAfter > limitBefore || requestAfter > requestBefore) {
      podOrder(
          resizes, kind, Math.max(limitAfter, limitBefore), Math.max(requestAfter, requestBefore));
    }
    for (Update update : containers) {
      resizes.orders.add(new Order(update.container(), update.recordId(), kind, update.desired()));
    }
    if (limitAfter < limitBefore || requestAfter < requestBefore) {
      podOrder(resizes, kind, limitAfter, requestAfter);
    }
  }

  /** The pod's cgroup: bytes, or CPU quota in microseconds a period and shares; 0: no limit. */
  private static void podOrder(ResizeActions resizes, Kind kind, long limit, long request) {
    long set = limit == Long.MAX_VALUE ? 0 : limit;
    Amounts amounts =
        kind == Kind.MEMORY ? new Amounts(set, 0, 0, 0) : new Amounts(0, 0, set, request);
    resizes.orders.add(new Order(POD, 0, kind, amounts));
  }

  private static CgroupValues cgroup(PodShape shape) {
    return PodCgroup.values(PodResources.of(shape.spec), PodCgroup.Config.DEFAULT);
  }

  private static long orUnlimited(@Nullable Long value) {
    return value == null || value < 0 ? Long.MAX_VALUE : value;
  }

  private static long shares(CgroupValues values) {
    Long shares = values.cpuShares();
    return shares == null ? 0 : shares;
  }

  // Rule L-174.

  private static boolean lowersMemory(PodState pod, ResizeActions resizes) {
    for (Update update : resizes.memory) {
      if (lowersMemory(update)) {
        return true;
      }
    }
    return lowersPodMemory(resizes, pod) != 0;
  }

  /** The limit falls, or there was none. */
  private static boolean lowersMemory(Update update) {
    long desired = update.desired().memoryLimit();
    long current = update.current().memoryLimit();
    return desired != 0 && (current == 0 || desired < current);
  }

  /** The pod's memory limit after the resize if it falls, else 0. */
  private static long lowersPodMemory(ResizeActions resizes, PodState pod) {
    Long after = cgroup(pod.shape).memory();
    if (after == null || (resizes.memory.isEmpty() && !resizes.podLevelResources)) {
      return 0;
    }
    return after < orUnlimited(cgroup(pod.cgroup).memory()) ? after : 0;
  }

  /** The answer to the question for the memory in use. */
  static void measured(
      PodState pod, PodActions actions, PodEvent.MemoryMeasured event, PodSink out) {
    String refusal = refusal(pod, actions.resizes, event);
    if (refusal.isEmpty()) {
      pod.step = Step.RESIZING;
      next(pod, actions.resizes, out);
    } else {
      failed(pod, actions, refusal, out);
    }
  }

  private static String refusal(
      PodState pod, ResizeActions resizes, PodEvent.MemoryMeasured event) {
    long limit = lowersPodMemory(resizes, pod);
    if (limit != 0 && tooMuch(event.pod(), limit)) {
      return refusal("pod", limit, event.pod());
    }
    for (Update update : resizes.memory) {
      long used = event.containers().get(update.container());
      if (lowersMemory(update) && tooMuch(used, update.desired().memoryLimit())) {
        String name = pod.shape.container(update.container()).name();
        return refusal("container \"" + name + "\"", update.desired().memoryLimit(), used);
      }
    }
    return "";
  }

  private static boolean tooMuch(long used, long limit) {
    return used < 0 || used >= limit;
  }

  private static String refusal(String whose, long limit, long used) {
    return used < 0
        ? "cannot set the memory limit of " + whose + " to " + limit + ": its usage is unknown"
        : "cannot set the memory limit of " + whose + " to " + limit + " below its usage " + used;
  }

  // The calls.

  private static void next(PodState pod, ResizeActions resizes, PodSink out) {
    if (resizes.at < resizes.orders.size()) {
      Order order = resizes.orders.get(resizes.at);
      out.because(Subject.RESIZE, order.container(), Cause.RESIZE_IN_PLACE, order.container(), 0);
      out.updateResources(order.container(), order.recordId(), order.kind(), order.amounts());
      return;
    }
    pod.actuated = ResizeRules.podLevel(pod);
    pod.cgroup = pod.shape;
    resizes.done = true;
    if (resizes.at > 0) {
      // The kubelet watches for the new values and then looks at the pod again.
      PodLifecycle.request(pod);
    }
    if (pod.resizeInProgress != null) {
      pod.resizeInProgress = inProgress(pod, "", "");
    }
  }

  /** One call is over. */
  static void updated(
      PodState pod, PodActions actions, PodEvent.ResourcesUpdated event, PodSink out) {
    ResizeActions resizes = actions.resizes;
    if (!event.error().isEmpty()) {
      failed(pod, actions, event.error(), out);
      return;
    }
    Order order = resizes.orders.get(resizes.at++);
    if (order.container() != POD) {
      ResizeRules.actuate(pod, order.container(), order.kind());
    }
    next(pod, resizes, out);
  }

  /** Rules L-173, L-621: nothing more is done in this pass. */
  private static void failed(PodState pod, PodActions actions, String message, PodSink out) {
    actions.failed = true;
    actions.resizes.done = true;
    pod.resizeInProgress = inProgress(pod, "Error", message);
    out.recordEvent("Warning", "ResizeError", POD, message);
  }

  /** Condition PodResizeInProgress of the pod's present generation. */
  static ConditionValue inProgress(PodState pod, String reason, String message) {
    return new ConditionValue(ConditionStatus.TRUE, reason, message, pod.meta.generation());
  }
}

package dev.slipway.engine.lifecycle;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ResizePolicy;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.Amounts;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.ResizeActions;
import dev.slipway.engine.state.ResizeActions.Update;
import java.util.List;

/**
 * What becomes of a running container whose resources are not those of its spec (rules L-170 to
 * L-172; kuberuntime_manager.go computePodResizeAction, 1.37.2).
 */
final class ResizeRules {
  private static final String MEMORY = "memory";
  private static final String CPU = "cpu";

  private ResizeRules() {}

  /** The change of one running container; true: it has to be restarted for it (rule L-172). */
  static boolean plan(
      Profile profile, PodState pod, int c, ContainerRecord record, ResizeActions out) {
    if (pod.isStatic || unchanged(pod, c)) {
      return false;
    }
    Amounts desired = desired(pod, c);
    Amounts current = current(pod, c);
    boolean memory =
        profile.resizesForMemoryRequest()
            ? !desired.sameMemory(current)
            : desired.memoryLimit() != current.memoryLimit();
    boolean cpu = !desired.sameCpu(current);
    ContainerSpec container = pod.shape.container(c);
    if ((memory && restarts(container, MEMORY)) || (cpu && restarts(container, CPU))) {
      out.podResources = true;
      return true;
    }
    Update update = new Update(c, record.id, desired, current);
    if (memory) {
      ResizeActions.add(out.memory, update, desired.memoryAbove(current));
    }
    if (cpu) {
      ResizeActions.add(out.cpu, update, desired.cpuAbove(current));
    }
    return false;
  }

  /** True if the start of that container changes the sum of the pod. */
  static boolean changesWithStart(PodState pod, int c) {
    return !pod.isStatic && !unchanged(pod, c) && !desired(pod, c).equals(current(pod, c));
  }

  /** True if the pod-level resources are not those last set. */
  static boolean podLevelChanged(PodState pod) {
    ResourceRequirements wanted = podLevel(pod);
    return !pod.isStatic
        && wanted != pod.actuated
        && !Amounts.of(wanted, null).equals(Amounts.of(pod.actuated, null));
  }

  /** The usual case, decided without arithmetic: the very values that were set. */
  private static boolean unchanged(PodState pod, int c) {
    return pod.shape.container(c).resources() == pod.slots[c].actuated
        && podLevel(pod) == pod.actuated;
  }

  private static Amounts desired(PodState pod, int c) {
    return Amounts.of(pod.shape.container(c).resources(), pod.shape.spec.resources());
  }

  private static Amounts current(PodState pod, int c) {
    return Amounts.of(pod.slots[c].actuated, pod.actuated);
  }

  /** {@code spec.resources}, as it is noted when it is set. */
  static ResourceRequirements podLevel(PodState pod) {
    ResourceRequirements resources = pod.shape.spec.resources();
    return resources == null ? ResourceRequirements.NONE : resources;
  }

  /** Rule L-171: the first policy of that resource. */
  private static boolean restarts(ContainerSpec container, String resource) {
    List<ResizePolicy> policies = container.resizePolicy();
    for (int i = 0; i < policies.size(); i++) {
      if (policies.get(i).resourceName().equals(resource)) {
        return policies.get(i).restartContainer();
      }
    }
    return false;
  }
}

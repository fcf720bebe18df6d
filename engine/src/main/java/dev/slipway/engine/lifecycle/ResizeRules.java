package dev.slipway.engine.lifecycle;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.ResizePolicy;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.Amounts;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.ContainerSlot;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.RecordState;
import dev.slipway.engine.state.ResizeActions;
import dev.slipway.engine.state.ResizeActions.Update;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  /**
   * The spec as far as it is allocated: of a pod that is already on the node resources stay what
   * they are until the node grants the new ones (rule L-175).
   *
   * @return {@code wanted} itself if it asks for nothing new
   */
  static PodShape allocated(PodShape wanted, PodShape before) {
    boolean same = podResources(wanted).equals(podResources(before));
    int known = Math.min(wanted.ephemeralStart, before.ephemeralStart);
    for (int c = 0; c < known && same; c++) {
      same = wanted.container(c).resources().equals(before.container(c).resources());
    }
    return same ? wanted : withResources(wanted, before);
  }

  private static ResourceRequirements podResources(PodShape shape) {
    ResourceRequirements resources = shape.spec.resources();
    return resources == null ? ResourceRequirements.NONE : resources;
  }

  private static PodShape withResources(PodShape wanted, PodShape before) {
    List<ContainerSpec> containers = new ArrayList<>();
    for (int c = 0; c < wanted.ephemeralStart; c++) {
      ContainerSpec container = wanted.container(c);
      containers.add(
          c < before.ephemeralStart
              ? container.withResources(before.container(c).resources())
              : container);
    }
    PodSpec spec = wanted.spec;
    return PodShape.of(
        spec.withContainers(
                containers.subList(0, wanted.appStart),
                containers.subList(wanted.appStart, wanted.ephemeralStart),
                spec.ephemeralContainers())
            .withResources(before.spec.resources()));
  }

  /**
   * True while a running container's resources, or the pod's, are not the allocated ones (L-621).
   */
  static boolean inProgress(PodState pod) {
    boolean running = false;
    for (int c = 0; c < pod.shape.ephemeralStart; c++) {
      if (pod.slots[c].is(RecordState.RUNNING)) {
        running = true;
        if (!unchanged(pod, c) && !desired(pod, c).equals(current(pod, c))) {
          return true;
        }
      }
    }
    return running && podLevelChanged(pod);
  }

  /** Notes that the runtime has taken the container's values of that kind. */
  static void actuate(PodState pod, int c, ResizeActions.Kind kind) {
    ContainerSlot slot = pod.slots[c];
    ResourceRequirements allocated = pod.shape.container(c).resources();
    ResourceRequirements set =
        new ResourceRequirements(
            taken(slot.actuated.requests(), allocated.requests(), kind),
            taken(slot.actuated.limits(), allocated.limits(), kind));
    slot.actuated = set.equals(allocated) ? allocated : set;
  }

  private static Map<String, Quantity> taken(
      Map<String, Quantity> actuated, Map<String, Quantity> allocated, ResizeActions.Kind kind) {
    Map<String, Quantity> set = new HashMap<>(actuated);
    Quantity amount = allocated.get(kind.text());
    if (amount == null) {
      set.remove(kind.text());
    } else {
      set.put(kind.text(), amount);
    }
    return set;
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

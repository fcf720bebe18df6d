package dev.slipway.engine.observe;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.EffectiveResources;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceNames;
import dev.slipway.engine.resources.ResourceOptions;
import dev.slipway.engine.resources.ResourceStatus;
import dev.slipway.engine.resources.Resources;
import dev.slipway.engine.state.OwnedCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a status says about resources against the spec and against itself (rules L-175, L-620,
 * L-621, R-022; pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses and generateAPIPodStatus,
 * 1.33 to 1.37).
 *
 * <p>Only a status that was made for this very spec counts: its observedGeneration is the pod's
 * generation. Even then a node may show the old amounts for a moment, between taking in a spec and
 * deciding about it, so nothing is reported before it has stood for {@link #STANDS}. While a resize
 * waits nothing is judged; while one is under way, not what is in force.
 */
final class ResourceJudgement {
  /** One resync period with its random factor (rule L-021), and a minute to write the status. */
  static final long STANDS = 150 * Times.SECOND;

  /**
   * At or below this a CPU limit is shown as allocated, whatever is in force (MinMilliCPULimit).
   */
  private static final long CPU_LIMIT_MIN_MILLI = 10;

  /** A quota is whole microseconds of a period of 100 ms. */
  private static final long CPU_ROUNDING_MILLI = 1;

  /** The kernel cuts a memory limit to whole pages; the largest there are. */
  private static final long PAGE_BYTES = 64 * 1024;

  private final ObservedPod pod;
  private final PodSpec spec;
  private final PodStatus status;
  private final List<Doubt> doubts = new ArrayList<>(0);

  private ResourceJudgement(ObservedPod pod, Pod version) {
    this.pod = pod;
    this.spec = version.spec();
    this.status = version.status();
  }

  /** Notes in the pod what contradicts now, and since when. */
  static void judge(ObservedPod pod, Pod version, long atNanos) {
    List<Doubt> now = List.of();
    long generation = version.metadata().generation();
    if (generation != 0
        && generation == version.status().observedGeneration()
        && !pod.deleting()
        && !pod.terminal()
        && !pod.isTrue(OwnedCondition.RESIZE_PENDING)) {
      var judgement = new ResourceJudgement(pod, version);
      judgement.containers();
      judgement.sums();
      now = judgement.doubts;
    }
    if (now.isEmpty() && pod.doubts.isEmpty()) {
      return;
    }
    keep(pod, now, atNanos);
  }

  private static void keep(ObservedPod pod, List<Doubt> now, long atNanos) {
    List<Doubt> kept = new ArrayList<>(now.size());
    for (Doubt doubt : now) {
      long since = atNanos;
      for (Doubt before : pod.doubts) {
        since = before.same(doubt) ? before.sinceNanos() : since;
      }
      kept.add(doubt.since(since));
    }
    for (Doubt before : pod.doubts) {
      if (now.stream().noneMatch(doubt -> doubt.same(before))) {
        before.forget(pod);
      }
    }
    pod.doubts = List.copyOf(kept);
  }

  // The containers.

  private void containers() {
    for (int c = 0; c < pod.containers.length; c++) {
      ContainerStatus shown = status(c);
      if (shown != null && !shown.allocatedResources().isEmpty()) {
        ContainerSpec own = spec(c);
        Map<String, Quantity> wanted = own.resources().requests();
        if (!shown.allocatedResources().equals(wanted)) {
          allocated(own.name(), wanted, shown.allocatedResources());
        } else if (shown.state() instanceof ContainerState.Running
            && !pod.isTrue(OwnedCondition.RESIZE_IN_PROGRESS)) {
          inForce(own.name(), own.resources(), shown.resources());
        }
      }
    }
  }

  private @Nullable ContainerStatus status(int c) {
    List<ContainerStatus> list =
        c < pod.spec.appStart() ? status.initContainerStatuses() : status.containerStatuses();
    String name = pod.containerName(c);
    for (ContainerStatus one : list) {
      if (one.name().equals(name)) {
        return one;
      }
    }
    return null;
  }

  private ContainerSpec spec(int c) {
    return c < pod.spec.appStart()
        ? spec.initContainers().get(c)
        : spec.containers().get(c - pod.spec.appStart());
  }

  private void allocated(
      String container, Map<String, Quantity> wanted, Map<String, Quantity> allocated) {
    doubt(
        FindingKind.RESOURCES,
        container,
        List.of(
            Facts.text("spec resources.requests", text(wanted)),
            Facts.text("status allocatedResources", text(allocated)),
            Facts.count("observedGeneration, that of the spec", status.observedGeneration()),
            Facts.text("condition PodResizePending", "none")));
  }

  private void inForce(String container, ResourceRequirements given, ResourceRequirements shown) {
    Quantity cpu = given.limits().get(ResourceNames.CPU);
    Quantity cpuShown = shown.limits().get(ResourceNames.CPU);
    Quantity memory = given.limits().get(ResourceNames.MEMORY);
    Quantity memoryShown = shown.limits().get(ResourceNames.MEMORY);
    boolean otherCpu =
        cpu != null
            && cpuShown != null
            && Math.max(cpu.milliValue(), cpuShown.milliValue()) > CPU_LIMIT_MIN_MILLI
            && apart(cpu.milliValue(), cpuShown.milliValue(), CPU_ROUNDING_MILLI);
    boolean otherMemory =
        memory != null
            && memoryShown != null
            && apart(memory.value(), memoryShown.value(), PAGE_BYTES - 1);
    if (otherCpu || otherMemory) {
      doubt(
          FindingKind.LIMITS_IN_FORCE,
          container,
          List.of(
              Facts.text("spec resources.limits", text(given.limits())),
              Facts.text("status resources.limits", text(shown.limits())),
              Facts.text("condition PodResizeInProgress", "none")));
    }
  }

  private static boolean apart(long a, long b, long tolerance) {
    return Math.abs(a - b) > tolerance;
  }

  // Rule R-022: the pod's own amounts are the sums of its containers'.

  private void sums() {
    if (status.allocatedResources().isEmpty() || !allKnown()) {
      return;
    }
    ResourceList shown = ResourceList.of(status.allocatedResources());
    boolean asInTheSpec =
        doubts.isEmpty()
            && shown.getOrZero(ResourceNames.CPU).milliValue() == pod.spec.cpuMilli()
            && shown.getOrZero(ResourceNames.MEMORY).value() == pod.spec.memoryBytes();
    if (asInTheSpec) {
      return;
    }
    ResourceList sum = EffectiveResources.podRequests(allocated(), ResourceOptions.SPEC);
    if (!equal(sum, shown)) {
      doubt(FindingKind.SUMS, "", addends(sum));
    }
  }

  /** Every container that requests something says what is set aside for it. */
  private boolean allKnown() {
    for (int c = 0; c < pod.containers.length; c++) {
      ContainerStatus shown = status(c);
      boolean silent = shown == null || shown.allocatedResources().isEmpty();
      if (silent && !spec(c).resources().requests().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** The pod as it was allocated. */
  private PodResources allocated() {
    List<ContainerResources> init = new ArrayList<>();
    List<ContainerResources> app = new ArrayList<>();
    for (int c = 0; c < pod.containers.length; c++) {
      ContainerResources given = ContainerResources.of(spec(c));
      ContainerStatus shown = status(c);
      ResourceList requests =
          shown == null ? ResourceList.ABSENT : ResourceList.of(shown.allocatedResources());
      (c < pod.spec.appStart() ? init : app)
          .add(
              new ContainerResources(
                  given.name(),
                  given.alwaysRestarts(),
                  new Resources(requests, ResourceList.ABSENT)));
    }
    ResourceRequirements own = spec.resources();
    return new PodResources(
        init,
        app,
        own == null ? null : Resources.of(own),
        ResourceList.of(spec.overhead()),
        ResourceStatus.NONE);
  }

  private static boolean equal(ResourceList a, ResourceList b) {
    var names = new TreeSet<>(a.toMap().keySet());
    names.addAll(b.toMap().keySet());
    for (String name : names) {
      if (a.getOrZero(name).compareTo(b.getOrZero(name)) != 0) {
        return false;
      }
    }
    return true;
  }

  private List<Finding.Fact> addends(ResourceList sum) {
    List<Finding.Fact> facts = new ArrayList<>();
    for (int c = 0; c < pod.containers.length; c++) {
      ContainerStatus shown = status(c);
      if (shown != null && !shown.allocatedResources().isEmpty()) {
        facts.add(
            Facts.text(
                pod.containerName(c) + " allocatedResources", text(shown.allocatedResources())));
      }
    }
    ResourceRequirements own = spec.resources();
    if (own != null) {
      facts.add(Facts.text("spec.resources.requests", text(own.requests())));
    }
    if (!spec.overhead().isEmpty()) {
      facts.add(Facts.text("spec.overhead", text(spec.overhead())));
    }
    facts.add(Facts.text("effective sum", text(sum.toMap())));
    facts.add(Facts.text("status.allocatedResources", text(status.allocatedResources())));
    return facts;
  }

  private void doubt(FindingKind kind, String container, List<Finding.Fact> facts) {
    doubts.add(new Doubt(kind, container, Times.NONE, facts));
  }

  private static String text(Map<String, Quantity> amounts) {
    var text = new StringBuilder();
    new TreeMap<>(amounts)
        .forEach((name, amount) ->
            text.append(text.isEmpty() ? "" : ", ").append(name).append(' ').append(amount));
    return text.isEmpty() ? "nothing" : text.toString();
  }
}

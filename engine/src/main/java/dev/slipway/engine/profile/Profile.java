package dev.slipway.engine.profile;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which kubelet decides: a release, its feature gates, and what the node or the user wants
 * otherwise, as one immutable value (rules L-001, L-002). What the rules ask of it is worked out
 * once, so that an answer costs a field access.
 *
 * <p>What differs between releases without a gate was read from the recorded lives of 1.33, 1.36
 * and 1.37; for the releases between them the change that made the difference was dated by its pull
 * request, where that is known.
 */
public final class Profile {
  /** Kubernetes 1.37 with its own gate defaults: the default everywhere. */
  public static final Profile K8S_1_37 = of(Release.V1_37);

  /** Kubernetes 1.36. */
  public static final Profile K8S_1_36 = of(Release.V1_36);

  /** Kubernetes 1.33. */
  public static final Profile K8S_1_33 = of(Release.V1_33);

  private static final int USUAL_RESTART_PERIOD = 300;
  private static final int REDUCED_RESTART_PERIOD = 60;
  private static final int USUAL_FIRST_DELAY = 10;

  private final Gates gates;
  private final Set<Departure> departures;
  private final int maxContainerRestartSeconds;
  private final NodeClock clock;

  private final boolean sidecars;
  private final boolean legacyInit;
  private final boolean sidecarsStopLast;
  private final boolean containerRestartRules;
  private final boolean restartAllContainers;
  private final boolean readyToStartCondition;
  private final boolean sandboxReadyPublished;
  private final boolean sandboxReasons;
  private final boolean exactBackOffRequeue;
  private final boolean carryStarted;
  private final boolean probesCutAtTermination;
  private final boolean workersPerContainer;
  private final boolean activeAnyEvidence;
  private final boolean unseenInitCompleted;
  private final boolean listsUnknownPods;
  private final boolean relistsAfterPass;
  private final boolean observedGeneration;
  private final boolean resizes;
  private final boolean resizesInit;
  private final boolean resizesForMemoryRequest;
  private final boolean resizesBeforeStarts;
  private final boolean finishedWorkersReturn;
  private final boolean shorterGraceAtOnce;
  private final boolean probeTriggers;
  private final int backOffFirstSeconds;
  private final int backOffCapSeconds;

  private Profile(
      Gates gates, Set<Departure> departures, int maxContainerRestartSeconds, NodeClock clock) {
    this.clock = clock;
    this.gates = gates;
    this.departures = departures;
    this.maxContainerRestartSeconds = maxContainerRestartSeconds;
    Release release = gates.release();
    sidecars = gates.on(Gate.SIDECAR_CONTAINERS);
    legacyInit = gates.on(Gate.LEGACY_SIDECAR_CONTAINERS);
    sidecarsStopLast = sidecars && release.atLeast(Release.V1_29);
    containerRestartRules = gates.on(Gate.CONTAINER_RESTART_RULES);
    restartAllContainers = gates.on(Gate.RESTART_ALL_CONTAINERS_ON_CONTAINER_EXITS);
    readyToStartCondition = gates.on(Gate.POD_READY_TO_START_CONTAINERS_CONDITION);
    sandboxReadyPublished = readyToStartCondition && release.atLeast(Release.V1_36);
    sandboxReasons = release.atLeast(Release.V1_37);
    exactBackOffRequeue = release.atLeast(Release.V1_35);
    carryStarted = !gates.on(Gate.CHANGE_CONTAINER_STATUS_ON_KUBELET_RESTART);
    probesCutAtTermination = release == Release.V1_35 || release == Release.V1_36;
    workersPerContainer = release.atLeast(Release.V1_37);
    activeAnyEvidence = release.atLeast(Release.V1_37);
    unseenInitCompleted = release.atLeast(Release.V1_35);
    relistsAfterPass = release.atLeast(Release.V1_36);
    listsUnknownPods = !release.atLeast(Release.V1_36);
    observedGeneration = gates.on(Gate.POD_OBSERVED_GENERATION_TRACKING);
    resizes = gates.on(Gate.IN_PLACE_POD_VERTICAL_SCALING);
    resizesInit = resizes && gates.on(Gate.IN_PLACE_POD_VERTICAL_SCALING_INIT_CONTAINERS);
    resizesBeforeStarts = release.atLeast(Release.V1_37);
    resizesForMemoryRequest = release.atLeast(Release.V1_37);
    finishedWorkersReturn = !departures.contains(Departure.NO_IDLE_LOOP);
    shorterGraceAtOnce = departures.contains(Departure.SHORTER_GRACE_AT_ONCE);
    probeTriggers = !departures.contains(Departure.PERIODIC_PROBES);
    boolean capped = gates.on(Gate.KUBELET_CRASH_LOOP_BACK_OFF_MAX);
    boolean reduced = gates.on(Gate.REDUCE_DEFAULT_CRASH_LOOP_BACK_OFF_DECAY);
    backOffCapSeconds =
        capped
            ? maxContainerRestartSeconds
            : reduced ? REDUCED_RESTART_PERIOD : USUAL_RESTART_PERIOD;
    backOffFirstSeconds = Math.min(reduced ? 1 : USUAL_FIRST_DELAY, backOffCapSeconds);
  }

  /** The release with its own gate defaults. */
  public static Profile of(Release release) {
    return of(Gates.of(release));
  }

  /** A cluster with those gates. */
  public static Profile of(Gates gates) {
    return new Profile(gates, Set.of(), USUAL_RESTART_PERIOD, NodeClock.INSTANT);
  }

  /**
   * The profile of a release line such as "1.36"; an unknown one is an {@link
   * IllegalArgumentException}.
   */
  public static Profile of(String version) {
    return of(Release.of(version));
  }

  /** The releases there is a profile for, newest first. */
  public static List<String> versions() {
    return Release.texts();
  }

  /** The same with one gate set, whatever the release says about it. */
  public Profile with(Gate gate, boolean on) {
    return new Profile(gates.with(gate, on), departures, maxContainerRestartSeconds, clock);
  }

  /** The same with one thing done otherwise. */
  public Profile with(Departure departure) {
    EnumSet<Departure> more = EnumSet.of(departure);
    more.addAll(departures);
    return new Profile(gates, Collections.unmodifiableSet(more), maxContainerRestartSeconds, clock);
  }

  /**
   * The same on a node with that {@code crashLoopBackOff.maxContainerRestartPeriod}, 1 to 300
   * seconds (rule L-313); it counts only with the gate KubeletCrashLoopBackOffMax.
   */
  public Profile withMaxContainerRestartSeconds(int seconds) {
    if (seconds < 1 || seconds > USUAL_RESTART_PERIOD) {
      throw new IllegalArgumentException("must be between 1 and 300 seconds: " + seconds);
    }
    return new Profile(gates, departures, seconds, clock);
  }

  /**
   * The same release without the kubelet's idle loop over finished containers: for running pods by
   * the million.
   */
  public Profile withoutIdleLoop() {
    return with(Departure.NO_IDLE_LOOP);
  }

  /** The same on a node with those periods of its own (rule L-025). */
  public Profile withClock(NodeClock theClock) {
    return new Profile(gates, departures, maxContainerRestartSeconds, theClock);
  }

  public Release release() {
    return gates.release();
  }

  /** Release line, "1.37". */
  public String version() {
    return release().text();
  }

  public Gates gates() {
    return gates;
  }

  /** What is done otherwise than any kubelet does it. */
  public Set<Departure> departures() {
    return departures;
  }

  /** "1.37", and the gates that differ from it in brackets. */
  public String text() {
    String changed = gates.text();
    return changed.isEmpty() ? version() : version() + " (" + changed + ")";
  }

  // Containers.

  /** Gate SidecarContainers; without it a pod that has one is refused (L-902). */
  public boolean sidecars() {
    return sidecars;
  }

  /** Init containers of pods without sidecars are decided on as before sidecars (L-904, L-907). */
  public boolean legacyInit() {
    return legacyInit;
  }

  /** Sidecars are stopped after app containers, in reverse order (L-430; 1.29). */
  public boolean sidecarsStopLast() {
    return sidecarsStopLast;
  }

  /** Gate: container-level restartPolicy on any container, restartPolicyRules. */
  public boolean containerRestartRules() {
    return containerRestartRules;
  }

  /**
   * Gate RestartAllContainersOnContainerExits; with it go the sticky Initialized condition and the
   * lastState that outlives its record.
   */
  public boolean restartAllContainers() {
    return restartAllContainers;
  }

  /** Any active record of an app container is evidence of initialization (L-110; 1.37). */
  public boolean activeAnyEvidence() {
    return activeAnyEvidence;
  }

  /**
   * A regular init container without record counts as completed once an app container was made
   * (L-537), also in a pod without sidecars (1.35).
   */
  public boolean unseenInitCompleted() {
    return unseenInitCompleted;
  }

  /** Gate InPlacePodVerticalScaling: running containers are resized (L-170). */
  public boolean resizes() {
    return resizes;
  }

  /** Running regular init containers are resized too (L-170; 1.36). */
  public boolean resizesInit() {
    return resizesInit;
  }

  /** Resizes come before the starts of a pass, not between init and app starts (L-150; 1.37). */
  public boolean resizesBeforeStarts() {
    return resizesBeforeStarts;
  }

  /** A memory request that changes alone causes an action (L-171; 1.37). */
  public boolean resizesForMemoryRequest() {
    return resizesForMemoryRequest;
  }

  // Conditions and status.

  /** Gate: there is a condition PodReadyToStartContainers. */
  public boolean readyToStartCondition() {
    return readyToStartCondition;
  }

  /** That condition turns True when the sandbox is up, not in the next pass (1.36). */
  public boolean sandboxReadyPublished() {
    return sandboxReadyPublished;
  }

  /** That condition carries reason and message while it is False (1.37). */
  public boolean sandboxReasons() {
    return sandboxReasons;
  }

  /** Gate PodObservedGenerationTracking (L-612). */
  public boolean observedGeneration() {
    return observedGeneration;
  }

  // Passes.

  /**
   * A pass refused by restart back-off is repeated when the earliest back-off ends, not every 10 s
   * (1.35).
   */
  public boolean exactBackOffRequeue() {
    return exactBackOffRequeue;
  }

  /**
   * The end of a pod the runtime does not know is made at once, for the whole runtime is listed for
   * it; such a pod waits for the next listing in 1.36 (1.34 and 1.35 are not recorded).
   */
  public boolean listsUnknownPods() {
    return listsUnknownPods;
  }

  /**
   * A pod is listed at once after a pass of it that succeeded with effects (1.36); shows with a
   * clock that delays only.
   */
  public boolean relistsAfterPass() {
    return relistsAfterPass;
  }

  /** The kubelet's own periods (L-025). */
  public NodeClock clock() {
    return clock;
  }

  /** First restart delay in seconds (L-311, L-313, L-314). */
  public int backOffFirstSeconds() {
    return backOffFirstSeconds;
  }

  /** Longest restart delay in seconds. */
  public int backOffCapSeconds() {
    return backOffCapSeconds;
  }

  /** Departure (L-425). */
  public boolean shorterGraceAtOnce() {
    return shorterGraceAtOnce;
  }

  // Probes.

  /**
   * A running container without startup result takes over {@code started} (L-222, P-103; 1.35, gate
   * ChangeContainerStatusOnKubeletRestart off).
   */
  public boolean carryStarted() {
    return carryStarted;
  }

  /**
   * Probe workers lose their context when somebody wants the pod terminated (1.35, and 1.36 from
   * its third patch on).
   */
  public boolean probesCutAtTermination() {
    return probesCutAtTermination;
  }

  /**
   * Missing probe workers are looked for in every container, not up to the first that has one
   * (P-012; 1.37).
   */
  public boolean workersPerContainer() {
    return workersPerContainer;
  }

  /**
   * Each pass makes new probe workers for containers that have finished for good, whose first
   * result asks for another pass a second later (P-019); nothing but the times of other passes
   * changes by it.
   */
  public boolean finishedWorkersReturn() {
    return finishedWorkersReturn;
  }

  /** A pass asks for an extra probe of readiness that is wanting (P-063, P-064). */
  public boolean probeTriggers() {
    return probeTriggers;
  }

  /** True if this differs from what a kubelet does. */
  public boolean departs(Departure departure) {
    return departures.contains(departure);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Profile that
        && gates.equals(that.gates)
        && departures.equals(that.departures)
        && maxContainerRestartSeconds == that.maxContainerRestartSeconds;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * gates.hashCode() + departures.hashCode()) + maxContainerRestartSeconds;
  }

  @Override
  public String toString() {
    return "Profile[" + text() + "]";
  }
}

package dev.slipway.engine.profile;

import java.util.List;

/**
 * Which kubelet decides: a release and everything that differs between releases, as one immutable
 * value (rules L-001, L-002; differences between releases: trace vectors, VERSIONS table).
 *
 * @param version release line, "1.37"
 * @param containerRestartRules gate: container-level restartPolicy on any container,
 *     restartPolicyRules
 * @param restartAllContainers gate RestartAllContainersOnContainerExits; with it go the sticky
 *     Initialized condition and the lastState that outlives its record
 * @param sandboxReadyPublished PodReadyToStartContainers turns True when the sandbox is up, not in
 *     the next pass (1.36)
 * @param sandboxReasons PodReadyToStartContainers=False carries reason and message (1.37)
 * @param exactBackOffRequeue a pass refused by restart back-off is repeated when the earliest
 *     back-off ends, not every 10 s (1.36)
 * @param carryStarted a running container without startup result takes over {@code started} (L-222,
 *     P-103; 1.35)
 * @param probesCutAtTermination probe workers lose their context when termination begins (1.36
 *     only)
 * @param workersPerContainer missing probe workers are looked for in every container, not up to the
 *     first that has one (P-012; 1.37)
 * @param activeAnyEvidence any active record of an app container is evidence of initialization
 *     (L-110; 1.37)
 * @param finishedWorkersReturn each pass makes new probe workers for containers that have finished
 *     for good, whose first result asks for another pass (P-019); nothing but the times of other
 *     passes changes by it
 * @param relistsAfterPass a pod is listed at once after a pass of it that succeeded with effects
 *     (1.36); shows with a clock that delays only
 * @param clock the kubelet's own periods (L-025)
 * @param backOffFirstSeconds first restart delay (L-311, L-313, L-314)
 * @param backOffCapSeconds longest restart delay
 */
public record Profile(
    String version,
    boolean containerRestartRules,
    boolean restartAllContainers,
    boolean sandboxReadyPublished,
    boolean sandboxReasons,
    boolean exactBackOffRequeue,
    boolean carryStarted,
    boolean probesCutAtTermination,
    boolean workersPerContainer,
    boolean activeAnyEvidence,
    boolean finishedWorkersReturn,
    boolean relistsAfterPass,
    NodeClock clock,
    int backOffFirstSeconds,
    int backOffCapSeconds) {

  /** Kubernetes 1.37 with its own gate defaults: the default everywhere. */
  public static final Profile K8S_1_37 =
      new Profile(
          "1.37",
          true,
          true,
          true,
          true,
          true,
          true,
          false,
          true,
          true,
          true,
          true,
          NodeClock.INSTANT,
          10,
          300);

  /** Kubernetes 1.36. */
  public static final Profile K8S_1_36 =
      new Profile(
          "1.36",
          true,
          true,
          true,
          false,
          true,
          true,
          true,
          false,
          false,
          true,
          true,
          NodeClock.INSTANT,
          10,
          300);

  /** Kubernetes 1.33. */
  public static final Profile K8S_1_33 =
      new Profile(
          "1.33",
          false,
          false,
          false,
          false,
          false,
          false,
          false,
          false,
          false,
          true,
          false,
          NodeClock.INSTANT,
          10,
          300);

  private static final List<Profile> ALL = List.of(K8S_1_37, K8S_1_36, K8S_1_33);

  /**
   * The same release without the kubelet's idle loop over finished containers: for running pods by
   * the million.
   */
  public Profile withoutIdleLoop() {
    return new Profile(
        version,
        containerRestartRules,
        restartAllContainers,
        sandboxReadyPublished,
        sandboxReasons,
        exactBackOffRequeue,
        carryStarted,
        probesCutAtTermination,
        workersPerContainer,
        activeAnyEvidence,
        false,
        relistsAfterPass,
        clock,
        backOffFirstSeconds,
        backOffCapSeconds);
  }

  /** The releases there is a profile for, newest first. */
  public static List<String> versions() {
    return ALL.stream().map(Profile::version).toList();
  }

  /** The same release with those two gates. */
  public Profile withGates(boolean restartRules, boolean restartAll) {
    return new Profile(
        version,
        restartRules,
        restartAll,
        sandboxReadyPublished,
        sandboxReasons,
        exactBackOffRequeue,
        carryStarted,
        probesCutAtTermination,
        workersPerContainer,
        activeAnyEvidence,
        finishedWorkersReturn,
        relistsAfterPass,
        clock,
        backOffFirstSeconds,
        backOffCapSeconds);
  }

  /** The same release; {@code started} is taken over, or not (P-101, P-103). */
  public Profile withCarryStarted(boolean carried) {
    return new Profile(
        version,
        containerRestartRules,
        restartAllContainers,
        sandboxReadyPublished,
        sandboxReasons,
        exactBackOffRequeue,
        carried,
        probesCutAtTermination,
        workersPerContainer,
        activeAnyEvidence,
        finishedWorkersReturn,
        relistsAfterPass,
        clock,
        backOffFirstSeconds,
        backOffCapSeconds);
  }

  /** The same release on a node with those periods. */
  public Profile withClock(NodeClock theClock) {
    return new Profile(
        version,
        containerRestartRules,
        restartAllContainers,
        sandboxReadyPublished,
        sandboxReasons,
        exactBackOffRequeue,
        carryStarted,
        probesCutAtTermination,
        workersPerContainer,
        activeAnyEvidence,
        finishedWorkersReturn,
        relistsAfterPass,
        theClock,
        backOffFirstSeconds,
        backOffCapSeconds);
  }

  /**
   * The profile of a release line such as "1.36"; an unknown one is an {@link
   * IllegalArgumentException}.
   */
  public static Profile of(String version) {
    for (Profile profile : ALL) {
      if (profile.version.equals(version)) {
        return profile;
      }
    }
    throw new IllegalArgumentException(
        "no profile for version " + version + "; there are " + versions());
  }
}

package dev.slipway.tests.simulation;

import dev.slipway.engine.api.ContainerRole;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.replay.PodHost;
import dev.slipway.engine.replay.PodObserver;
import dev.slipway.engine.replay.VirtualDriver;
import dev.slipway.engine.runtime.RuntimeLog;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.PodState.Worker;
import dev.slipway.engine.state.Transition;
import dev.slipway.engine.status.PublishedStatus;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches one life from outside and throws at the first broken rule (L-950 to L-959). It knows what
 * the runtime was told and did and what was published, and of the pod's state only what the worker
 * stands at and what it would decide.
 */
final class Invariants implements RuntimeLog, PodObserver {
  /** Rule L-955: the floor of a stop, and what truncation may add (twice under a second). */
  private static final long STOP_FLOOR = 2 * Times.SECOND;

  private static final long STOP_SLACK = 4 * Times.SECOND;

  /** Of one container. */
  private static final class Seen {
    boolean alive;

    /** The runtime lost track of the living instance: no stop of the pod sees it. */
    boolean untracked;

    boolean startedInSandbox;
    boolean succeededInSandbox;
    long stopBegan = Times.NONE;
    long signalled = Times.NONE;
    int restarts;
  }

  /** Rule L-959 costs two decisions; it is looked at after each so many events. */
  private static final int DECIDED_EACH = 32;

  private PodShape shape;
  private final PodState pod;
  private final VirtualDriver driver;
  private final Consumer<Transition> moves;
  private final @Nullable Consumer<String> log;
  private final Decisions decisions;

  /**
   * The count outlives its record in the status (1.35); before, a real node reads it from log
   * files, which the recorded kubelets and this runtime do not have (L-156).
   */
  private final boolean countsKept;

  private Seen[] seen = new Seen[0];
  private int checks;
  private @Nullable PodPhase phase;
  private String ip = "";
  private int ipAttempt = -1;
  private int sandboxAttempt = -1;
  private long grace;
  private long graceMax;
  private long deletion = Times.NONE;
  private boolean forced;
  private boolean removed;

  Invariants(
      PodShape shape,
      PodState pod,
      Profile profile,
      VirtualDriver driver,
      @Nullable Consumer<String> log,
      Consumer<Transition> moves) {
    this.shape = shape;
    this.pod = pod;
    this.driver = driver;
    this.log = log;
    this.moves = moves;
    this.decisions = new Decisions(profile);
    this.countsKept = profile.restartAllContainers();
    reshape(shape);
    Long own = shape.spec.terminationGracePeriodSeconds();
    this.graceMax = Math.max(own == null ? 2 : own, RandomPod.PROBE_GRACE_MAX);
  }

  /** The pod has more containers from now on. */
  void reshape(PodShape changed) {
    shape = changed;
    int had = seen.length;
    seen = Arrays.copyOf(seen, shape.count);
    for (int c = had; c < seen.length; c++) {
      seen[c] = new Seen();
    }
  }

  /** Somebody asks for a stop with that grace. */
  void asked(long graceSeconds) {
    graceMax = Math.max(graceMax, graceSeconds);
  }

  /** The object is deleted with grace 0: containers outlive it. */
  void force() {
    forced = true;
  }

  /** The runtime lost track of that container. */
  void untracked(int c) {
    seen[c].untracked = true;
  }

  boolean gone() {
    return removed;
  }

  private String name(int c) {
    return c < 0 ? "pod" : shape.container(c).name();
  }

  private void require(boolean holds, String rule, String what) {
    if (!holds) {
      throw new IllegalStateException(
          rule + ": " + what + ": at=" + driver.now() / Times.MILLI + "ms");
    }
  }

  /** To be called after every event. */
  void check() {
    PodState state = pod;
    require(
        grace == 0
            || (state.grace > 0 && state.grace <= grace)
            || Long.valueOf(0).equals(state.apiMeta.deletionGracePeriodSeconds()),
        "L-956",
        "effective grace grew from " + grace + " to " + state.grace);
    grace = state.grace;
    long timestamp = state.apiMeta.deletionTimestamp();
    require(
        deletion == Times.NONE || timestamp <= deletion || timestamp <= driver.now(),
        "L-956",
        "deletionTimestamp moved later");
    deletion = timestamp;
    if (++checks % DECIDED_EACH == 0 && state.actions == null) {
      require(decisions.same(state), "L-959", "the same decision comes out otherwise");
    }
  }

  // The runtime.

  @Override
  public void note(Op op, int c, int attempt, long detail, String reason) {
    if (log != null) {
      log.accept(driver.now() + " " + op.text() + " " + name(c) + " " + attempt + " " + detail);
    }
    switch (op) {
      case RUN_SANDBOX -> notTerminating("sandbox");
      case SANDBOX_READY -> newSandbox(attempt);
      case CREATE -> create(c);
      case STARTED -> started(c);
      case EXITED -> exited(c, detail, reason);
      case STOP -> stop(c, detail);
      case KILL -> killed(c);
      case SANDBOX_FAILED,
          STOP_SANDBOX,
          PULL,
          PULLED,
          START_FAILED,
          POST_START,
          POST_START_DONE,
          PRE_STOP,
          PRE_STOP_DONE,
          PROBE -> {}
    }
  }

  private void notTerminating(String what) {
    require(pod.worker == Worker.SYNCING, "L-953", what + " made after the termination began");
  }

  private void newSandbox(int attempt) {
    require(attempt > sandboxAttempt, "L-101", "sandbox attempt " + attempt + " is not new");
    sandboxAttempt = attempt;
    for (Seen s : seen) {
      s.startedInSandbox = false;
      s.succeededInSandbox = false;
    }
  }

  private void create(int c) {
    notTerminating(name(c));
    require(!seen[c].alive, "L-950", name(c) + " is made while it lives");
    if (!shape.isApp(c)) {
      return;
    }
    for (int i = 0; i < shape.appStart; i++) {
      boolean done = shape.isSidecar(i) ? seen[i].startedInSandbox : seen[i].succeededInSandbox;
      require(done, "L-951", name(c) + " is made before " + name(i) + " was done");
    }
  }

  private void started(int c) {
    seen[c].alive = true;
    seen[c].untracked = false;
    seen[c].startedInSandbox = true;
    seen[c].stopBegan = Times.NONE;
    seen[c].signalled = Times.NONE;
    int regular = 0;
    int apps = 0;
    for (int k = 0; k < seen.length; k++) {
      regular += stands(k) && shape.role(k) == ContainerRole.REGULAR_INIT ? 1 : 0;
      apps += stands(k) && shape.isApp(k) ? 1 : 0;
    }
    require(regular <= 1, "L-952", "two regular init containers live");
    require(regular == 0 || apps == 0, "L-952", "a regular init and an app container live");
  }

  private void exited(int c, long code, String reason) {
    require(seen[c].alive, "L-200", name(c) + " exits without living");
    seen[c].alive = false;
    seen[c].succeededInSandbox |= code == 0 && !reason.equals("OOMKilled");
  }

  /** More than the floor is left only if the turn came before the limit. */
  private void stop(int c, long graceSeconds) {
    seen[c].signalled = driver.now();
    boolean all = pod.step == PodState.Step.STOPPING_ALL && !pod.orphan;
    if (!all || !shape.isSidecar(c) || graceSeconds * Times.SECOND <= STOP_FLOOR) {
      return;
    }
    for (int a = shape.appStart; a < shape.ephemeralStart; a++) {
      require(!stands(a), "L-954", name(c) + " is signalled while " + name(a) + " lives");
    }
    for (int s = c + 1; s < shape.appStart; s++) {
      if (shape.isSidecar(s)) {
        require(!stands(s), "L-954", name(c) + " is signalled while " + name(s) + " lives");
        return;
      }
    }
  }

  /** Lives, and the pod knows. */
  private boolean stands(int c) {
    return seen[c].alive && !seen[c].untracked;
  }

  private void killed(int c) {
    long now = driver.now();
    require(
        seen[c].signalled != Times.NONE && now - seen[c].signalled >= STOP_FLOOR,
        "L-955",
        name(c) + " is killed too early");
    require(
        seen[c].stopBegan != Times.NONE
            && now - seen[c].stopBegan <= graceMax * Times.SECOND + STOP_SLACK,
        "L-955",
        name(c) + " is killed too late");
  }

  // The API.

  @Override
  public void status(PodHost host, long now) {
    if (removed) {
      return;
    }
    published(PublishedStatus.of(host.state()), now);
  }

  /** That status stands in the API now. */
  void published(PodStatus status, long now) {
    if (log != null) {
      log.accept(now + " status " + status);
    }
    publishedPhase(status.phase());
    restarts(status.initContainerStatuses());
    restarts(status.containerStatuses());
    if (!status.podIP().isEmpty()) {
      require(
          status.podIP().equals(ip) || sandboxAttempt != ipAttempt,
          "L-958",
          "the address changed without a new sandbox");
      ip = status.podIP();
      ipAttempt = sandboxAttempt;
    }
  }

  private void publishedPhase(@Nullable PodPhase next) {
    require(next != null, "L-957", "no phase published");
    PodPhase before = phase;
    require(
        before == null || !before.terminal() || before == next,
        "L-957",
        "phase left " + before + " for " + next);
    require(next != PodPhase.UNKNOWN, "L-957", "phase Unknown published");
    phase = next;
  }

  private void restarts(List<ContainerStatus> statuses) {
    for (ContainerStatus status : statuses) {
      Seen s = seen[shape.ordinal(status.name())];
      require(
          status.restartCount() >= s.restarts || !countsKept,
          "L-956",
          "restartCount of "
              + status.name()
              + " fell from "
              + s.restarts
              + " to "
              + status.restartCount());
      s.restarts = status.restartCount();
    }
  }

  @Override
  public void removed(PodHost host, long now) {
    removed(now);
  }

  /** The object is gone. */
  void removed(long now) {
    if (log != null) {
      log.accept(now + " removed");
    }
    require(!removed, "L-428", "removed twice");
    removed = true;
    if (!forced) {
      for (int c = 0; c < seen.length; c++) {
        require(!seen[c].alive, "L-428", "removed while " + name(c) + " lives");
      }
    }
  }

  @Override
  public void event(PodHost host, String type, String reason, int c, String message, long now) {
    event(reason, c, now);
  }

  /** An event was recorded. */
  void event(String reason, int c, long now) {
    if (log != null) {
      log.accept(now + " event " + reason + " " + name(c));
    }
    if (reason.equals("Killing")) {
      seen[c].stopBegan = now;
    }
  }

  @Override
  public void moved(PodHost host, int c, Transition transition, long now) {
    moves.accept(transition);
  }

  /** No container lives any more. */
  boolean still() {
    for (Seen s : seen) {
      if (s.alive) {
        return false;
      }
    }
    return true;
  }
}

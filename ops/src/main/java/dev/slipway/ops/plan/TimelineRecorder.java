package dev.slipway.ops.plan;

import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.ContainerRole;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.replay.PodHost;
import dev.slipway.engine.replay.PodObserver;
import dev.slipway.engine.replay.VirtualDriver;
import dev.slipway.engine.runtime.RuntimeLog;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.status.PublishedStatus;
import dev.slipway.engine.why.Cause;
import dev.slipway.engine.why.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Watches one pod run and writes its timeline. */
final class TimelineRecorder implements RuntimeLog, PodObserver {
  private static final Set<String> BACK_OFF =
      Set.of("CrashLoopBackOff", "ImagePullBackOff", "ErrImagePull", "RunContainerError");

  /** A year: longer than any plan is looked at, short enough to add up. */
  private static final long LONGEST_SLEEP_SECONDS = 365L * 24 * 3600;

  private final PodShape shape;
  private final VirtualDriver driver;
  private final Track podTrack;
  private final List<Track> tracks = new ArrayList<>();
  private final boolean[] alive;
  private final boolean[] ready;
  private final boolean[] killed;
  private final List<Moment> moments = new ArrayList<>();
  private final Map<String, Long> lastProbe = new HashMap<>();
  private final Reasons reasons;
  private PodStatus status = PodStatus.EMPTY;

  /** Why the exit code at hand does not count, empty if it does. */
  private List<Reason> ignored = List.of();

  /** The API's last answer to a delete request. */
  private List<Reason> deletion = List.of();

  private boolean deleting;
  private boolean removed;
  private long readyAt = -1;
  private long containersReadyAt = -1;
  private long endedAt = -1;

  TimelineRecorder(PodShape shape, VirtualDriver driver) {
    this.shape = shape;
    this.driver = driver;
    this.alive = new boolean[shape.count];
    this.ready = new boolean[shape.count];
    this.killed = new boolean[shape.count];
    this.podTrack = new Track("pod", "pod");
    this.reasons = new Reasons(shape);
    for (int c = 0; c < shape.count; c++) {
      tracks.add(new Track(shape.container(c).name(), role(shape.role(c))));
    }
  }

  /** The word for a role that users know. */
  static String role(ContainerRole role) {
    return switch (role) {
      case REGULAR_INIT -> "init";
      case SIDECAR -> "sidecar";
      case APP -> "app";
      case EPHEMERAL -> "ephemeral";
    };
  }

  // What the run is asked about.

  /** The status the API has. */
  PodStatus status() {
    return status;
  }

  /** When the pod was Ready first, negative: never. */
  long readyAt() {
    return readyAt;
  }

  /** When all containers were ready first, negative: never. */
  long containersReadyAt() {
    return containersReadyAt;
  }

  /** When the phase in the API became terminal, negative: not yet. */
  long endedAt() {
    return endedAt;
  }

  /** The object is gone from the API. */
  boolean removed() {
    return removed;
  }

  /** The timeline up to now. */
  Timeline finish(String endedBy) {
    long now = driver.now();
    podTrack.close(now);
    tracks.forEach(track -> track.close(now));
    tracks.forEach(track -> track.down(now));
    return new Timeline(now, endedBy, podTrack, tracks, moments);
  }

  private int ordinal(String container) {
    return container.isEmpty() ? -1 : shape.ordinal(container);
  }

  private String name(int container) {
    return container < 0 ? "" : shape.container(container).name();
  }

  // What the plan does to the pod.

  void action(int container, String what, String detail) {
    moments.add(new Moment.Action(driver.now(), name(container), what, detail, List.of()));
    if (what.equals("delete") || what.equals("evict")) {
      deleting = true;
      podTrack.turn(podActivity(), driver.now());
    }
  }

  // What the runtime does.

  @Override
  public void note(Op op, int container, int attempt, long detail, String reason) {
    long now = driver.now();
    if (container >= 0) {
      draw(op, container, attempt, detail, now);
    }
    ignored = op == Op.EXITED ? reasons.of(Subject.EXIT_CODE, container) : List.of();
    String text = text(op, container, attempt, detail, reason);
    if (!text.isEmpty()) {
      moments.add(new Moment.Runtime(now, name(container), word(op), text, why(op, container)));
    }
  }

  // Why.

  @Override
  public void because(
      PodHost pod, Subject subject, int container, Cause cause, int about, long number, long now) {
    boolean answersDelete = subject == Subject.DELETION && cause != Cause.OBJECT_REMOVED;
    reasons
        .take(name(container), subject, container, cause, about, number, now)
        .ifPresent(moments::add);
    if (subject == Subject.BACK_OFF
        && moments.getLast()
            instanceof Moment.Decision(var at, var who, var what, var text, var why)) {
      List<Reason> both = new ArrayList<>(why);
      both.addAll(reasons.of(subject, container));
      moments.set(moments.size() - 1, new Moment.Decision(at, who, what, text, both));
    }
    if (answersDelete
        && moments.getLast() instanceof Moment.Action(var at, var who, var what, var text, _)) {
      deletion = reasons.of(subject, container);
      moments.set(moments.size() - 1, new Moment.Action(at, who, what, text, deletion));
    }
    if (subject == Subject.HOOK
        && cause == Cause.PRE_STOP
        && shape.container(container).preStop() instanceof Handler.Sleep(long seconds)) {
      List<Reason> why = reasons.of(subject, container);
      moments.add(
          new Moment.Decision(now, name(container), "preStop", "sleep " + seconds + "s", why));
    }
  }

  private List<Reason> why(Op op, int container) {
    return switch (op) {
      case RUN_SANDBOX -> reasons.of(Subject.SANDBOX, -1);
      case STOP_SANDBOX -> reasons.of(Subject.SANDBOX_STOP, -1);
      case POST_START, PRE_STOP -> reasons.of(Subject.HOOK, container);
      case STOP -> reasons.of(Subject.SIGNAL, container);
      case KILL -> reasons.of(Subject.KILL, container);
      case EXITED -> ignored;
      case UPDATE -> reasons.of(Subject.RESIZE, container);
      case SANDBOX_READY,
          SANDBOX_FAILED,
          PULL,
          PULLED,
          CREATE,
          STARTED,
          START_FAILED,
          POST_START_DONE,
          PRE_STOP_DONE,
          PROBE ->
          List.of();
    };
  }

  private static String word(Op op) {
    return switch (op) {
      case RUN_SANDBOX, SANDBOX_READY, SANDBOX_FAILED, STOP_SANDBOX -> "sandbox";
      case POST_START, POST_START_DONE -> "postStart";
      case PRE_STOP, PRE_STOP_DONE -> "preStop";
      case STOP, KILL -> "signal";
      case EXITED -> "exit";
      case PROBE -> "probe";
      case UPDATE -> "resize";
      case PULL, PULLED, CREATE, STARTED, START_FAILED -> op.text();
    };
  }

  private String text(Op op, int container, int attempt, long detail, String reason) {
    return switch (op) {
      case RUN_SANDBOX -> "create" + (attempt > 0 ? ", attempt " + attempt : "");
      case SANDBOX_READY -> "ready";
      case SANDBOX_FAILED -> "could not be created";
      case STOP_SANDBOX -> "stop";
      case POST_START, PRE_STOP -> "hook begins";
      case POST_START_DONE, PRE_STOP_DONE -> detail == 1 ? "hook done" : "hook failed";
      case STOP -> signal(container) + ", grace " + detail + "s";
      case KILL -> "SIGKILL: the grace is over";
      case EXITED -> exitText(detail, reason);
      case PROBE -> probe(container, detail, reason);
      case UPDATE -> container < 0 ? "pod cgroup: " + reason : reason;
      // Kubernetes events tell these.
      case PULL, PULLED, CREATE, STARTED, START_FAILED -> "";
    };
  }

  private String exitText(long exitCode, String reason) {
    boolean counts = ignored.isEmpty() || exitCode == 0;
    return "exit code "
        + exitCode
        + (counts ? " (" + reason + ")" : " (ignored: sidecar stopped at termination)");
  }

  private String signal(int container) {
    String own = shape.container(container).stopSignal();
    return own.isEmpty() ? "SIGTERM" : own;
  }

  /** Only an answer that differs from the one before is told. */
  private String probe(int container, long answer, String type) {
    String key = container + " " + type;
    Long before = lastProbe.put(key, answer);
    if (before != null && before == answer) {
      return "";
    }
    String word = answer == 1 ? "succeeds" : answer == 0 ? "fails" : "times out";
    return type.toLowerCase(Locale.ROOT) + " " + word;
  }

  private void draw(Op op, int container, int attempt, long detail, long now) {
    Track track = tracks.get(container);
    switch (op) {
      case PULL -> track.turn(Activity.PULLING, now);
      case PULLED -> track.turn(detail == 1 ? Activity.STARTING : Activity.BACK_OFF, now);
      case CREATE -> track.turn(Activity.STARTING, now);
      case STARTED -> {
        alive[container] = true;
        track.up(now);
        killed[container] = false;
        forget(container);
        if (attempt > 0) {
          track.mark(Mark.Kind.RESTART, now, attempt);
        }
        track.turn(Activity.RUNNING, now);
      }
      case START_FAILED -> {
        track.mark(Mark.Kind.FAILED, now, detail);
        track.turn(Activity.BACK_OFF, now);
      }
      case EXITED -> {
        alive[container] = false;
        track.down(now);
        ready[container] = false;
        track.mark(exit(container, track, detail), now, detail);
        track.turn(Activity.ENDED, now);
      }
      case PRE_STOP -> track.turn(Activity.PRE_STOP, now);
      case PRE_STOP_DONE -> {
        if (alive[container]) {
          track.turn(up(container), now);
        }
      }
      case STOP -> {
        if (alive[container]) {
          track.mark(Mark.Kind.STOP_SIGNAL, now, detail);
          track.turn(Activity.STOPPING, now);
        }
      }
      case KILL -> {
        killed[container] = true;
        track.mark(Mark.Kind.KILL, now, 0);
      }
      case RUN_SANDBOX,
          SANDBOX_READY,
          SANDBOX_FAILED,
          STOP_SANDBOX,
          POST_START,
          POST_START_DONE,
          PROBE -> {}
    }
  }

  /** What a stopped process exits with says nothing about it, unless it had to be killed. */
  private Mark.Kind exit(int container, Track track, long exitCode) {
    if (exitCode == 0) {
      return Mark.Kind.COMPLETED;
    }
    return track.activity() == Activity.STOPPING && !killed[container]
        ? Mark.Kind.STOPPED
        : Mark.Kind.FAILED;
  }

  private void forget(int container) {
    lastProbe.keySet().removeIf(key -> key.startsWith(container + " "));
  }

  private Activity up(int container) {
    return ready[container] ? Activity.READY : Activity.RUNNING;
  }

  // What the API sees.

  @Override
  public void event(
      PodHost pod, String type, String reason, int container, String message, long now) {
    List<Reason> why = reasons.of(Subject.EVENT, container);
    moments.add(new Moment.Event(now, name(container), type, reason, message, why));
    if (reason.equals("BackOff")
        && container >= 0
        && tracks.get(container).activity() == Activity.ENDED) {
      tracks.get(container).turn(Activity.BACK_OFF, now);
    }
    // A sleep hook is the node's own: the runtime does not see it.
    if (reason.equals("Killing")
        && container >= 0
        && alive[container]
        && shape.container(container).preStop() instanceof Handler.Sleep(long seconds)) {
      tracks.get(container).turn(Activity.PRE_STOP, now);
      long sleep = Math.clamp(seconds, 0, LONGEST_SLEEP_SECONDS) * Times.SECOND;
      driver.at(now + sleep, () -> sleepOver(container));
    }
  }

  /** A sidecar may have to wait for its turn after its hook. */
  private void sleepOver(int container) {
    if (tracks.get(container).activity() == Activity.PRE_STOP) {
      tracks.get(container).turn(up(container), driver.now());
    }
  }

  @Override
  public void status(PodHost pod, long now) {
    PodStatus next = PublishedStatus.of(pod.state());
    List<StatusChange> changes =
        StatusChanges.between(status, next).stream()
            .map(change -> reasons.explained(change, ordinal(change.container())))
            .toList();
    status = next;
    if (!changes.isEmpty()) {
      moments.add(new Moment.Status(now, changes));
    }
    StatusChanges.containers(next).forEach(container -> see(container, now));
    if (readyAt < 0 && isTrue("Ready")) {
      readyAt = now;
    }
    if (containersReadyAt < 0 && isTrue("ContainersReady")) {
      containersReadyAt = now;
    }
    PodPhase phase = next.phase();
    if (endedAt < 0 && phase != null && phase.terminal()) {
      endedAt = now;
    }
    podTrack.turn(podActivity(), now);
  }

  @Override
  public void removed(PodHost pod, long now) {
    removed = true;
    List<Reason> last = reasons.of(Subject.DELETION, -1);
    List<Reason> why = last.isEmpty() ? deletion : last;
    moments.add(new Moment.Action(now, "", "removed", "the pod object is gone from the API", why));
    podTrack.turn(Activity.ENDED, now);
  }

  private boolean isTrue(String type) {
    for (PodCondition condition : status.conditions()) {
      if (condition.type().equals(type)) {
        return condition.status() == ConditionStatus.TRUE;
      }
    }
    return false;
  }

  private void see(ContainerStatus container, long now) {
    int c = shape.ordinal(container.name());
    Track track = tracks.get(c);
    ready[c] = alive[c] && container.ready();
    if (track.activity() == Activity.RUNNING || track.activity() == Activity.READY) {
      track.turn(up(c), now);
    } else if (container.state() instanceof ContainerState.Waiting(String reason, _)
        && BACK_OFF.contains(reason)
        && (track.activity() == Activity.ENDED || track.activity() == Activity.WAITING)) {
      track.turn(Activity.BACK_OFF, now);
    }
  }

  private Activity podActivity() {
    PodPhase phase = status.phase();
    if (removed || (phase != null && phase.terminal())) {
      return Activity.ENDED;
    }
    if (deleting) {
      return Activity.STOPPING;
    }
    if (phase != PodPhase.RUNNING) {
      return Activity.WAITING;
    }
    return isTrue("Ready") ? Activity.READY : Activity.RUNNING;
  }
}

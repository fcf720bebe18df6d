package dev.slipway.engine.observe;

import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.ObservedTransition.Scope;
import dev.slipway.engine.state.RecordTransition;
import org.jspecify.annotations.Nullable;

/**
 * Derives what one container did between two versions. A status shows at most two instances, the
 * current one and that of {@code lastState}; of instances between versions only those can be told.
 */
final class ContainerDiff {
  private static final String NONE = "-";
  private static final String LOST = "ContainerStatusUnknown";
  private static final String RESTARTING_ALL = "RestartingAllContainers";
  private static final String START_ERROR = "StartError";

  private final ObservedPod pod;
  private final int ordinal;
  private final String name;
  private final ObservedContainer container;
  private final ObserveSettings settings;
  private final ObserveSink sink;

  ContainerDiff(ObservedPod pod, int ordinal, ObserveSettings settings, ObserveSink sink) {
    this.pod = pod;
    this.ordinal = ordinal;
    this.name = pod.containerName(ordinal);
    this.container = pod.containers[ordinal];
    this.settings = settings;
    this.sink = sink;
  }

  /** One instance a status shows. */
  private record Instance(
      int number, long id, long startedAt, ContainerState.@Nullable Terminated end) {
    boolean lost() {
      return end != null && (end.reason().equals(LOST) || end.reason().equals(RESTARTING_ALL));
    }
  }

  void apply(ContainerStatus status) {
    Instance current = current(status);
    Instance last = last(status);
    if (last != null && (current == null || !isLatest(current))) {
      instance(last, false);
    }
    if (current != null) {
      instance(current, true);
    }
    state(status);
  }

  private static @Nullable Instance current(ContainerStatus status) {
    int number = status.restartCount();
    return switch (status.state()) {
      case ContainerState.Running r ->
          new Instance(number, hash(status.containerID()), r.startedAt(), null);
      case ContainerState.Terminated t -> new Instance(number, idOf(t, status), started(t), t);
      case ContainerState.Waiting _, ContainerState.None _ -> null;
    };
  }

  private static @Nullable Instance last(ContainerStatus status) {
    if (!(status.lastState() instanceof ContainerState.Terminated t)) {
      return null;
    }
    boolean waiting = status.state() instanceof ContainerState.Waiting;
    int number = status.restartCount() - (waiting ? 0 : 1);
    return new Instance(number, hash(t.containerID()), started(t), t);
  }

  private static long idOf(ContainerState.Terminated t, ContainerStatus status) {
    return hash(t.containerID().isEmpty() ? status.containerID() : t.containerID());
  }

  /** A runtime that could not start a process says 1970. */
  private static long started(ContainerState.Terminated t) {
    return t.reason().equals(START_ERROR) ? t.finishedAt() : t.startedAt();
  }

  private boolean isLatest(Instance other) {
    if (container.instance < 0) {
      return false;
    }
    if (container.id != 0 && other.id != 0) {
      return container.id == other.id;
    }
    return other.startedAt != Times.NONE && other.startedAt == container.startedAt;
  }

  private void instance(Instance shown, boolean current) {
    if (shown.lost() && !isLatest(shown)) {
      lost(shown);
    } else if (isLatest(shown)) {
      if (shown.end != null && !container.ended) {
        end(shown.end);
      }
    } else if (current || later(shown)) {
      begin(shown);
    }
  }

  /** An instance of {@code lastState} that is not the latest one known may be an older one. */
  private boolean later(Instance shown) {
    return container.instance < 0 || shown.number > container.instance;
  }

  private void lost(Instance shown) {
    if (!container.ended) {
      boolean unknown = shown.end != null && shown.end.reason().equals(LOST);
      RecordTransition how =
          unknown ? RecordTransition.RUNNING_UNKNOWN : RecordTransition.RUNNING_GONE;
      tell(how, shown.end == null ? Times.NONE : shown.end.finishedAt(), 0, reasonOf(shown));
      container.ended = true;
    }
    ObservedBackOff.forget(container);
  }

  private static String reasonOf(Instance shown) {
    return shown.end == null ? "" : shown.end.reason();
  }

  private void begin(Instance shown) {
    if (!container.ended) {
      tell(RecordTransition.RUNNING_GONE, Times.NONE, 0, "");
      container.ended = true;
      ObservedBackOff.forget(container);
    }
    boolean next = shown.number == container.instance + 1 && container.instance >= 0;
    if (shown.startedAt != Times.NONE) {
      ObservedBackOff.restarted(pod, ordinal, shown.startedAt, next, settings, sink);
    }
    if (container.instance < 0 && shown.number == 0) {
      container.firstStart = shown.startedAt;
    }
    container.instance = shown.number;
    container.id = shown.id;
    container.startedAt = shown.startedAt;
    container.ended = false;
    boolean failed = shown.end != null && shown.end.reason().equals(START_ERROR);
    tell(RecordTransition.CREATED, Times.NONE, 0, "");
    if (!failed) {
      tell(RecordTransition.STARTED, shown.startedAt, 0, "");
    }
    if (shown.end != null) {
      end(shown.end);
    }
  }

  private void end(ContainerState.Terminated end) {
    boolean failed = end.reason().equals(START_ERROR);
    container.ended = true;
    container.endBefore = container.lastEnd;
    container.lastEnd = end.finishedAt();
    container.lastExit = end.exitCode();
    container.lastReason = end.reason().intern();
    container.completed |= end.exitCode() == 0;
    RecordTransition how = failed ? RecordTransition.START_FAILED : RecordTransition.EXITED;
    tell(how, end.finishedAt(), end.exitCode(), end.reason());
  }

  private void tell(RecordTransition transition, long at, int exitCode, String reason) {
    int number = Math.max(0, container.instance);
    sink.transition(pod, ObservedTransition.of(transition, name, at, number, exitCode, reason));
  }

  private void state(ContainerStatus status) {
    byte before = container.state;
    String reasonBefore = container.reason;
    container.restarts = status.restartCount();
    container.exitCode = 0;
    switch (status.state()) {
      case ContainerState.None _ -> set(ObservedContainer.NONE, "");
      case ContainerState.Waiting w -> set(ObservedContainer.WAITING, w.reason());
      case ContainerState.Running _ -> set(ObservedContainer.RUNNING, "");
      case ContainerState.Terminated t -> {
        set(ObservedContainer.TERMINATED, t.reason());
        container.exitCode = t.exitCode();
      }
    }
    boolean waited = before == ObservedContainer.WAITING;
    boolean waits = container.state == ObservedContainer.WAITING;
    if (waits && !(waited && container.reason.equals(reasonBefore))) {
      String from = waited && !reasonBefore.isEmpty() ? reasonBefore : NONE;
      sink.transition(
          pod,
          ObservedTransition.changed(Scope.WAITING, name, from, container.reason, Times.NONE, ""));
    }
    if (status.ready() != container.ready) {
      container.ready = status.ready();
      sink.transition(
          pod,
          ObservedTransition.changed(
              Scope.READY,
              name,
              container.ready ? "false" : "true",
              container.ready ? "true" : "false",
              Times.NONE,
              ""));
    }
  }

  private void set(byte state, String reason) {
    container.state = state;
    container.reason = reason.intern();
  }

  /** 64 bits of a container's id; 0: it has none. */
  private static long hash(String id) {
    if (id.isEmpty()) {
      return 0;
    }
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    return hash == 0 ? 1 : hash;
  }
}

package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.ContainerEvent.Outcome;
import dev.slipway.engine.event.QuietContainerSink;
import dev.slipway.engine.lifecycle.ContainerLifecycle;
import dev.slipway.engine.probe.ProbeRules;
import dev.slipway.engine.probe.ProbeSettings;
import dev.slipway.engine.state.ContainerUnit;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.ProbeResult;
import dev.slipway.engine.state.ProbeWorker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The containers of one pod with their probe workers, in virtual time, against scripted outcomes;
 * writes down what the workers do in the words of the vectors.
 */
final class ProbeSimulation {
  /** Among things of one instant: ends of probes, then deadlines, then what the case scripts. */
  static final int PROBE_END = 0;

  static final int DEADLINE = 1;
  static final int SCRIPTED = 2;

  /** One worker's life, over all its incarnations. */
  static final class Life {
    final String name;
    final List<String> events = new ArrayList<>();
    long probeStart;
    int attempts;

    Life(String name) {
      this.name = name;
    }
  }

  /** Told of what leaves a container. */
  interface Listener {
    Listener NONE = new Listener() {};

    /** A result was cached, or removed (NONE). */
    default void result(int c, ProbeType type, int recordId, ProbeResult result) {}

    default void ended(int c, ProbeType type) {}
  }

  private record Due(long at, int rank, long sequence, Runnable what) {}

  final VectorState state;
  private final JsonNode outcomes;
  private final ContainerLifecycle lifecycle;
  private final List<ContainerUnit> units = new ArrayList<>();
  private final Map<String, Life> lives = new LinkedHashMap<>();
  private final Map<String, ProbeResult> cached = new HashMap<>();
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(
          Comparator.comparingLong(Due::at)
              .thenComparingInt(Due::rank)
              .thenComparingLong(Due::sequence));
  private final Listener listener;

  /** Executions that took no time: they end before anything else happens. */
  private final Deque<Runnable> ended = new ArrayDeque<>();

  private boolean ending;
  private long sequence;
  long now;

  ProbeSimulation(VectorState state, ProbeSettings settings, JsonNode outcomes, Listener listener) {
    this.state = state;
    this.outcomes = outcomes;
    this.listener = listener;
    this.lifecycle = new ContainerLifecycle(new ProbeRules(settings));
    PodShape shape = state.pod.shape;
    for (int c = 0; c < shape.count; c++) {
      units.add(new ContainerUnit(shape.container(c), shape.isSidecar(c)));
    }
  }

  ContainerUnit unit(int c) {
    return units.get(c);
  }

  void at(long time, int rank, Runnable what) {
    queue.add(new Due(time, rank, sequence++, what));
  }

  /** Runs everything up to the horizon, events exactly there included. */
  void runUntil(long horizon) {
    while (!queue.isEmpty() && queue.element().at() <= horizon) {
      runNext();
    }
  }

  /** Time of the next thing to happen, Long.MAX_VALUE if there is none. */
  long nextTime() {
    return queue.isEmpty() ? Long.MAX_VALUE : queue.element().at();
  }

  /** Rank of the next thing to happen; there must be one. */
  int nextRank() {
    return queue.element().rank();
  }

  void runNext() {
    Due due = queue.remove();
    now = due.at();
    due.what().run();
  }

  /** The order of {@code AddPod}: app containers, then sidecars (rule P-011). */
  void ensureProbes(boolean deleting) {
    PodShape shape = state.pod.shape;
    for (int c = shape.appStart; c < shape.ephemeralStart; c++) {
      ensure(c, deleting);
    }
    for (int c = 0; c < shape.appStart; c++) {
      if (shape.isSidecar(c)) {
        ensure(c, deleting);
      }
    }
  }

  private void ensure(int c, boolean deleting) {
    boolean[] had = new boolean[ProbeType.values().length];
    int[] marks = new int[had.length];
    for (ProbeType type : ProbeType.values()) {
      had[type.ordinal()] = unit(c).worker(type) != null;
      Life life = lives.get(key(c, type));
      marks[type.ordinal()] = life == null ? -1 : life.events.size();
    }
    step(c, new ContainerEvent.EnsureProbes(deleting));
    for (ProbeType type : ProbeType.values()) {
      int mark = marks[type.ordinal()];
      Life life = lives.get(key(c, type));
      boolean exists = unit(c).worker(type) != null;
      if (life == null && exists) {
        life(c, type);
      } else if (life != null
          && mark >= 0
          && !had[type.ordinal()]
          && (exists || life.events.size() > mark)) {
        life.events.add(mark, "start " + now);
      }
    }
  }

  void step(int c, ContainerEvent event) {
    lifecycle.step(unit(c), event, now, new Sink(c));
    endExecutions();
  }

  /** One after another, so that an attempt is over before the next one begins. */
  private void endExecutions() {
    if (ending) {
      return;
    }
    ending = true;
    while (!ended.isEmpty()) {
      ended.remove().run();
    }
    ending = false;
  }

  /** Rule P-090: of app containers alone. */
  void stopLivenessAndStartup() {
    PodShape shape = state.pod.shape;
    for (int c = shape.appStart; c < shape.ephemeralStart; c++) {
      step(c, ContainerEvent.STOP_LIVENESS_AND_STARTUP);
    }
  }

  /** Steps of all containers that may have probes. */
  void stepAll(ContainerEvent event) {
    for (int c = 0; c < state.pod.shape.ephemeralStart; c++) {
      if (state.pod.shape.mayHaveProbes(c)) {
        step(c, event);
      }
    }
  }

  private String key(int c, ProbeType type) {
    return state.pod.shape.container(c).name() + "/" + type.text();
  }

  private Life life(int c, ProbeType type) {
    return lives.computeIfAbsent(key(c, type), Life::new);
  }

  Map<String, Life> lives() {
    return lives;
  }

  // Executions.

  private record Attempt(Outcome outcome, String word, long took) {}

  private Attempt attempt(int c, ProbeType type) {
    String kind = "success";
    long latency = 0;
    for (JsonNode segment : outcomes.path(key(c, type))) {
      if (nanos(segment.get(0)) <= now) {
        kind = segment.get(1).asText();
        latency = nanos(segment.get(2));
      }
    }
    ProbeSpec spec = state.pod.shape.container(c).probe(type);
    long timeout = (spec == null ? 1 : spec.timeoutSeconds()) * Times.SECOND;
    if (latency >= timeout) {
      return new Attempt(Outcome.FAILURE, "failure", timeout);
    }
    Outcome outcome =
        switch (kind) {
          case "success" -> Outcome.SUCCESS;
          case "failure" -> Outcome.FAILURE;
          case "error" -> Outcome.ERROR;
          default -> Outcome.PANIC;
        };
    return new Attempt(outcome, kind, latency);
  }

  private void execute(int c, ProbeType type) {
    Life life = life(c, type);
    if (life.attempts++ == 0) {
      life.probeStart = now;
    }
    Attempt attempt = attempt(c, type);
    Runnable end = () -> done(c, type, attempt);
    if (attempt.took() == 0) {
      ended.add(end);
    } else {
      at(
          now + attempt.took(),
          PROBE_END,
          () -> {
            ended.add(end);
            endExecutions();
          });
    }
  }

  /** A probe is listed at its end, before what its result changes. */
  private void done(int c, ProbeType type, Attempt attempt) {
    Life life = life(c, type);
    int mark = life.events.size();
    int attempts = life.attempts;
    long start = life.probeStart;
    life.attempts = 0;
    ProbeWorker worker = unit(c).worker(type);
    int errors = worker == null ? 0 : worker.errors;
    step(c, new ContainerEvent.ProbeDone(type, attempt.outcome(), ""));
    boolean again = worker != null && worker.errors > errors;
    if (again) {
      life.attempts = attempts + 1;
      life.probeStart = start;
    } else {
      life.events.add(mark, "probe " + start + " " + now + " " + attempt.word() + " " + attempts);
    }
  }

  static String text(ProbeResult result) {
    return switch (result) {
      case NONE -> "-";
      case SUCCESS -> "Success";
      case FAILURE -> "Failure";
      case UNKNOWN -> "Unknown";
    };
  }

  /** Milliseconds with up to six digits, exactly. */
  static long nanos(JsonNode ms) {
    return Math.round(ms.asDouble() * Times.MILLI);
  }

  private final class Sink extends QuietContainerSink {
    private final int c;

    Sink(int c) {
      this.c = c;
    }

    @Override
    public void execProbe(ProbeType type, int recordId) {
      execute(c, type);
    }

    @Override
    public void probeResult(ProbeType type, int recordId, ProbeResult result) {
      String place = type.text() + " " + state.recordId(recordId);
      ProbeResult before = cached.getOrDefault(place, ProbeResult.NONE);
      String id = state.recordId(recordId);
      if (result == ProbeResult.NONE) {
        cached.remove(place);
        life(c, type).events.add("remove " + now + " " + id + " " + text(before));
      } else {
        cached.put(place, result);
        life(c, type).events.add("set " + now + " " + id + " " + text(before) + " " + text(result));
      }
      listener.result(c, type, recordId, result);
    }

    @Override
    public void workerEnded(ProbeType type) {
      life(c, type).events.add("end " + now);
      listener.ended(c, type);
    }

    @Override
    public void armDeadline(int id, int generation, long time) {
      at(time, DEADLINE, () -> step(c, new ContainerEvent.DeadlineReached(id, generation)));
    }
  }
}

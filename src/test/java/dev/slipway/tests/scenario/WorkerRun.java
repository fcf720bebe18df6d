package dev.slipway.tests.scenario;

import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.ContainerEvent.Outcome;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.event.QuietContainerSink;
import dev.slipway.engine.lifecycle.ContainerLifecycle;
import dev.slipway.engine.probe.ProbeRules;
import dev.slipway.engine.probe.ProbeSettings;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.ContainerUnit;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.ProbeResult;
import dev.slipway.engine.state.StatusCell;
import dev.slipway.engine.status.StatusManager;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The probe workers of one pod against statuses and answers as a row gives them.
 *
 * <p>Clauses, those with an {@code @} at that second: {@code a1 liveness=p10} (spec words of {@link
 * ContainerText}), {@code agent -300 always} (start of the agent; always: gate on), {@code draws
 * 0.35,0.5}, {@code deleting}, {@code until 20}; {@code @0 add}, {@code stop}, {@code remove},
 * {@code trigger a1}, {@code nostatus}, {@code phase Failed}, {@code status a1 RUNNING#2/5 started}
 * (instance, start; {@code WAITING}, {@code EXITED#1/137}), {@code says L a1 -/0.5} (from then on:
 * {@code +}, {@code -}, {@code !} error, {@code *} a crash; how long an attempt takes).
 *
 * <p>Facts: {@code L a1-@5} an execution at its end, {@code x3} with the attempts if more than one;
 * {@code a1.L=Failure@5} a cached result, {@code -} if it is removed; {@code a1.L.end@5}.
 */
final class WorkerRun {
  private static final int PROBE_END = 0;
  private static final int DEADLINE = 1;
  private static final int SCRIPTED = 2;

  private record Due(long at, int rank, long sequence, Runnable what) {}

  private record Answer(long from, char kind, long took) {}

  private final PodText text;
  private final Map<String, List<Answer>> answers = new HashMap<>();
  private final Map<String, Integer> attempts = new HashMap<>();
  private final List<String> facts = new ArrayList<>();
  private final List<ContainerUnit> units = new ArrayList<>();
  private final Deque<Runnable> ended = new ArrayDeque<>();
  private final Deque<Double> draws = new ArrayDeque<>();
  private final StatusManager statuses = new StatusManager(Profile.K8S_1_37);
  private final PodSink told = told();
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(
          Comparator.comparingLong(Due::at)
              .thenComparingInt(Due::rank)
              .thenComparingLong(Due::sequence));
  private final PodState pod;
  private final ContainerLifecycle lifecycle;
  private boolean ending;
  private boolean deleting;
  private boolean always;
  private long agentStart = Times.NONE;
  private long horizon = Long.MAX_VALUE;
  private long sequence;
  private long now;

  private WorkerRun(String podCell, String given) {
    text = new PodText(podCell);
    List<String> clauses = List.of(given.split(";"));
    clauses.forEach(clause -> settle(PodText.words(clause)));
    PodShape shape = PodShape.of(text.spec());
    pod = new PodState(PodText.meta(), shape, false);
    for (int c = 0; c < shape.count; c++) {
      units.add(new ContainerUnit(shape.container(c), shape.isSidecar(c)));
    }
    lifecycle =
        new ContainerLifecycle(
            new ProbeRules(
                new ProbeSettings(
                    agentStart == Times.NONE
                        ? ProbeRules.Jitter.NONE
                        : ProbeSettings.jitter(agentStart, draws::remove),
                    agentStart,
                    always,
                    true)));
    clauses.forEach(clause -> script(PodText.words(clause)));
  }

  static List<String> facts(String podCell, String given) {
    WorkerRun run = new WorkerRun(podCell, given);
    while (!run.queue.isEmpty() && run.queue.element().at() <= run.horizon) {
      Due due = run.queue.remove();
      run.now = due.at();
      due.what().run();
    }
    return run.facts.isEmpty() ? List.of("none") : run.facts;
  }

  /** What is so from the start. */
  private void settle(List<String> words) {
    if (words.isEmpty() || words.getFirst().startsWith("@")) {
      return;
    }
    switch (words.getFirst()) {
      case "agent" -> {
        agentStart = Seconds.of(words.get(1));
        always = words.size() > 2;
      }
      case "draws" -> {
        for (String draw : words.get(1).split(",")) {
          draws.add(Double.valueOf(draw));
        }
      }
      case "deleting" -> deleting = true;
      case "until" -> horizon = Seconds.of(words.get(1));
      default -> {
        for (ContainerText c : text.named(words.getFirst())) {
          words.stream()
              .skip(1)
              .forEach(w -> c.set(w.substring(0, w.indexOf('=')), w.substring(w.indexOf('=') + 1)));
        }
      }
    }
  }

  private void script(List<String> words) {
    if (words.isEmpty() || !words.getFirst().startsWith("@")) {
      return;
    }
    long at = Seconds.of(words.getFirst().substring(1));
    at(at, SCRIPTED, () -> act(words.subList(1, words.size())));
  }

  private void act(List<String> words) {
    switch (words.getFirst()) {
      case "add" -> addPod();
      case "stop" -> {
        for (int c = pod.shape.appStart; c < pod.shape.ephemeralStart; c++) {
          step(c, ContainerEvent.STOP_LIVENESS_AND_STARTUP);
        }
      }
      case "remove" -> stepAll(ContainerEvent.REMOVE_PROBES);
      case "trigger" -> step(ordinal(words.get(1)), ContainerEvent.TRIGGER_READINESS);
      case "nostatus" -> stepAll(new ContainerEvent.Observed(0, Times.NONE, (byte) 0));
      case "phase" -> {
        pod.phase = PodPhase.of(words.get(1));
        statuses.tellWorkers(pod, told);
      }
      case "status" -> {
        status(pod.slots[ordinal(words.get(1))].status(), words);
        statuses.tellWorkers(pod, told);
      }
      case "says" -> {
        String[] parts = words.get(3).split("/");
        answers
            .computeIfAbsent(words.get(1) + " " + words.get(2), _ -> new ArrayList<>())
            .add(new Answer(now, parts[0].charAt(0), parts.length > 1 ? Seconds.of(parts[1]) : 0));
      }
      default -> throw new IllegalArgumentException("unknown word of a run: " + words);
    }
  }

  private static void status(StatusCell cell, List<String> words) {
    String[] parts = words.get(2).split("[#/]");
    cell.clear();
    cell.present = true;
    cell.recordId = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
    cell.state =
        switch (parts[0]) {
          case "WAITING" -> new ContainerState.Waiting("", "");
          case "RUNNING" -> new ContainerState.Running(Seconds.of(parts[2]));
          case "EXITED" ->
              new ContainerState.Terminated(
                  Integer.parseInt(parts[2]), "", "", Times.NONE, Times.NONE, "");
          default -> throw new IllegalArgumentException("unknown state: " + parts[0]);
        };
    cell.started = (byte) (words.contains("started") ? 1 : 0);
  }

  private void addPod() {
    for (int c = pod.shape.appStart; c < pod.shape.ephemeralStart; c++) {
      step(c, new ContainerEvent.EnsureProbes(deleting));
    }
    for (int c = 0; c < pod.shape.appStart; c++) {
      if (pod.shape.isSidecar(c)) {
        step(c, new ContainerEvent.EnsureProbes(deleting));
      }
    }
  }

  private int ordinal(String name) {
    return pod.shape.ordinal(name);
  }

  private void stepAll(ContainerEvent event) {
    for (int c = 0; c < pod.shape.ephemeralStart; c++) {
      step(c, event);
    }
  }

  private void at(long time, int rank, Runnable what) {
    queue.add(new Due(time, rank, sequence++, what));
  }

  private void step(int c, ContainerEvent event) {
    lifecycle.step(units.get(c), event, now, new Sink(c));
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

  private String key(int c, ProbeType type) {
    return letter(type) + " " + pod.shape.container(c).name();
  }

  private static String letter(ProbeType type) {
    return type == ProbeType.STARTUP ? "U" : type.text().substring(0, 1);
  }

  private void execute(int c, ProbeType type) {
    Answer answer = new Answer(0, '+', 0);
    for (Answer one : answers.getOrDefault(key(c, type), List.of())) {
      answer = one.from() <= now ? one : answer;
    }
    attempts.merge(key(c, type), 1, Integer::sum);
    ProbeSpec spec = pod.shape.container(c).probe(type);
    long limit = (spec == null ? 1 : spec.timeoutSeconds()) * Times.SECOND;
    char kind = answer.took() >= limit ? '-' : answer.kind();
    Runnable end = () -> done(c, type, kind);
    long took = Math.min(answer.took(), limit);
    if (took == 0) {
      ended.add(end);
    } else {
      at(
          now + took,
          PROBE_END,
          () -> {
            ended.add(end);
            endExecutions();
          });
    }
  }

  private void done(int c, ProbeType type, char kind) {
    Outcome outcome =
        switch (kind) {
          case '+' -> Outcome.SUCCESS;
          case '-' -> Outcome.FAILURE;
          case '!' -> Outcome.ERROR;
          case '*' -> Outcome.PANIC;
          default -> throw new IllegalArgumentException("unknown answer: " + kind);
        };
    String key = key(c, type);
    int made = attempts.getOrDefault(key, 1);
    int mark = facts.size();
    int before = attempts.getOrDefault(key, 0);
    step(c, new ContainerEvent.ProbeDone(type, outcome, ""));
    boolean again = outcome == Outcome.ERROR && attempts.getOrDefault(key, 0) > before;
    if (!again) {
      facts.add(mark, key + kind + (made > 1 ? "x" + made : "") + "@" + Seconds.text(now));
      attempts.merge(key, -made, Integer::sum);
    }
  }

  private PodSink told() {
    return (PodSink)
        Proxy.newProxyInstance(
            PodSink.class.getClassLoader(),
            new Class<?>[] {PodSink.class},
            (_, method, args) -> {
              if (method.getName().equals("observe")) {
                step(
                    (int) args[0],
                    new ContainerEvent.Observed((int) args[1], (long) args[2], (byte) args[3]));
              }
              return null;
            });
  }

  private final class Sink extends QuietContainerSink {
    private final int c;

    Sink(int c) {
      this.c = c;
    }

    private String place(ProbeType type) {
      return pod.shape.container(c).name() + "." + letter(type);
    }

    @Override
    public void execProbe(ProbeType type, int recordId) {
      execute(c, type);
    }

    @Override
    public void probeResult(ProbeType type, int recordId, ProbeResult result) {
      String value = result == ProbeResult.NONE ? "-" : capital(result.name());
      facts.add(place(type) + "=" + value + "@" + Seconds.text(now));
    }

    @Override
    public void workerEnded(ProbeType type) {
      facts.add(place(type) + ".end@" + Seconds.text(now));
    }

    @Override
    public void armDeadline(int id, int generation, long time) {
      at(time, DEADLINE, () -> step(c, new ContainerEvent.DeadlineReached(id, generation)));
    }
  }

  private static String capital(String name) {
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }
}

package dev.slipway.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.ContainerEvent.Hook;
import dev.slipway.engine.event.ContainerSink;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.lifecycle.ContainerLifecycle;
import dev.slipway.engine.lifecycle.PodLifecycle;
import dev.slipway.engine.probe.ProbeRules;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.ContainerTransition;
import dev.slipway.engine.state.ContainerUnit;
import dev.slipway.engine.state.ContainerUnit.Operation;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.PodTransition;
import dev.slipway.engine.state.RecordState;
import dev.slipway.engine.state.RecordTransition;
import dev.slipway.engine.state.Sandbox;
import dev.slipway.engine.state.TerminationRequest;
import dev.slipway.engine.state.Transition;
import dev.slipway.tests.simulation.Lives;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every declared transition is taken, and no pair of state and event that is not declared moves.
 */
final class TransitionsTest {
  private static final int LIVES = 3000;

  private static final Map<String, ContainerEvent> CONTAINER_EVENTS = containerEvents();

  private final List<Transition> moves = new ArrayList<>();

  @Test
  void everyTransitionIsTaken() {
    Set<Transition> taken = new HashSet<>();
    for (long seed = 1; seed <= LIVES; seed++) {
      Lives.watch(seed, taken::add);
    }
    purgeOfAContainerThatNeverStarted();
    taken.addAll(moves);
    List<String> missing = new ArrayList<>();
    Machines.ALL.forEach((title, transitions) ->
        transitions.stream()
            .filter(t -> !taken.contains(t))
            .forEach(t -> missing.add(title + ": " + t + ": " + t.from() + " --> " + t.to())));
    assertThat(missing).as("transitions no test takes").isEmpty();
  }

  /** The modelled runtime always ends a start; one that does not leaves a record CREATED. */
  private void purgeOfAContainerThatNeverStarted() {
    PodState pod = pod("[i1 | a1]");
    record(pod, 0, RecordState.CREATED, new Sandbox(0, false, "", false));
    step(pod, PodEvent.ADDED);
    step(pod, PodEvent.WOKEN);
    assertThat(moves).contains(RecordTransition.CREATED_REMOVED);
  }

  // Containers.

  private static Map<String, ContainerEvent> containerEvents() {
    Map<String, ContainerEvent> events = new LinkedHashMap<>();
    events.put("Start", new ContainerEvent.Start(1, 0, 30));
    events.put("Stop", new ContainerEvent.Stop(1, 30, true, true));
    events.put("Turn", ContainerEvent.TURN);
    events.put("Created", ContainerEvent.CREATED);
    events.put("CreateFailed", new ContainerEvent.CreateFailed("CreateContainerError", ""));
    events.put("Started", ContainerEvent.STARTED);
    events.put("StartFailed", new ContainerEvent.StartFailed(128, "StartError", ""));
    events.put("Exited", new ContainerEvent.Exited(1, 0, "Completed", ""));
    events.put("StopReturned", ContainerEvent.STOP_RETURNED);
    events.put("StopFailed", new ContainerEvent.StopFailed(""));
    events.put("Unknown", new ContainerEvent.Unknown(1));
    events.put("Gone", new ContainerEvent.Gone(1));
    events.put("HookDone", new ContainerEvent.HookDone(Hook.PRE_STOP, true, ""));
    events.put("HookDone postStart", new ContainerEvent.HookDone(Hook.POST_START, true, ""));
    events.put(
        "limit of the hook", new ContainerEvent.DeadlineReached(ContainerSink.PRE_STOP_LIMIT, 0));
    events.put(
        "limit of the wait", new ContainerEvent.DeadlineReached(ContainerSink.TURN_LIMIT, 0));
    return events;
  }

  @Test
  void operationsChangeAsDeclaredOnly() {
    for (Operation operation : Operation.values()) {
      CONTAINER_EVENTS.forEach((name, event) -> operationAndEvent(operation, name, event));
    }
  }

  private void operationAndEvent(Operation operation, String name, ContainerEvent event) {
    ContainerUnit unit = new ContainerUnit(shape("[ | a1]").container(0));
    unit.operation(operation);
    unit.recordId = 1;
    unit.order().graceSeconds = 30;
    moves.clear();
    boolean refused = false;
    try {
      new ContainerLifecycle(new ProbeRules(ProbeRules.Jitter.NONE))
          .step(unit, event, 0, containerSink());
    } catch (IllegalStateException e) {
      refused = true;
    }
    boolean declared =
        List.of(ContainerTransition.values()).stream()
            .anyMatch(t -> t.before() == operation && t.cause().split(",")[0].equals(word(name)));
    boolean order = name.equals("Start") || name.equals("Stop");
    String pair = operation + " " + name;
    if (!declared) {
      assertThat(moves).as(pair).isEmpty();
      assertThat(unit.operation()).as(pair).isEqualTo(operation);
      assertThat(refused).as("%s is an error", pair).isEqualTo(order);
    } else if (name.startsWith("HookDone")) {
      boolean own = name.endsWith("postStart") == (operation == Operation.POST_START);
      assertThat(moves.isEmpty()).as(pair).isNotEqualTo(own);
    } else {
      assertThat(moves).as(pair).isNotEmpty();
    }
  }

  private static String word(String name) {
    return name.startsWith("HookDone") ? "HookDone" : name;
  }

  // Pods.

  @Test
  void aFinishedPodIsNeverMoved() {
    for (PodEvent event : podEvents()) {
      PodState pod = pod("[i1 | a1]");
      pod.worker = PodState.Worker.FINISHED;
      moves.clear();
      step(pod, event);
      assertThat(moves).as(event.toString()).isEmpty();
      assertThat(pod.worker).isEqualTo(PodState.Worker.FINISHED);
    }
  }

  @Test
  void aTerminatingPodNeverGoesBack() {
    for (PodEvent event : podEvents()) {
      PodState pod = pod("[i1 | a1]");
      pod.worker = PodState.Worker.TERMINATING;
      moves.clear();
      if (event instanceof PodEvent.Rejected) {
        assertThatThrownBy(() -> step(pod, event)).hasMessageContaining("REJECTED");
        continue;
      }
      step(pod, event);
      assertThat(pod.worker).as(event.toString()).isNotEqualTo(PodState.Worker.SYNCING);
      assertThat(moves)
          .allMatch(t -> !(t instanceof PodTransition p) || p.before() != PodState.Worker.SYNCING);
    }
  }

  private static List<PodEvent> podEvents() {
    return List.of(
        PodEvent.ADDED,
        PodEvent.WOKEN,
        PodEvent.REMOVED,
        PodEvent.ORPHANED,
        new PodEvent.Rejected("OutOfcpu", ""),
        new PodEvent.DeleteRequested(meta().withDeletion(0, 30, 2)),
        new PodEvent.TerminateRequested(1, new TerminationRequest("Evicted", "", "", false, false)),
        new PodEvent.SandboxLost(0),
        new PodEvent.ContainerStarted(0, 1, 0),
        new PodEvent.ContainerExited(0, 1, 0, "Completed", "", 0),
        new PodEvent.ContainerGone(0, 1),
        new PodEvent.ContainerUnknown(0, 1),
        new PodEvent.DeadlineReached(PodSink.ACTIVE_DEADLINE, 0),
        new PodEvent.DeadlineReached(PodSink.KILL_LIMIT, 7));
  }

  // Records.

  @Test
  void recordsChangeAsDeclaredOnly() {
    for (RecordState state : RecordState.values()) {
      recordAndEvent(state, "ContainerStarted", new PodEvent.ContainerStarted(0, 1, 5));
      recordAndEvent(
          state, "ContainerExited", new PodEvent.ContainerExited(0, 1, 0, "Completed", "", 5));
      recordAndEvent(state, "ContainerUnknown", new PodEvent.ContainerUnknown(0, 1));
      recordAndEvent(state, "ContainerGone", new PodEvent.ContainerGone(0, 1));
    }
  }

  private void recordAndEvent(RecordState state, String name, PodEvent event) {
    PodState pod = pod("[ | a1]");
    ContainerRecord record = record(pod, 0, state, new Sandbox(0, true, "10.0.0.1", false));
    moves.clear();
    step(pod, event);
    List<RecordTransition> declared =
        List.of(RecordTransition.values()).stream()
            .filter(t -> t.before() == state && t.cause().equals(name))
            .toList();
    assertThat(moves).as("%s %s", state, name).isEqualTo(declared);
    RecordState after = declared.isEmpty() ? state : declared.getFirst().after();
    if (after == null) {
      assertThat(pod.slots[0].newest).isNull();
    } else {
      assertThat(record.state()).as("%s %s", state, name).isEqualTo(after);
    }
  }

  // What the tests are made of.

  private static ObjectMeta meta() {
    return ObjectMeta.of("ns", "pod", "uid");
  }

  /** Every container but init containers has both hooks. */
  private static PodShape shape(String pod) {
    PodText text = new PodText(pod);
    text.named("a*")
        .forEach(c -> {
          c.set("pre", "5");
          c.set("post", "5");
        });
    return PodShape.of(text.spec());
  }

  private static PodState pod(String text) {
    return new PodState(meta(), shape(text), false);
  }

  private static ContainerRecord record(PodState pod, int c, RecordState state, Sandbox sandbox) {
    pod.sandbox = sandbox;
    ContainerRecord record = new ContainerRecord(1, sandbox, pod.shape.container(c).image(), 0);
    record.state(state);
    pod.slots[c].newest = record;
    pod.lastRecordId = 1;
    return record;
  }

  private void step(PodState pod, PodEvent event) {
    new PodLifecycle(Profile.K8S_1_37).step(pod, event, 10, podSink());
  }

  private PodSink podSink() {
    return sink(PodSink.class);
  }

  private ContainerSink containerSink() {
    return sink(ContainerSink.class);
  }

  /** Keeps transitions, ignores what is wanted. */
  private <T> T sink(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              if (method.getName().equals("moved")) {
                moves.add((Transition) arguments[arguments.length - 1]);
              }
              return null;
            }));
  }
}

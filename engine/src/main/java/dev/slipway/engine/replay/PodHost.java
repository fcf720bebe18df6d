package dev.slipway.engine.replay;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.ContainerSink;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.lifecycle.ApiDeletion;
import dev.slipway.engine.resources.ResizeAdmission;
import dev.slipway.engine.runtime.Answers;
import dev.slipway.engine.runtime.PodRuntime;
import dev.slipway.engine.runtime.RuntimeWake;
import dev.slipway.engine.state.Amounts;
import dev.slipway.engine.state.ContainerTransition;
import dev.slipway.engine.state.ContainerUnit;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.PodTransition;
import dev.slipway.engine.state.ProbeResult;
import dev.slipway.engine.state.ProbeTransition;
import dev.slipway.engine.state.RecordTransition;
import dev.slipway.engine.state.ResizeActions;
import dev.slipway.engine.why.Cause;
import dev.slipway.engine.why.Subject;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pod in a {@link VirtualDriver}: its state, its containers' units, its runtime, and the way
 * between them.
 */
public final class PodHost {
  /**
   * Events of one pod at one instant. A start takes about ten, the largest pod the API takes has
   * some hundred containers, and back-off keeps a container from starting again and again.
   */
  private static final int EVENTS_PER_INSTANT_MAX = 100_000;

  private final VirtualDriver driver;
  private final PodState state;
  private final PodRuntime runtime;
  private final PodObserver observer;
  private ContainerUnit[] units;
  private ContainerDoor[] doors;
  private final PodSink podDoor = new PodDoor();
  private final Answers answers = new RuntimeAnswers();
  private boolean removed;
  private long countedAt = Times.NONE;
  private int eventsAtInstant;

  /** At first: a node of its own that has room for everything. */
  private ResizeAdmission.Answer resizeAnswer = new ResizeAdmission.Answer.InProgress();

  PodHost(VirtualDriver driver, PodState state, PodRuntime runtime, PodObserver observer) {
    this.driver = driver;
    this.state = state;
    this.runtime = runtime;
    this.observer = observer;
    this.units = new ContainerUnit[0];
    this.doors = new ContainerDoor[0];
    grow();
  }

  private void grow() {
    PodShape shape = state.apiShape;
    int had = units.length;
    units = Arrays.copyOf(units, shape.count);
    doors = Arrays.copyOf(doors, shape.count);
    for (int c = had; c < shape.count; c++) {
      units[c] = new ContainerUnit(shape.container(c), c);
      doors[c] = new ContainerDoor(c);
    }
    for (int c = 0; c < shape.count; c++) {
      units[c].spec = shape.container(c);
    }
  }

  public PodState state() {
    return state;
  }

  /** Where a runtime's answers to this pod go; for faults that come from outside. */
  public Answers answers() {
    return answers;
  }

  /** The pod object is gone from the API. */
  public boolean removed() {
    return removed;
  }

  // What users and controllers do to the pod object.

  /** Deletes the object in the API (rules L-414, L-415); a null grace means the pod's own. */
  public void delete(@Nullable Long graceSeconds, long now) {
    if (removed) {
      return;
    }
    boolean terminal = state.apiPhase != null && state.apiPhase.terminal();
    ApiDeletion.Result result = ApiDeletion.delete(state, terminal, graceSeconds, now, podDoor);
    if (result.meta() != null) {
      toPod(new PodEvent.DeleteRequested(result.meta()));
    }
    if (result.removedAtOnce()) {
      removed = true;
      observer.removed(this, now);
      toPod(PodEvent.REMOVED);
    }
  }

  /** Changes the pod object's spec. */
  public void change(ObjectMeta meta, PodShape shape) {
    toPod(new PodEvent.Changed(meta, shape));
  }

  /** What the node answers from now on, and to a resize that waits (rule L-620). */
  public void answerResizes(ResizeAdmission.Answer answer) {
    resizeAnswer = answer;
    if (state.wanted != null) {
      toPod(new PodEvent.ResizeAnswered(answer));
    }
  }

  /** Sends an event to the pod, after everything already under way at this instant. */
  public void toPod(PodEvent event) {
    driver.send(this, -1, event);
  }

  void toContainer(int c, ContainerEvent event) {
    driver.send(this, c, event);
  }

  void podStep(PodEvent event, long now) {
    countAt(now);
    if (event instanceof PodEvent.Changed) {
      driver.lifecycle().step(state, event, now, podDoor);
      grow();
    } else {
      driver.lifecycle().step(state, event, now, podDoor);
    }
  }

  private void countAt(long now) {
    if (now != countedAt) {
      countedAt = now;
      eventsAtInstant = 0;
    }
    if (++eventsAtInstant > EVENTS_PER_INSTANT_MAX) {
      throw new EndlessInstantException(
          "what the pod does takes no time and does not end: pod="
              + state.meta.key()
              + " at="
              + now / Times.MILLI
              + "ms events="
              + EVENTS_PER_INSTANT_MAX
              + "; let containers that restart others run for a while");
    }
  }

  void containerStep(int c, ContainerEvent event, long now) {
    driver.containers().step(units[c], event, now, doors[c]);
  }

  void woken(RuntimeWake wake, long now) {
    runtime.woken(wake, now, answers);
  }

  private final class RuntimeAnswers implements Answers {
    @Override
    public void pod(PodEvent event) {
      toPod(event);
    }

    @Override
    public void container(int container, ContainerEvent event) {
      toContainer(container, event);
    }

    @Override
    public void wake(RuntimeWake wake, long at) {
      driver.wakeAt(at, PodHost.this, wake);
    }
  }

  private final class PodDoor implements PodSink {
    @Override
    public void because(Subject subject, int container, Cause cause, int about, long number) {
      observer.because(PodHost.this, subject, container, cause, about, number, driver.now());
    }

    @Override
    public void wakeSoon() {
      driver.wakeSoon(PodHost.this);
    }

    @Override
    public void createSandbox(int attempt) {
      runtime.createSandbox(attempt, driver.now(), answers);
    }

    @Override
    public void stopSandbox(int attempt) {
      runtime.stopSandbox(attempt, driver.now(), answers);
    }

    @Override
    public void inspectImage(int container, String image) {
      runtime.inspectImage(container, image, driver.now(), answers);
    }

    @Override
    public void pullImage(int container, String image) {
      runtime.pullImage(container, image, driver.now(), answers);
    }

    @Override
    public void startContainer(int container, int recordId, int attempt, long graceSeconds) {
      toContainer(container, new ContainerEvent.Start(recordId, attempt, graceSeconds));
    }

    @Override
    public void stopContainer(
        int container, int recordId, long graceSeconds, boolean hooks, boolean waitsForTurn) {
      toContainer(container, new ContainerEvent.Stop(recordId, graceSeconds, hooks, waitsForTurn));
    }

    @Override
    public void turn(int container) {
      toContainer(container, ContainerEvent.TURN);
    }

    @Override
    public void shortenStop(int container, long until) {
      toContainer(container, new ContainerEvent.ShortenStop(until));
    }

    @Override
    public void removeRecord(int container, int recordId) {
      runtime.removeRecord(container, recordId, driver.now());
    }

    @Override
    public void requestResize() {
      toPod(new PodEvent.ResizeAnswered(resizeAnswer));
    }

    @Override
    public void measureMemory() {
      runtime.measureMemory(driver.now(), answers);
    }

    @Override
    public void updateResources(
        int container, int recordId, ResizeActions.Kind kind, Amounts amounts) {
      runtime.updateResources(container, recordId, kind, amounts, driver.now(), answers);
    }

    @Override
    public void ensureProbes(int container, boolean deleting) {
      toContainer(container, new ContainerEvent.EnsureProbes(deleting));
    }

    @Override
    public void cutProbes(int container) {
      toContainer(container, ContainerEvent.CUT_PROBES);
    }

    @Override
    public void stopLivenessAndStartup(int container) {
      toContainer(container, ContainerEvent.STOP_LIVENESS_AND_STARTUP);
    }

    @Override
    public void removeProbes(int container) {
      toContainer(container, ContainerEvent.REMOVE_PROBES);
    }

    @Override
    public void triggerReadiness(int container) {
      toContainer(container, ContainerEvent.TRIGGER_READINESS);
    }

    @Override
    public void observe(int container, int recordId, long startedAt, byte observation) {
      toContainer(container, new ContainerEvent.Observed(recordId, startedAt, observation));
    }

    @Override
    public void publishStatus() {
      observer.status(PodHost.this, driver.now());
    }

    @Override
    public void removeApiObject() {
      if (!removed) {
        removed = true;
        observer.removed(PodHost.this, driver.now());
      }
    }

    @Override
    public void moved(PodTransition transition) {
      observer.moved(PodHost.this, -1, transition, driver.now());
    }

    @Override
    public void moved(int container, RecordTransition transition) {
      observer.moved(PodHost.this, container, transition, driver.now());
    }

    @Override
    public void recordEvent(String type, String reason, int container, String message) {
      observer.event(PodHost.this, type, reason, container, message, driver.now());
    }

    @Override
    public void armDeadline(int id, int generation, long at) {
      driver.deadlineAt(at, PodHost.this, new PodEvent.DeadlineReached(id, generation));
    }

    @Override
    public void cancelDeadline(int id) {
      // A deadline that is out of date is recognised by its generation.
    }
  }

  private final class ContainerDoor implements ContainerSink {
    private final int c;

    ContainerDoor(int c) {
      this.c = c;
    }

    @Override
    public void because(Subject subject, int container, Cause cause, int about, long number) {
      observer.because(PodHost.this, subject, c, cause, c, number, driver.now());
    }

    @Override
    public void createContainer(int attempt) {
      runtime.createContainer(c, units[c].recordId, attempt, driver.now(), answers);
    }

    @Override
    public void startProcess() {
      runtime.startProcess(c, driver.now(), answers);
    }

    @Override
    public void runHook(ContainerEvent.Hook hook) {
      runtime.runHook(c, hook, driver.now(), answers);
    }

    @Override
    public void stopProcess(long graceSeconds) {
      runtime.stopProcess(c, graceSeconds, driver.now(), answers);
    }

    @Override
    public void execProbe(ProbeType type, int recordId) {
      runtime.execProbe(c, recordId, type, driver.now(), answers);
    }

    @Override
    public void created(int recordId) {
      toPod(new PodEvent.ContainerCreated(c, recordId));
    }

    @Override
    public void started(int recordId, long at) {
      toPod(new PodEvent.ContainerStarted(c, recordId, at));
    }

    @Override
    public void startDone(int recordId, String reason, String message) {
      toPod(new PodEvent.StartDone(c, recordId, reason, message));
    }

    @Override
    public void exited(int recordId, int exitCode, String reason, String message, long at) {
      toPod(new PodEvent.ContainerExited(c, recordId, exitCode, reason, message, at));
    }

    @Override
    public void stopDone(int recordId) {
      toPod(new PodEvent.StopDone(c, recordId));
    }

    @Override
    public void stopFailed(int recordId, String message) {
      toPod(new PodEvent.StopFailed(c, recordId, message));
    }

    @Override
    public void unknown(int recordId) {
      toPod(new PodEvent.ContainerUnknown(c, recordId));
    }

    @Override
    public void gone(int recordId) {
      toPod(new PodEvent.ContainerGone(c, recordId));
    }

    @Override
    public void probeResult(ProbeType type, int recordId, ProbeResult result) {
      toPod(new PodEvent.ProbeResultChanged(c, type, recordId, result));
    }

    @Override
    public void workerEnded(ProbeType type) {
      toPod(new PodEvent.WorkerEnded(c, type));
    }

    @Override
    public void moved(ContainerTransition transition) {
      observer.moved(PodHost.this, c, transition, driver.now());
    }

    @Override
    public void moved(ProbeType type, ProbeTransition transition) {
      observer.moved(PodHost.this, c, transition, driver.now());
    }

    @Override
    public void recordEvent(String type, String reason, String message) {
      observer.event(PodHost.this, type, reason, c, message, driver.now());
    }

    @Override
    public void armDeadline(int id, int generation, long at) {
      driver.containerDeadlineAt(
          at, PodHost.this, c, new ContainerEvent.DeadlineReached(id, generation));
    }

    @Override
    public void cancelDeadline(int id) {
      // A deadline that is out of date is recognised by its generation.
    }
  }

  /** The containers' units, by ordinal. */
  public List<ContainerUnit> units() {
    return List.of(units);
  }
}

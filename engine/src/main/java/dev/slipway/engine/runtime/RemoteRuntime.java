package dev.slipway.engine.runtime;

import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.ContainerEvent.Outcome;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.runtime.RuntimeOrder.CreateContainer;
import dev.slipway.engine.runtime.RuntimeOrder.CreateSandbox;
import dev.slipway.engine.runtime.RuntimeOrder.ExecProbe;
import dev.slipway.engine.runtime.RuntimeOrder.InspectImage;
import dev.slipway.engine.runtime.RuntimeOrder.MeasureMemory;
import dev.slipway.engine.runtime.RuntimeOrder.PullImage;
import dev.slipway.engine.runtime.RuntimeOrder.RemoveRecord;
import dev.slipway.engine.runtime.RuntimeOrder.RunHook;
import dev.slipway.engine.runtime.RuntimeOrder.StartProcess;
import dev.slipway.engine.runtime.RuntimeOrder.StopProcess;
import dev.slipway.engine.runtime.RuntimeOrder.StopSandbox;
import dev.slipway.engine.runtime.RuntimeOrder.UpdateResources;
import dev.slipway.engine.state.Amounts;
import dev.slipway.engine.state.ResizeActions;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;

/**
 * A pod's runtime on a node elsewhere: orders go out as values, its reports come in as events of
 * the pod. An order there is no room for fails at once, as a call that does not reach its runtime
 * does, and the rules try again; only what has no answer is kept and sent later.
 */
public final class RemoteRuntime implements PodRuntime {
  private static final String NO_ROOM = "the node takes no more orders";

  private static final RuntimeWake OWED = new RuntimeWake(-1, 0, 0);

  /** Room is looked for again after so long. */
  private static final long RETRY_NANOS = Times.SECOND;

  private final String uid;
  private final OrderSink sink;
  private final ArrayDeque<RuntimeOrder> owed = new ArrayDeque<>(0);

  /** By container; what is done next is done to that instance. */
  private int[] records;

  public RemoteRuntime(String uid, int containers, OrderSink sink) {
    this.uid = uid;
    this.sink = sink;
    this.records = new int[containers];
  }

  private boolean send(RuntimeOrder order) {
    while (!owed.isEmpty()) {
      if (!sink.offer(owed.getFirst())) {
        return false;
      }
      owed.removeFirst();
    }
    return sink.offer(order);
  }

  @Override
  public void createSandbox(int attempt, long now, Answers out) {
    if (!send(new CreateSandbox(uid, attempt))) {
      out.pod(new PodEvent.SandboxFailed(attempt, NO_ROOM));
    }
  }

  /** This order cannot fail: it is owed, and a wake-up looks for room again. */
  @Override
  public void stopSandbox(int attempt, long now, Answers out) {
    RuntimeOrder order = new StopSandbox(uid, attempt);
    if (!send(order)) {
      owed.addLast(order);
      out.wake(OWED, now + RETRY_NANOS);
    }
  }

  @Override
  public void inspectImage(int container, String image, long now, Answers out) {
    if (!send(new InspectImage(uid, container, image))) {
      out.pod(new PodEvent.ImageInspected(container, false));
    }
  }

  @Override
  public void pullImage(int container, String image, long now, Answers out) {
    if (!send(new PullImage(uid, container, image))) {
      out.pod(new PodEvent.ImagePullFailed(container, "ErrImagePull", NO_ROOM));
    }
  }

  @Override
  public void createContainer(int container, int recordId, int attempt, long now, Answers out) {
    if (container >= records.length) {
      records = Arrays.copyOf(records, container + 1);
    }
    records[container] = recordId;
    if (!send(new CreateContainer(uid, container, recordId, attempt))) {
      out.container(container, new ContainerEvent.CreateFailed("CreateContainerError", NO_ROOM));
    }
  }

  @Override
  public void startProcess(int container, long now, Answers out) {
    if (!send(new StartProcess(uid, container, records[container]))) {
      out.container(container, new ContainerEvent.StartFailed(128, "StartError", NO_ROOM));
    }
  }

  @Override
  public void runHook(int container, ContainerEvent.Hook hook, long now, Answers out) {
    if (!send(new RunHook(uid, container, records[container], hook))) {
      out.container(container, new ContainerEvent.HookDone(hook, false, NO_ROOM));
    }
  }

  @Override
  public void stopProcess(int container, long graceSeconds, long now, Answers out) {
    if (!send(new StopProcess(uid, container, records[container], graceSeconds))) {
      out.container(container, new ContainerEvent.StopFailed(NO_ROOM));
    }
  }

  @Override
  public void execProbe(int container, int recordId, ProbeType type, long now, Answers out) {
    if (!send(new ExecProbe(uid, container, recordId, type))) {
      out.container(container, new ContainerEvent.ProbeDone(type, Outcome.ERROR, NO_ROOM));
    }
  }

  @Override
  public void removeRecord(int container, int recordId, long now) {
    RuntimeOrder order = new RemoveRecord(uid, container, recordId);
    if (!send(order)) {
      owed.addLast(order);
    }
  }

  @Override
  public void measureMemory(long now, Answers out) {
    if (!send(new MeasureMemory(uid))) {
      out.pod(new PodEvent.MemoryMeasured(Collections.nCopies(records.length, -1L), -1));
    }
  }

  @Override
  public void updateResources(
      int container,
      int recordId,
      ResizeActions.Kind kind,
      Amounts amounts,
      long now,
      Answers out) {
    if (!send(new UpdateResources(uid, container, recordId, kind, amounts))) {
      out.pod(new PodEvent.ResourcesUpdated(container, NO_ROOM));
    }
  }

  /** Sends what is owed, as far as there is room. */
  @Override
  public void woken(RuntimeWake wake, long now, Answers out) {
    while (!owed.isEmpty() && sink.offer(owed.getFirst())) {
      owed.removeFirst();
    }
    if (!owed.isEmpty()) {
      out.wake(OWED, now + RETRY_NANOS);
    }
  }
}

package dev.slipway.actors;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.runtime.Answers;
import dev.slipway.engine.runtime.OrderSink;
import dev.slipway.engine.runtime.PodRuntime;
import dev.slipway.engine.runtime.RuntimeOrder;
import dev.slipway.engine.runtime.RuntimeWake;
import dev.slipway.engine.state.PodShape;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A node elsewhere, in memory: takes orders from a bounded queue on a thread of its own, lets a
 * modelled runtime carry them out and reports what comes of it through the engine's door.
 */
final class MemoryNode implements OrderSink, AutoCloseable {
  private final ArrayBlockingQueue<RuntimeOrder> orders;
  private final Function<String, PodShape> specs;
  private final LongSupplier clock;
  private final Map<String, PodRuntime> runtimes = new HashMap<>();
  private final PriorityQueue<Due> dues = new PriorityQueue<>();
  private final Thread thread = Thread.ofPlatform().name("node").unstarted(this::run);
  final AtomicLong taken = new AtomicLong();
  final AtomicLong refused = new AtomicLong();
  private volatile boolean closed;
  private @Nullable EngineSystem engine;

  private record Due(long at, long sequence, String uid, RuntimeWake wake)
      implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(sequence, other.sequence);
    }
  }

  /** A node that knows pods' specs by their uid, as from the API. */
  MemoryNode(int capacity, Function<String, PodShape> specs, LongSupplier clock) {
    this.orders = new ArrayBlockingQueue<>(capacity);
    this.specs = specs;
    this.clock = clock;
  }

  /** Begins to carry out orders; reports go to that engine. */
  void connect(EngineSystem system) {
    engine = system;
    thread.start();
  }

  @Override
  public boolean offer(RuntimeOrder order) {
    boolean room = orders.offer(order);
    (room ? taken : refused).incrementAndGet();
    return room;
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }

  private void run() {
    try {
      while (!closed) {
        RuntimeOrder order = orders.poll(1, TimeUnit.MILLISECONDS);
        if (order != null) {
          carryOut(order);
        }
        while (!dues.isEmpty() && dues.peek().at <= clock.getAsLong()) {
          Due due = dues.remove();
          runtime(due.uid).woken(due.wake, clock.getAsLong(), new Reports(due.uid));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private PodRuntime runtime(String uid) {
    return runtimes.computeIfAbsent(
        uid, _ -> Samples.AT_ONCE.create(ObjectMeta.of("ns", uid, uid), specs.apply(uid)));
  }

  private void carryOut(RuntimeOrder order) {
    PodRuntime to = runtime(order.uid());
    Reports out = new Reports(order.uid());
    long now = clock.getAsLong();
    switch (order) {
      case RuntimeOrder.CreateSandbox o -> to.createSandbox(o.attempt(), now, out);
      case RuntimeOrder.StopSandbox o -> to.stopSandbox(o.attempt(), now, out);
      case RuntimeOrder.InspectImage o -> to.inspectImage(o.container(), o.image(), now, out);
      case RuntimeOrder.PullImage o -> to.pullImage(o.container(), o.image(), now, out);
      case RuntimeOrder.CreateContainer o ->
          to.createContainer(o.container(), o.recordId(), o.attempt(), now, out);
      case RuntimeOrder.StartProcess o -> to.startProcess(o.container(), now, out);
      case RuntimeOrder.RunHook o -> to.runHook(o.container(), o.hook(), now, out);
      case RuntimeOrder.StopProcess o -> to.stopProcess(o.container(), o.graceSeconds(), now, out);
      case RuntimeOrder.ExecProbe o ->
          to.execProbe(o.container(), o.recordId(), o.type(), now, out);
      case RuntimeOrder.RemoveRecord o -> to.removeRecord(o.container(), o.recordId(), now);
      case RuntimeOrder.MeasureMemory _ -> to.measureMemory(now, out);
      case RuntimeOrder.UpdateResources o ->
          to.updateResources(o.container(), o.recordId(), o.kind(), o.amounts(), now, out);
    }
  }

  private final class Reports implements Answers {
    private final String uid;

    Reports(String uid) {
      this.uid = uid;
    }

    private void report(EngineCommand command) {
      EngineSystem system = Objects.requireNonNull(engine);
      while (!system.submit(system.shardOf(uid), command) && !closed) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void pod(PodEvent event) {
      report(new EngineCommand.Send(uid, event));
    }

    @Override
    public void container(int container, ContainerEvent event) {
      report(new EngineCommand.Report(uid, container, event));
    }

    @Override
    public void wake(RuntimeWake wake, long at) {
      dues.add(new Due(at, dues.size(), uid, wake));
    }
  }
}

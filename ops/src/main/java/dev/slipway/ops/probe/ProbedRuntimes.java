package dev.slipway.ops.probe;

import dev.slipway.actors.EngineCommand;
import dev.slipway.actors.EngineSystem;
import dev.slipway.actors.RuntimeFactory;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.probe.ProbeTarget;
import dev.slipway.engine.runtime.Answers;
import dev.slipway.engine.runtime.ForwardingRuntime;
import dev.slipway.engine.runtime.PodRuntime;
import dev.slipway.engine.runtime.ProbeExecutor;
import dev.slipway.engine.runtime.RuntimeWake;
import dev.slipway.engine.state.PodShape;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Runtimes whose probes are executed for real: everything else is left to other runtimes. Outcomes
 * come back to the pod as reports, through the door of the engine.
 */
public final class ProbedRuntimes implements RuntimeFactory {
  private static final long FULL_WAIT_NANOS = 1_000_000L;

  private final RuntimeFactory others;
  private final ProbeExecutor executor;
  private final CompletableFuture<EngineSystem> engine = new CompletableFuture<>();

  public ProbedRuntimes(RuntimeFactory others, ProbeExecutor executor) {
    this.others = others;
    this.executor = executor;
  }

  /** Outcomes go to this engine; to be called once it has started. */
  public void connect(EngineSystem system) {
    engine.complete(system);
  }

  @Override
  public PodRuntime create(ObjectMeta meta, PodShape shape) {
    return new Probed(others.create(meta, shape), meta, shape);
  }

  @Override
  public void changed(PodRuntime runtime, ObjectMeta meta, PodShape shape) {
    if (runtime instanceof Probed probed) {
      probed.shape = shape;
      others.changed(probed.to(), meta, shape);
    }
  }

  /** On the executor's threads: waits while the shard is full. */
  private void report(String uid, int container, ContainerEvent event) {
    EngineSystem system = engine.join();
    EngineCommand report = new EngineCommand.Report(uid, container, event);
    while (!system.submit(system.shardOf(uid), report) && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(FULL_WAIT_NANOS);
    }
  }

  private final class Probed extends ForwardingRuntime {
    private final ObjectMeta meta;
    private PodShape shape;
    private ProbeTarget.Address address = ProbeTarget.Address.NONE;

    Probed(PodRuntime to, ObjectMeta meta, PodShape shape) {
      super(to);
      this.meta = meta;
      this.shape = shape;
    }

    @Override
    public void execProbe(int container, int recordId, ProbeType type, long now, Answers out) {
      ContainerSpec spec = shape.container(container);
      ProbeSpec probe = spec.probe(type);
      if (probe == null) {
        super.execProbe(container, recordId, type, now, out);
        return;
      }
      ProbeTarget target =
          new ProbeTarget(ProbeTarget.name(meta), spec.name(), address, spec.ports());
      executor.begin(
          probe,
          target,
          (outcome, message) ->
              report(meta.uid(), container, new ContainerEvent.ProbeDone(type, outcome, message)));
    }

    @Override
    public void createSandbox(int attempt, long now, Answers out) {
      super.createSandbox(attempt, now, new AddressReader(out));
    }

    @Override
    public void woken(RuntimeWake wake, long now, Answers out) {
      super.woken(wake, now, new AddressReader(out));
    }

    /** Learns the pod's address on its way to the pod. */
    private final class AddressReader implements Answers {
      private final Answers out;

      AddressReader(Answers out) {
        this.out = out;
      }

      @Override
      public void pod(PodEvent event) {
        if (event instanceof PodEvent.SandboxReady ready) {
          address = ProbeTarget.Address.of(ready.ip());
        }
        out.pod(event);
      }

      @Override
      public void container(int container, ContainerEvent event) {
        out.container(container, event);
      }

      @Override
      public void wake(RuntimeWake wake, long at) {
        out.wake(wake, at);
      }
    }
  }
}

package dev.slipway.ops.probe;

import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.event.ContainerEvent.Outcome;
import dev.slipway.engine.probe.Attempt;
import dev.slipway.engine.probe.ProbeAttempts;
import dev.slipway.engine.probe.ProbeTarget;
import dev.slipway.engine.probe.ProbeTransport;
import dev.slipway.engine.runtime.ProbeExecutor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Executes probes over a transport, each attempt on a virtual thread of its own. More than {@link
 * #ATTEMPTS_MAX} at a time are not begun: they end in an error, which counts for nothing (P-071).
 */
public final class NetworkProbes implements ProbeExecutor, AutoCloseable {
  /** Sockets open at a time; a process mostly may have 1024 files open. */
  static final int ATTEMPTS_MAX = 512;

  private final ProbeTransport transport;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore room = new Semaphore(ATTEMPTS_MAX);

  public NetworkProbes(ProbeTransport transport) {
    this.transport = transport;
  }

  @Override
  public void begin(ProbeSpec probe, ProbeTarget target, Done done) {
    if (!room.tryAcquire()) {
      done.done(Outcome.ERROR, "too many probes at a time: max=" + ATTEMPTS_MAX);
      return;
    }
    threads.execute(() -> {
      Outcome outcome = Outcome.PANIC;
      String message = "";
      try {
        Attempt attempt = ProbeAttempts.make(probe, target, transport);
        outcome = attempt.outcome();
        message = attempt.message();
      } finally {
        room.release();
        done.done(outcome, message);
      }
    });
  }

  /** Attempts under way are cut. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}

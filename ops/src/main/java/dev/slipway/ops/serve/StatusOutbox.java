package dev.slipway.ops.serve;

import dev.slipway.actors.PodRow;
import dev.slipway.actors.StatusListener;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.status.PublishedStatus;
import dev.slipway.ingest.kafka.StatusSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries status from the shards to the status topic and to who wants to see it. The shards never
 * wait: what the topic has not taken yet stays here, of each pod only the latest, so there is never
 * more than one object per pod. One thread of its own writes.
 */
public final class StatusOutbox implements StatusListener, AutoCloseable {
  private static final long FULL_WAIT_NANOS = 1_000_000L;

  private final StatusSink sink;
  private final Consumer<Pod> seen;
  private final Consumer<String> gone;
  private final Map<String, Change> waiting = new LinkedHashMap<>();
  private final Thread thread;
  private boolean closing;

  private record Change(Pod pod, boolean deleted) {}

  private StatusOutbox(StatusSink sink, Consumer<Pod> seen, Consumer<String> gone) {
    this.sink = sink;
    this.seen = seen;
    this.gone = gone;
    this.thread = Thread.ofPlatform().name("slipway-status").unstarted(this::run);
  }

  /**
   * Starts its thread; the sink stays the caller's.
   *
   * @param seen gets each pod as it is now, on the shards' threads
   * @param gone gets the uids of pods whose object is gone
   */
  public static StatusOutbox start(StatusSink sink, Consumer<Pod> seen, Consumer<String> gone) {
    StatusOutbox outbox = new StatusOutbox(sink, seen, gone);
    outbox.thread.start();
    return outbox;
  }

  // On the shards' threads.

  @Override
  public void status(PodState pod, long now) {
    put(pod);
  }

  @Override
  public void transition(PodState pod, PodRow before, PodRow after, long now) {
    if (before.meta() != after.meta()) {
      put(pod);
    }
  }

  @Override
  public void removed(ObjectMeta pod, long now) {
    gone.accept(pod.uid());
    forget(pod);
  }

  /** The pod's object is gone; any thread may say so. */
  void forget(ObjectMeta pod) {
    put(new Change(new Pod(pod, PodSpec.EMPTY, PodStatus.EMPTY), true));
  }

  private void put(PodState state) {
    Pod pod = new Pod(state.apiMeta, state.apiShape.spec, PublishedStatus.of(state));
    seen.accept(pod);
    put(new Change(pod, false));
  }

  private synchronized void put(Change change) {
    String uid = change.pod.metadata().uid();
    waiting.remove(uid);
    waiting.put(uid, change);
    notifyAll();
  }

  // On the outbox's thread.

  private void run() {
    List<Change> batch = take();
    while (batch != null) {
      for (Change change : batch) {
        while (!offer(change)) {
          LockSupport.parkNanos(FULL_WAIT_NANOS);
        }
      }
      batch = take();
    }
    sink.flush();
  }

  private boolean offer(Change change) {
    return change.deleted ? sink.offerDeleted(change.pod) : sink.offer(change.pod);
  }

  /** Everything that waits; null: there is nothing and there will be nothing. */
  private synchronized @Nullable List<Change> take() {
    while (waiting.isEmpty()) {
      if (closing) {
        return null;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        return null;
      }
    }
    List<Change> batch = new ArrayList<>(waiting.values());
    waiting.clear();
    return batch;
  }

  /** Writes what waits and waits for its confirmation. */
  @Override
  public void close() throws InterruptedException {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    thread.join();
  }
}

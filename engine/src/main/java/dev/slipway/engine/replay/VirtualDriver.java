package dev.slipway.engine.replay;

import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.lifecycle.ContainerLifecycle;
import dev.slipway.engine.lifecycle.PodLifecycle;
import dev.slipway.engine.probe.ProbeRules;
import dev.slipway.engine.probe.ProbeSettings;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.runtime.PodRuntime;
import dev.slipway.engine.runtime.RuntimeWake;
import dev.slipway.engine.state.PodState;
import java.util.ArrayDeque;

/**
 * Hosts pods in virtual time on one thread. Everything that happens stands in one queue ordered by
 * time, then rank, then sequence; messages between a pod and its containers are delivered first in,
 * first out before the next entry is taken. In one instant probe ticks come last, in the order of
 * rule P-025.
 */
public final class VirtualDriver {
  private static final int RUNTIME_RANK = 1;
  private static final int TICK_RANK = 2;
  private static final int LAST_RANK = 1 << 20;

  private final PodLifecycle lifecycle;
  private final ContainerLifecycle containers;
  private final EventQueue<Entry> queue = new EventQueue<>();
  private final ArrayDeque<Entry> immediate = new ArrayDeque<>();
  private final ArrayDeque<PodHost> waking = new ArrayDeque<>();
  private long now;
  private long delivered;

  /** Something to be delivered: to a pod, one of its containers, its runtime, or to a caller. */
  private sealed interface Entry {
    record ToPod(PodHost host, PodEvent event) implements Entry {}

    record ToContainer(PodHost host, int container, ContainerEvent event) implements Entry {}

    record ToRuntime(PodHost host, RuntimeWake wake) implements Entry {}

    record Call(Runnable action) implements Entry {}
  }

  public VirtualDriver(Profile profile, long start) {
    this(profile, ProbeSettings.of(profile, ProbeRules.Jitter.NONE), start);
  }

  /** A driver whose node agent has those probe workers. */
  public VirtualDriver(Profile profile, ProbeSettings agent, long start) {
    this.lifecycle = new PodLifecycle(profile);
    this.containers = new ContainerLifecycle(new ProbeRules(agent));
    this.now = start;
  }

  /** The virtual time, epoch nanoseconds. */
  public long now() {
    return now;
  }

  /** Events delivered to pods and containers so far. */
  public long delivered() {
    return delivered;
  }

  /** Entries waiting. */
  public int waiting() {
    return queue.size();
  }

  PodLifecycle lifecycle() {
    return lifecycle;
  }

  ContainerLifecycle containers() {
    return containers;
  }

  /** Takes a pod in; it is first looked at at the present instant. */
  public PodHost add(PodState state, PodRuntime runtime, PodObserver observer) {
    return add(state, runtime, observer, PodEvent.ADDED);
  }

  /** Takes a pod in whose first event is not {@link PodEvent#ADDED}. */
  public PodHost add(PodState state, PodRuntime runtime, PodObserver observer, PodEvent first) {
    PodHost host = new PodHost(this, state, runtime, observer);
    host.toPod(first);
    return host;
  }

  /** Runs the action at that time. */
  public void at(long time, Runnable action) {
    queue.add(time, RUNTIME_RANK, new Entry.Call(action));
  }

  void send(PodHost host, int container, Object event) {
    immediate.add(
        event instanceof PodEvent podEvent
            ? new Entry.ToPod(host, podEvent)
            : new Entry.ToContainer(host, container, (ContainerEvent) event));
  }

  void wakeSoon(PodHost host) {
    waking.add(host);
  }

  void wakeAt(long at, PodHost host, RuntimeWake wake) {
    queue.add(at, RUNTIME_RANK, new Entry.ToRuntime(host, wake));
  }

  void deadlineAt(long at, PodHost host, PodEvent.DeadlineReached event) {
    queue.add(at, LAST_RANK, new Entry.ToPod(host, event));
  }

  void containerDeadlineAt(
      long at, PodHost host, int container, ContainerEvent.DeadlineReached event) {
    queue.add(at, rank(host, container, event.id()), new Entry.ToContainer(host, container, event));
  }

  /**
   * Ticks come after everything else of their instant, in the order the workers were made (P-011,
   * P-025).
   */
  private static int rank(PodHost host, int container, int id) {
    if (id > 2) {
      return RUNTIME_RANK;
    }
    int apps = host.state().shape.ephemeralStart - host.state().shape.appStart;
    int place =
        container >= host.state().shape.appStart
            ? container - host.state().shape.appStart
            : apps + container;
    return TICK_RANK + 3 * place + id;
  }

  /** Delivers everything up to and including that time. */
  public void runUntil(long time) {
    while (nextTime() <= time) {
      runNext();
    }
    now = Math.max(now, time);
  }

  /**
   * Delivers what comes next and the messages that follow from it at once; false if nothing is
   * waiting.
   */
  public boolean runNext() {
    messages();
    if (!waking.isEmpty() && instantIsOver()) {
      waking.remove().podStep(PodEvent.WOKEN, now);
    } else if (queue.size() > 0) {
      now = Math.max(now, queue.nextTime());
      deliver(queue.take());
    } else {
      return false;
    }
    messages();
    return true;
  }

  /** Time of what comes next, Long.MAX_VALUE if nothing is waiting. */
  public long nextTime() {
    return immediate.isEmpty() && waking.isEmpty() ? queue.nextTime() : now;
  }

  private void messages() {
    for (Entry entry = immediate.poll(); entry != null; entry = immediate.poll()) {
      deliver(entry);
    }
  }

  /**
   * Nothing of this instant comes before the wake-ups. A deadline armed for a time that is over
   * tells nothing: it may be another pod's, and hides what waits behind it.
   */
  private boolean instantIsOver() {
    return queue.nextTime() > now || (queue.nextTime() == now && queue.nextRank() >= LAST_RANK);
  }

  private void deliver(Entry entry) {
    switch (entry) {
      case Entry.ToPod e -> {
        delivered++;
        e.host().podStep(e.event(), now);
      }
      case Entry.ToContainer e -> {
        delivered++;
        e.host().containerStep(e.container(), e.event(), now);
      }
      case Entry.ToRuntime e -> e.host().woken(e.wake(), now);
      case Entry.Call e -> e.action().run();
    }
  }
}

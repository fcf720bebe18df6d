package dev.slipway.actors;

import dev.slipway.engine.lifecycle.ContainerLifecycle;
import dev.slipway.engine.lifecycle.PodLifecycle;
import dev.slipway.engine.probe.ProbeRules;
import dev.slipway.engine.probe.ProbeSettings;
import dev.slipway.engine.state.PodState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.LongSupplier;
import org.HdrHistogram.SingleWriterRecorder;
import org.agrona.collections.Object2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the actors of one shard share: its pods, deadlines, counters and time. All of them run on
 * one thread, so this is plain data without a lock; nobody else may touch it.
 *
 * <p>Live time: {@link #release} hands out everything that is over up to a time, each to its pod,
 * and the pods work through it side by side. Virtual time: {@link #advance} hands out one deadline,
 * waits until no pod is at work, then hands out the next, so that the whole shard keeps one total
 * order: time, rank, sequence.
 */
final class ShardScope {
  /** Whom a shard's pods call when something concerns the shard itself. */
  interface Owner {
    /** A pod was stopped because the engine or its runtime threw. */
    void failed(PodPost post, RuntimeException error);

    /** Everything up to the time asked for has been delivered, and no pod is at work. */
    void advanced();
  }

  private static final long NO_LIMIT = Long.MIN_VALUE;

  private static final int QUEUE_INITIAL = 8;

  /** A shard's time is no more than this behind when it takes a command. */
  private static final long LAG_MAX = 1_000_000;

  /** Pods at work at one time; more make their own. */
  private static final int QUEUES_MAX = 4096;

  final PodLifecycle podLifecycle;
  final ContainerLifecycle containerLifecycle;
  final RuntimeFactory runtimes;
  final ShardCounts counts = new ShardCounts();
  final StatusListener listener;
  private final Owner owner;
  private final Map<String, PodPost> pods = new Object2ObjectHashMap<>();
  private final DeadlineWheel wheel;
  private final @Nullable LongSupplier liveClock;
  private final boolean live;

  /** Live time: how late deadlines reach the actor they are for. */
  private final SingleWriterRecorder lateness = Lateness.recorder();

  /** Queues of pods that are quiet, for those that begin work. */
  private final ArrayList<ArrayDeque<Letter>> queues = new ArrayList<>();

  final Spawner spawner;

  private long now;
  private long sequence;
  private int busy;

  /** Virtual time: how far to go; {@link #NO_LIMIT}: no advance is under way. */
  private long limit = NO_LIMIT;

  private boolean handingOut;
  private boolean closing;

  ShardScope(EngineSettings settings, int shard, Spawner spawner, Owner owner) {
    this.spawner = spawner;
    this.podLifecycle = new PodLifecycle(settings.profile());
    this.containerLifecycle =
        new ContainerLifecycle(
            new ProbeRules(ProbeSettings.of(settings.profile(), settings.jitters().apply(shard))));
    this.runtimes = settings.runtimes();
    this.listener = new GuardedListener(settings.listeners().apply(shard), counts);
    this.owner = owner;
    this.liveClock = settings.clock() instanceof EngineClock.Live clock ? clock.now() : null;
    this.live = liveClock != null;
    this.now = settings.clock().start();
    this.wheel = new DeadlineWheel(now);
  }

  /** The time the shard has reached. */
  long now() {
    return now;
  }

  Map<String, PodPost> pods() {
    return pods;
  }

  /** The shard's actors stop now, all of them. */
  void close() {
    closing = true;
  }

  boolean closing() {
    return closing;
  }

  // Deadlines.

  /** Lets a letter wait. */
  void arm(PodPost post, Letter letter, long at, int rank) {
    Deadline deadline = new Deadline(post, letter, at, rank, sequence++);
    wait(deadline);
  }

  /** Lets a deadline of the engine wait, which waits nowhere. */
  void arm(Deadline deadline, int generation, long at, int rank) {
    deadline.set(generation, at, rank, sequence++);
    wait(deadline);
  }

  private void wait(Deadline deadline) {
    if (live && deadline.at <= now) {
      // Its fellows up to this time are with the pods already: there its place is found.
      deadline.post.due(deadline);
    } else {
      wheel.add(deadline);
    }
  }

  /**
   * Takes a deadline back. False: something still holds the object, or its pod has it already, so
   * it is not to be used again; the engine knows by its generation that it is out of date.
   */
  boolean release(Deadline deadline) {
    boolean free = deadline.slot >= 0 || deadline.slot == Deadline.NOWHERE;
    wheel.cancel(deadline);
    return free;
  }

  /** How many deadlines wait. */
  int deadlines() {
    return wheel.size();
  }

  /**
   * Sends the pod a letter now, after what is under way. In virtual time its wake-up waits for the
   * next advance.
   */
  void command(PodPost post, Letter letter) {
    post.due(new Deadline(post, letter, now, PodPost.RUNTIME_RANK, sequence++));
  }

  /**
   * Live time: hands out what is over up to a time.
   *
   * @param most no more deadlines than that
   * @return false if some are left that are over
   */
  boolean release(long upTo, int most) {
    for (int count = 0; count < most; count++) {
      Deadline deadline = wheel.poll(upTo);
      if (deadline == null) {
        now = Math.max(now, upTo);
        return true;
      }
      now = Math.max(now, deadline.at);
      deadline.post.due(deadline);
    }
    return false;
  }

  /** Live time: what is commanded under load happens when it is taken, not at the last tick. */
  void catchUp(int most) {
    LongSupplier clock = liveClock;
    if (clock != null) {
      long time = clock.getAsLong();
      if (time - now > LAG_MAX) {
        release(time, most);
      }
    }
  }

  /** Virtual time: begins to deliver everything up to a time. */
  void advance(long upTo) {
    limit = upTo;
    handOut();
  }

  /** A pod begins or ends work. */
  void busy(int change) {
    busy += change;
    if (busy == 0 && limit != NO_LIMIT && !handingOut) {
      handOut();
    }
  }

  /** Some pod has letters under way. */
  boolean atWork() {
    return busy > 0;
  }

  /** One deadline after another as long as no pod is at work. */
  private void handOut() {
    handingOut = true;
    while (busy == 0 && limit != NO_LIMIT) {
      Deadline deadline = wheel.poll(limit);
      if (deadline == null) {
        now = Math.max(now, limit);
        limit = NO_LIMIT;
        owner.advanced();
      } else {
        now = Math.max(now, deadline.at);
        deadline.post.due(deadline);
      }
    }
    handingOut = false;
  }

  /** A deadline of that time has reached the actor it is for. */
  void served(long at) {
    counts.timers++;
    LongSupplier clock = liveClock;
    if (clock != null) {
      lateness.recordValue(Math.clamp(clock.getAsLong() - at, 0, Lateness.MAX));
    }
  }

  SingleWriterRecorder lateness() {
    return lateness;
  }

  /** A queue for a pod that begins work. */
  ArrayDeque<Letter> takeQueue() {
    int last = queues.size() - 1;
    return last < 0 ? new ArrayDeque<>(QUEUE_INITIAL) : queues.remove(last);
  }

  /** A pod that is quiet needs its queue no more. */
  void giveQueue(ArrayDeque<Letter> empty) {
    if (queues.size() < QUEUES_MAX) {
      queues.add(empty);
    }
  }

  // What pods do.

  /** The pod's status in the API is to be written; where the object is gone there is nothing to. */
  void published(PodPost post, PodState state, long at) {
    if (post.removed) {
      return;
    }
    listener.status(state, at);
    show(post, state, at);
  }

  /** What a list of pods shows of the pod may have changed. */
  void show(PodPost post, PodState state, long at) {
    PodRow before = post.row;
    PodRow after = before.after(state);
    if (after != before && !post.removed) {
      post.row = after;
      counts.changed(before, after);
      listener.transition(state, before, after, at);
    }
  }

  /** The pod's object is gone from the API. */
  void removed(PodPost post, long at) {
    counts.deleted(post.row);
    listener.removed(post.row.meta(), at);
  }

  /** The pod has nothing left to do and its object is gone. */
  void gone(PodPost post) {
    pods.remove(post.row.meta().uid(), post);
  }

  void failed(PodPost post, RuntimeException error) {
    owner.failed(post, error);
  }

  /** The pod of that uid, null if the shard has none. */
  @Nullable PodPost pod(String uid) {
    return pods.get(uid);
  }
}

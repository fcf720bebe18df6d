package dev.slipway.actors;

import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.runtime.Answers;
import dev.slipway.engine.runtime.PodRuntime;
import dev.slipway.engine.runtime.RuntimeWake;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The post between the actors of one pod, its runtime and its shard. Touched on the shard's thread
 * only.
 *
 * <p>Order. The engine's driver delivers what a pod and its containers send each other first in,
 * first out, whoever the receiver is. Mailboxes alone do not: two letters to one container are
 * taken together before a letter to another that was sent between them. So letters wait here, in
 * one queue per pod, and one at a time travels: the actor that has taken it calls {@link
 * #delivered}, and that tells the next one to its receiver. Each letter is still one message
 * between actors, none is added, and the order is that of the driver whatever the dispatcher does.
 *
 * <p>Quiescence. Everything a pod causes at an instant begins with a letter, and letters are
 * written only while one of the pod's letters is being taken or its runtime is being called. So
 * when the traveller is back and the queue is empty, nothing is under way: then comes the wake-up
 * the pod asked for ({@link PodSink#wakeSoon}); if there is none, the next deadline or command that
 * came while the pod was at work; and if there is none either, the shard is told that the pod is
 * quiet.
 *
 * <p>Time. All letters of an instant carry the time of what began it.
 */
final class PodPost implements Answers {
  /**
   * Ranks among equal times, as in the engine's driver (rules P-011, P-025): what the runtime
   * reports and what is commanded, the ticks, passes, what asks for passes.
   */
  static final int RUNTIME_RANK = 1;

  private static final int TICK_RANK = 2;
  private static final int LAST_RANK = 1 << 20;
  private static final int WAKE_RANK = LAST_RANK - 1;

  private static final int LAST_TICK_ID = 2;
  private static final int TICKS_PER_CONTAINER = 3;

  /** Stands for the pod itself where containers have their ordinal. */
  private static final int POD = -1;

  final ShardScope shard;
  final String name;

  /** How often the pod was built anew before. */
  final int rebuilds;

  PodRow row;

  /** The object is gone from the API. */
  boolean removed;

  /** The pod worker has nothing left to do. */
  boolean finished;

  /** Null once the post is closed, so that a late deadline holds nothing but this. */
  private @Nullable PodState state;

  private @Nullable PodRuntime runtime;
  private @Nullable ActorRef<PodActor.Command> pod;
  private List<ActorRef<ContainerActor.Command>> containers = List.of();
  private final ArrayDeque<Letter> letters = new ArrayDeque<>(2);

  /** Over already or commanded while the pod was at work, in their total order. */
  private @Nullable ArrayList<Deadline> due;

  /** Of a pod that failed, until it is built anew. */
  private @Nullable PodState scratch;

  private boolean atWork;
  private boolean closed;
  private long now;

  PodPost(ShardScope shard, PodState state, PodRow row, int rebuilds) {
    this.shard = shard;
    this.name = row.meta().key();
    this.row = row;
    this.state = state;
    this.rebuilds = rebuilds;
    this.now = shard.now();
  }

  /** The pod's runtime is there. */
  void runtime(PodRuntime made) {
    runtime = made;
  }

  /** The pod's actor is there. */
  void open(ActorRef<PodActor.Command> podActor) {
    pod = podActor;
  }

  /** The pod's containers, by ordinal. */
  void containers(List<ActorRef<ContainerActor.Command>> actors) {
    containers = actors;
  }

  List<ActorRef<ContainerActor.Command>> containers() {
    return containers;
  }

  long now() {
    return now;
  }

  /** Nothing is delivered any more. */
  boolean closed() {
    return closed;
  }

  PodRuntime runtime() {
    PodRuntime present = runtime;
    if (present == null) {
      throw new IllegalStateException("the pod's post is closed: pod=" + name);
    }
    return present;
  }

  /** Null once the post is closed. */
  @Nullable PodState stateOrNull() {
    return state;
  }

  private PodState state() {
    PodState present = state;
    if (present == null) {
      throw new IllegalStateException("the pod's post is closed: pod=" + name);
    }
    return present;
  }

  /** Sends an inspector to the pod's actor, past the letters. */
  void inspect(Inspector inspector) {
    if (pod == null) {
      inspector.nobody();
    }
    tellPod(new PodActor.Inspect(inspector));
  }

  // Letters.

  /** Adds a letter to what goes on at this instant. */
  void send(Letter letter) {
    letters.add(letter);
  }

  /** After everything of this instant the pod gets its wake-up. */
  void wakeSoon() {
    shard.arm(this, PodActor.WOKEN, now, WAKE_RANK);
  }

  @Override
  public void pod(PodEvent event) {
    letters.add(new PodActor.Take(event));
  }

  @Override
  public void container(int container, ContainerEvent event) {
    letters.add(new ContainerActor.Take(container, event));
  }

  @Override
  public void wake(RuntimeWake wake, long at) {
    shard.arm(this, new Letter.ToRuntime(wake), at, RUNTIME_RANK);
  }

  /** Arms a deadline of the pod. */
  Deadline armPod(int id, int generation, long at) {
    return shard.arm(
        this, new PodActor.Take(new PodEvent.DeadlineReached(id, generation)), at, LAST_RANK);
  }

  /** Arms a deadline of a container. */
  Deadline armContainer(int container, int id, int generation, long at) {
    return shard.arm(
        this,
        new ContainerActor.Take(container, new ContainerEvent.DeadlineReached(id, generation)),
        at,
        rank(container, id));
  }

  /**
   * Ticks come after everything else of their instant, in the order the workers were made (P-011,
   * P-025).
   */
  private int rank(int container, int id) {
    if (id > LAST_TICK_ID) {
      return RUNTIME_RANK;
    }
    PodShape shape = state().shape;
    int apps = shape.ephemeralStart - shape.appStart;
    int place = container >= shape.appStart ? container - shape.appStart : apps + container;
    return TICK_RANK + TICKS_PER_CONTAINER * place + id;
  }

  /** An event was recorded; container -1: about the pod itself. */
  void recorded(int container, String type, String reason, String message) {
    String which = container == POD ? "" : state().apiShape.container(container).name();
    shard.listener.event(row.meta(), which, type, reason, message, now);
  }

  // Delivery.

  /** A deadline is over, or a command came: at once, or after what is under way. */
  void due(Deadline deadline) {
    if (closed) {
      return;
    }
    if (atWork) {
      insert(deadline);
      return;
    }
    atWork = true;
    shard.busy(1);
    begin(deadline);
    next();
  }

  /** A late one may come before others that wait: keeps the total order. */
  private void insert(Deadline deadline) {
    if (due == null) {
      due = new ArrayList<>(2);
    }
    int place = due.size();
    while (place > 0 && deadline.before(due.get(place - 1))) {
      place--;
    }
    due.add(place, deadline);
  }

  /** An actor of the pod has taken its letter. */
  void delivered() {
    shard.counts.messages++;
    if (!closed) {
      next();
    }
  }

  /** Sends the next letter on its way. */
  private void next() {
    while (!closed) {
      Letter letter = letters.poll();
      if (letter != null) {
        tell(letter);
        return;
      }
      if (due == null) {
        quiet();
        return;
      }
      Deadline deadline = due.removeFirst();
      if (due.isEmpty()) {
        due = null;
      }
      begin(deadline);
    }
  }

  private void quiet() {
    atWork = false;
    if (finished && removed) {
      close();
      shard.gone(this);
    }
    shard.busy(-1);
  }

  private void begin(Deadline deadline) {
    now = Math.max(now, deadline.at);
    switch (deadline.letter) {
      case Letter.ToRuntime letter -> callRuntime(letter);
      case Letter.Interfere letter -> interfere(letter);
      case PodActor.Take letter -> letters.add(letter);
      case PodActor.Delete letter -> letters.add(letter);
      case PodActor.Remove letter -> letters.add(letter);
      case ContainerActor.Take letter -> letters.add(letter);
      case ContainerActor.Respecify letter -> letters.add(letter);
    }
  }

  private void callRuntime(Letter.ToRuntime letter) {
    try {
      runtime().woken(letter.wake(), now, this);
    } catch (RuntimeException | Error e) {
      failed(failure(e));
    }
  }

  private void interfere(Letter.Interfere letter) {
    try {
      letter.what().apply(runtime(), now, this);
    } catch (RuntimeException | Error e) {
      failed(failure(e));
    }
  }

  private void tell(Letter letter) {
    switch (letter) {
      case PodActor.Take l -> tellPod(l);
      case PodActor.Delete l -> tellPod(l);
      case PodActor.Remove l -> tellPod(l);
      case ContainerActor.Take l -> containers.get(l.container()).tell(l);
      case ContainerActor.Respecify l -> containers.get(l.container()).tell(l);
      case Letter.ToRuntime _, Letter.Interfere _ ->
          throw new IllegalStateException("not a letter between actors: pod=" + name);
    }
  }

  private void tellPod(PodActor.Command command) {
    ActorRef<PodActor.Command> actor = pod;
    if (actor != null) {
      actor.tell(command);
    }
  }

  // The end.

  /** The engine or the runtime threw: the pod is stopped and the shard builds it anew. */
  void failed(RuntimeException error) {
    if (!closed) {
      scratch = scratchOf(state());
      close();
      shard.failed(this, error);
    }
  }

  /** What is thrown in a pod is the pod's failure; only the machine's own end is everybody's. */
  static RuntimeException failure(Throwable thrown) {
    if (thrown instanceof VirtualMachineError end && !(thrown instanceof StackOverflowError)) {
      throw end;
    }
    return thrown instanceof RuntimeException exception
        ? exception
        : new IllegalStateException("an error in the engine or its runtime", thrown);
  }

  /** An actor of the pod has stopped; if nobody asked for it, that is a failure of the pod. */
  void actorStopped() {
    if (closed || shard.closing()) {
      return;
    }
    if (!atWork) {
      atWork = true;
      shard.busy(1);
    }
    failed(new IllegalStateException("an actor of the pod was killed: pod=" + name));
  }

  /** A new state of the same object; what the API holds stays. */
  private static PodState scratchOf(PodState failed) {
    PodState scratch = new PodState(failed.apiMeta, failed.apiShape, failed.isStatic);
    if (failed.apiPhase != null && failed.apiPhase.terminal()) {
      scratch.apiPhase = failed.apiPhase;
      scratch.apiReason = failed.apiReason;
      scratch.apiMessage = failed.apiMessage;
    }
    scratch.foreign = failed.foreign;
    return scratch;
  }

  /** What a failed pod is to be built anew from; null if that is done or never was needed. */
  @Nullable PodState takeScratch() {
    PodState taken = scratch;
    scratch = null;
    return taken;
  }

  /** Delivers nothing any more and stops the pod's actors. */
  void close() {
    closed = true;
    letters.clear();
    due = null;
    tellPod(PodActor.STOP);
    pod = null;
    containers = List.of();
    runtime = null;
    state = null;
  }
}

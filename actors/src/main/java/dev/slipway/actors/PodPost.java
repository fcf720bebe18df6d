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
import java.util.Arrays;
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
  private static final int LAST_RANK = Deadline.RANK_MAX;
  private static final int WAKE_RANK = LAST_RANK - 1;

  private static final int LAST_TICK_ID = 2;
  private static final int TICKS_PER_CONTAINER = 3;

  /** Stands for the pod itself where containers have their ordinal. */
  static final int POD = -1;

  private static final int NOBODY = -2;

  @SuppressWarnings("rawtypes")
  private static final ActorRef[] NO_CONTAINERS = {};

  /** So many letters an actor takes at a stretch before others have their turn. */
  private static final int STRETCH_MAX = 32;

  final ShardScope shard;

  PodRow row;

  /** The object is gone from the API. */
  boolean removed;

  /** The pod worker has nothing left to do. */
  boolean finished;

  /** How often the pod was built anew before. */
  final byte rebuilds;

  /**
   * Null once the post is closed, so that a late deadline holds nothing but this; of a pod that
   * failed what it is to be built anew from.
   */
  private @Nullable PodState state;

  private @Nullable PodRuntime runtime;
  private @Nullable ActorRef<PodActor.Command> pod;
  private ActorRef<ContainerActor.Command>[] containers = noContainers();

  /** Null while the pod is quiet. */
  private @Nullable ArrayDeque<Letter> letters;

  /**
   * Over already or commanded while the pod was at work: the first, the others behind it in their
   * total order.
   */
  private @Nullable Deadline due;

  private boolean atWork;
  private boolean closed;

  /** Letters taken at a stretch. */
  private byte stretch;

  private long now;

  PodPost(ShardScope shard, PodState state, PodRow row, int rebuilds) {
    this.shard = shard;
    this.row = row;
    this.state = state;
    this.rebuilds = (byte) rebuilds;
    this.now = shard.now();
  }

  String name() {
    return row.meta().key();
  }

  /** The pod's runtime is there. */
  void runtime(PodRuntime made) {
    runtime = made;
  }

  /** The pod's actor is there. */
  void born(ActorRef<PodActor.Command> podActor) {
    pod = podActor;
  }

  /** The pod has so many containers. */
  void room(int count) {
    if (count > containers.length) {
      ActorRef<ContainerActor.Command>[] more = Arrays.copyOf(containers, count);
      containers = more;
    }
  }

  /** A container's actor is there. */
  void born(int container, ActorRef<ContainerActor.Command> actor) {
    if (!closed) {
      containers[container] = actor;
    }
  }

  /** How many containers have actors. */
  int containers() {
    int count = containers.length;
    while (count > 0 && containers[count - 1] == null) {
      count--;
    }
    return count;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static ActorRef<ContainerActor.Command>[] noContainers() {
    return (ActorRef<ContainerActor.Command>[]) NO_CONTAINERS;
  }

  /** Tells all containers something that is no letter. */
  void tellContainers(ContainerActor.Command command) {
    for (int c = 0; c < containers(); c++) {
      containers[c].tell(command);
    }
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
      throw new IllegalStateException("the pod's post is closed: pod=" + name());
    }
    return present;
  }

  /** Null once the post is closed. */
  @Nullable PodState stateOrNull() {
    return closed ? null : state;
  }

  private PodState state() {
    PodState present = state;
    if (present == null || closed) {
      throw new IllegalStateException("the pod's post is closed: pod=" + name());
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
    ArrayDeque<Letter> queue = letters;
    if (queue == null) {
      queue = shard.takeQueue();
      letters = queue;
    }
    queue.add(letter);
  }

  /** After everything of this instant the pod gets its wake-up. */
  void wakeSoon() {
    shard.arm(this, PodActor.WOKEN, now, WAKE_RANK);
  }

  @Override
  public void pod(PodEvent event) {
    send(new PodActor.Take(event));
  }

  @Override
  public void container(int container, ContainerEvent event) {
    send(new ContainerActor.Take(container, event));
  }

  @Override
  public void wake(RuntimeWake wake, long at) {
    shard.arm(this, new Letter.ToRuntime(wake), at, RUNTIME_RANK);
  }

  /**
   * The rank of a deadline of the pod (container -1) or of a container. Ticks come after everything
   * else of their instant, in the order the workers were made (P-011, P-025).
   */
  int rank(int container, int id) {
    if (container == POD) {
      return LAST_RANK;
    }
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
    delivered();
  }

  /** A late one may come before others that wait: keeps the total order. */
  private void insert(Deadline deadline) {
    deadline.slot = Deadline.DUE;
    Deadline first = due;
    if (first == null || deadline.before(first)) {
      deadline.next = first;
      due = deadline;
      return;
    }
    Deadline before = first;
    Deadline after = first.next;
    while (after != null && !deadline.before(after)) {
      before = after;
      after = after.next;
    }
    deadline.next = after;
    before.next = deadline;
  }

  /** An actor of the pod has got a message. */
  void arrived() {
    shard.counts.messages++;
  }

  /** An actor of the pod has taken its letter, and more of them go by mailbox. */
  void delivered() {
    Letter none = nextOf(NOBODY);
    if (none != null) {
      throw new IllegalStateException("a letter for nobody: pod=" + name());
    }
  }

  /**
   * An actor of the pod has taken its letter: sends the next one on its way. One for the same actor
   * is handed to it here, which changes nothing but that it does not go through a mailbox nobody
   * else writes to.
   *
   * @param receiver the actor's container, {@link #POD} for the pod
   */
  @Nullable Letter nextOf(int receiver) {
    while (!closed) {
      ArrayDeque<Letter> queue = letters;
      Letter letter = queue == null ? null : queue.poll();
      if (letter != null) {
        if (receiverOf(letter) == receiver && ++stretch < STRETCH_MAX) {
          return letter;
        }
        stretch = 0;
        tell(letter);
        return null;
      }
      Deadline deadline = due;
      if (deadline == null) {
        quiet();
        return null;
      }
      due = deadline.next;
      deadline.next = null;
      begin(deadline);
    }
    return null;
  }

  private static int receiverOf(Letter letter) {
    return switch (letter) {
      case ContainerActor.Take l -> l.container();
      case ContainerActor.Respecify l -> l.container();
      case PodActor.Take _, PodActor.Delete _, PodActor.Remove _ -> POD;
      case Letter.ToRuntime _, Letter.Interfere _ -> NOBODY;
    };
  }

  private void quiet() {
    atWork = false;
    stretch = 0;
    ArrayDeque<Letter> queue = letters;
    if (queue != null) {
      letters = null;
      shard.giveQueue(queue);
    }
    if (finished && removed) {
      close();
      shard.gone(this);
    }
    shard.busy(-1);
  }

  private void begin(Deadline deadline) {
    now = Math.max(now, deadline.at);
    deadline.slot = Deadline.NOWHERE;
    switch (deadline.letter()) {
      case Letter.ToRuntime letter -> callRuntime(letter);
      case Letter.Interfere letter -> interfere(letter);
      case PodActor.Take letter -> send(letter);
      case PodActor.Delete letter -> send(letter);
      case PodActor.Remove letter -> send(letter);
      case ContainerActor.Take letter -> send(letter);
      case ContainerActor.Respecify letter -> send(letter);
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
      case ContainerActor.Take l -> containers[l.container()].tell(l);
      case ContainerActor.Respecify l -> containers[l.container()].tell(l);
      case Letter.ToRuntime _, Letter.Interfere _ ->
          throw new IllegalStateException("not a letter between actors: pod=" + name());
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
      if (!atWork) {
        atWork = true;
        shard.busy(1);
      }
      PodState scratch = scratchOf(state());
      close();
      state = scratch;
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

  /** One of the pod's actors has stopped; unless the post is closed nobody wanted it to. */
  void stopped(String what, int container) {
    if (!closed && !shard.closing()) {
      failed(
          new IllegalStateException(
              what + " stopped by itself: pod=" + name() + " container=" + container));
    }
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
    if (!closed) {
      return null;
    }
    PodState taken = state;
    state = null;
    return taken;
  }

  /** Delivers nothing any more and stops the pod's actors. */
  void close() {
    closed = true;
    letters = null;
    due = null;
    tellPod(PodActor.STOP);
    pod = null;
    containers = noContainers();
    runtime = null;
    state = null;
  }
}

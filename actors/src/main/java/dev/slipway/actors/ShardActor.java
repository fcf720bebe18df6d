package dev.slipway.actors;

import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.PodState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ExtensibleBehavior;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parent of a slice of pods: spawns them, hands them commands and deadlines, builds failed ones
 * anew. One tick serves the deadlines of all of them.
 */
final class ShardActor extends ExtensibleBehavior<ShardActor.Command> implements ShardScope.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(ShardActor.class);

  /** A pod the engine fails on again and again is given up: a fault of ours that repeats itself. */
  static final int REBUILDS_MAX = 3;

  /** A shard that is late hands out so many deadlines, then takes commands for a while. */
  private static final int SLICE = 4096;

  /** Totals go out at every so many ticks. */
  private static final int TICKS_PER_IMAGE = 10;

  /** What a shard can be told. */
  sealed interface Command {}

  /** A command about one of its pods. */
  record Submit(EngineCommand command) implements Command {}

  /** Live time: look for what is over. */
  record Tick() implements Command {}

  /** Virtual time: deliver everything up to and including a time, then answer. */
  record AdvanceTo(long time, ActorRef<Long> replyTo) implements Command {}

  /** The advance asked for is done. */
  record Advanced() implements Command {}

  /** A pod was stopped by a failure. */
  record Rebuild(PodPost failed) implements Command {}

  /** Answer with a row per pod object. */
  record ListPods(ActorRef<List<PodRow>> replyTo) implements Command {}

  /** Answer with how late deadlines were since the last such question. */
  record TakeLateness(ActorRef<Histogram> replyTo) implements Command {}

  /** Answer with how many pods and deadlines the shard holds. */
  record Count(ActorRef<ShardSize> replyTo) implements Command {}

  /** Go on with a look at pods. */
  record Look(PodLook look) implements Command {}

  /** Send an inspector to one of its pods. */
  record Inspect(String uid, Inspector inspector) implements Command {}

  /** Send the totals on, then answer with the time reached. */
  record Report(ActorRef<Long> replyTo) implements Command {}

  /** Stop, after everything that came before. */
  record Stop() implements Command {}

  private static final Tick TICK = new Tick();
  private static final Advanced ADVANCED = new Advanced();

  private final ActorContext<Command> context;
  private final int number;
  private final EngineClock clock;
  private final CommandRoom room;
  private final ActorRef<TotalsActor.Command> totals;
  private final ShardScope scope;

  /** Virtual time: the advance under way, and what came meanwhile. */
  private @Nullable AdvanceTo advancing;

  private final ArrayDeque<Command> waiting = new ArrayDeque<>();
  private int ticks;
  private boolean stopping;
  private Totals sent = Totals.NONE;

  private ShardActor(
      ActorContext<Command> context,
      EngineSettings settings,
      int number,
      CommandRoom room,
      ActorRef<TotalsActor.Command> totals) {
    this.context = context;
    this.number = number;
    this.clock = settings.clock();
    this.room = room;
    this.totals = totals;
    this.scope = new ShardScope(settings, number, new LeanSpawner(), this);
  }

  static Behavior<Command> create(
      EngineSettings settings, int number, CommandRoom room, ActorRef<TotalsActor.Command> totals) {
    return Behaviors.setup(context -> {
      ShardActor shard = new ShardActor(context, settings, number, room, totals);
      shard.tickLater();
      return shard;
    });
  }

  @Override
  public Behavior<Command> receive(TypedActorContext<Command> ignored, Command command) {
    switch (command) {
      case Tick _ -> {
        if (!stopping) {
          tick();
        }
      }
      case Rebuild rebuild -> {
        rebuild(rebuild.failed());
        scope.busy(-1);
      }
      case Advanced _ -> {
        return advancedNow();
      }
      case TakeLateness question ->
          question.replyTo().tell(scope.lateness().getIntervalHistogram());
      case Submit _, AdvanceTo _, ListPods _, Look _, Inspect _, Count _, Report _, Stop _ -> {
        if (advancing == null) {
          return take(command);
        }
        waiting.add(command);
      }
    }
    return Behaviors.same();
  }

  @Override
  public Behavior<Command> receiveSignal(TypedActorContext<Command> ignored, Signal signal) {
    return Behaviors.unhandled();
  }

  private Behavior<Command> take(Command command) {
    switch (command) {
      case Submit submit -> {
        room.free();
        if (!stopping) {
          scope.catchUp(SLICE);
          submit(submit.command());
        }
      }
      case AdvanceTo advance -> {
        advancing = advance;
        scope.advance(advance.time());
      }
      case ListPods list -> list.replyTo().tell(rows());
      case Count count ->
          count.replyTo().tell(new ShardSize(scope.pods().size(), scope.deadlines()));
      case Look look -> {
        if (look.look().slice(scope)) {
          context.getSelf().tell(look);
        }
      }
      case Inspect inspect -> inspect(inspect);
      case Report report -> {
        sendImage();
        report.replyTo().tell(scope.now());
      }
      case Stop stop -> {
        return stop(stop);
      }
      case Tick _, Advanced _, Rebuild _, TakeLateness _ ->
          throw new IllegalStateException("never waits: " + command);
    }
    return Behaviors.same();
  }

  private void inspect(Inspect inspect) {
    PodPost post = scope.pod(inspect.uid());
    if (post == null || post.removed) {
      inspect.inspector().nobody();
    } else {
      post.inspect(inspect.inspector());
    }
  }

  /** No deadline is handed out any more; the letters under way are still taken. */
  private Behavior<Command> stop(Stop again) {
    stopping = true;
    if (scope.atWork()) {
      context.getSelf().tell(again);
      return Behaviors.same();
    }
    sendImage();
    scope.close();
    return Behaviors.stopped();
  }

  // Time.

  private void tickLater() {
    if (clock instanceof EngineClock.Live live) {
      context.scheduleOnce(live.tick(), context.getSelf(), TICK);
    }
  }

  private void tick() {
    if (!(clock instanceof EngineClock.Live live)) {
      return;
    }
    if (scope.release(live.now().getAsLong(), SLICE)) {
      tickLater();
    } else {
      context.getSelf().tell(TICK);
    }
    if (++ticks % TICKS_PER_IMAGE == 0) {
      sendImage();
    }
  }

  @Override
  public void advanced() {
    context.getSelf().tell(ADVANCED);
  }

  private Behavior<Command> advancedNow() {
    AdvanceTo done = advancing;
    advancing = null;
    sendImage();
    if (done != null) {
      done.replyTo().tell(scope.now());
    }
    Behavior<Command> next = Behaviors.same();
    while (advancing == null && !waiting.isEmpty() && Behavior.isAlive(next)) {
      next = take(waiting.removeFirst());
    }
    return next;
  }

  private void sendImage() {
    Totals image = scope.counts.image();
    if (!image.equals(sent)) {
      sent = image;
      totals.tell(new TotalsActor.ShardImage(number, image));
    }
  }

  private List<PodRow> rows() {
    List<PodRow> rows = new ArrayList<>(scope.pods().size());
    for (PodPost post : scope.pods().values()) {
      if (!post.removed) {
        rows.add(post.row);
      }
    }
    return rows;
  }

  // Pods.

  private void submit(EngineCommand submitted) {
    PodPost post = scope.pod(submitted.uid());
    EngineCommand command =
        submitted instanceof EngineCommand.Put put
            ? post == null ? put.create() : put.change()
            : submitted;
    if (post != null) {
      rebuild(post);
      post = scope.pod(command.uid());
    }
    if (command instanceof EngineCommand.Create create && post == null) {
      create(create);
    } else if (command instanceof EngineCommand.Create || post == null) {
      scope.counts.ignored++;
    } else if (!post.closed()) {
      scope.command(post, letter(command));
    } else if (command instanceof EngineCommand.Delete || command instanceof EngineCommand.Remove) {
      forget(post);
    } else {
      scope.counts.ignored++;
    }
  }

  private static Letter letter(EngineCommand command) {
    return switch (command) {
      case EngineCommand.Delete c -> new PodActor.Delete(c.graceSeconds());
      case EngineCommand.Remove _ -> PodActor.REMOVE;
      case EngineCommand.Change c -> new PodActor.Take(new PodEvent.Changed(c.meta(), c.shape()));
      case EngineCommand.Send c -> new PodActor.Take(c.event());
      case EngineCommand.Report c -> new ContainerActor.Take(c.container(), c.event());
      case EngineCommand.Interfere c -> new Letter.Interfere(c.what());
      case EngineCommand.Put _, EngineCommand.Create _ ->
          throw new IllegalStateException("not for a pod that is there: uid=" + command.uid());
    };
  }

  private void create(EngineCommand.Create create) {
    PodState state = new PodState(create.meta(), create.shape(), create.isStatic());
    PodStatus status = create.status();
    PodPhase phase = status.phase();
    if (phase != null && phase.terminal()) {
      state.apiPhase = phase;
      state.apiReason = status.reason();
      state.apiMessage = status.message();
    }
    state.foreign = status.conditions().stream().filter(c -> !OwnedCondition.ownsAlone(c)).toList();
    PodRow row = PodRow.of(create.meta(), create.shape()).after(state);
    scope.counts.created(row);
    host(state, row, 0);
  }

  private void host(PodState state, PodRow row, int rebuilds) {
    PodPost post = new PodPost(scope, state, row, rebuilds);
    scope.pods().put(row.meta().uid(), post);
    try {
      post.runtime(scope.runtimes.create(state.apiMeta, state.apiShape));
    } catch (RuntimeException | Error e) {
      RuntimeException failure = PodPost.failure(e);
      post.close();
      abandon(post, failure);
      return;
    }
    ActorRef<PodActor.Command> pod = scope.spawner.pod(context, row.meta().uid());
    post.born(pod);
    pod.tell(new PodActor.Born(post, state));
    scope.command(post, PodActor.ADDED);
  }

  // Failures.

  @Override
  public void failed(PodPost post, RuntimeException error) {
    if (post.rebuilds < REBUILDS_MAX) {
      scope.counts.rebuilt++;
      LOG.error("pod failed and is built anew: pod={} shard={}", post.name(), number, error);
    } else {
      post.takeScratch();
      abandon(post, error);
    }
    context.getSelf().tell(new Rebuild(post));
  }

  /** Its object stays in the list as it was last seen. */
  private void abandon(PodPost post, RuntimeException error) {
    scope.counts.abandoned++;
    LOG.error("pod failed and is given up: pod={} shard={}", post.name(), number, error);
  }

  private void rebuild(PodPost failed) {
    PodState scratch = failed.takeScratch();
    if (scratch == null) {
      return;
    }
    if (failed.removed) {
      scope.gone(failed);
    } else {
      host(scratch, failed.row, failed.rebuilds + 1);
    }
  }

  /** Deletes the object of a pod that was given up. */
  private void forget(PodPost post) {
    if (!post.removed) {
      post.removed = true;
      scope.removed(post, scope.now());
    }
    scope.gone(post);
  }
}

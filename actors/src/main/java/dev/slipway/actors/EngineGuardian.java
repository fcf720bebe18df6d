package dev.slipway.actors;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Root of the actors: starts the shards; stops when they have stopped and the totals are final. */
final class EngineGuardian extends AbstractBehavior<EngineGuardian.Command> {
  /** What it can be told. */
  sealed interface Command {}

  /** Stop every shard after what it was sent before. */
  record Stop() implements Command {}

  /** The doors of the actors, for {@link EngineSystem}. */
  record Doors(List<ActorRef<ShardActor.Command>> shards, ActorRef<TotalsActor.Command> totals) {}

  static final Stop STOP = new Stop();

  private final List<ActorRef<ShardActor.Command>> shards = new ArrayList<>();
  private final ActorRef<TotalsActor.Command> totals;
  private int shardsLeft;

  private EngineGuardian(
      ActorContext<Command> context,
      EngineSettings settings,
      List<CommandRoom> rooms,
      AtomicReference<Totals> image,
      CompletableFuture<Doors> opened) {
    super(context);
    totals = context.spawn(TotalsActor.create(settings.shards(), image), "totals");
    context.watch(totals);
    for (int shard = 0; shard < settings.shards(); shard++) {
      ActorRef<ShardActor.Command> actor =
          context.spawn(
              ShardActor.create(settings, shard, rooms.get(shard), totals),
              "shard-" + shard,
              DispatcherSelector.fromConfig(Dispatchers.name(shard % settings.threads())));
      context.watch(actor);
      shards.add(actor);
    }
    shardsLeft = shards.size();
    opened.complete(new Doors(List.copyOf(shards), totals));
  }

  static Behavior<Command> create(
      EngineSettings settings,
      List<CommandRoom> rooms,
      AtomicReference<Totals> image,
      CompletableFuture<Doors> opened) {
    return Behaviors.setup(context -> new EngineGuardian(context, settings, rooms, image, opened));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Command.class, this::take)
        .onSignal(Terminated.class, _ -> childStopped())
        .build();
  }

  private Behavior<Command> take(Command command) {
    switch (command) {
      case Stop _ -> shards.forEach(shard -> shard.tell(new ShardActor.Stop()));
    }
    return this;
  }

  /** The last shard's last image is on its way to the totals: they stop behind it. */
  private Behavior<Command> childStopped() {
    if (shardsLeft == 0) {
      return Behaviors.stopped();
    }
    if (--shardsLeft == 0) {
      totals.tell(new TotalsActor.Stop());
    }
    return this;
  }
}

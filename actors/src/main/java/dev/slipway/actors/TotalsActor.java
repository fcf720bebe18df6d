package dev.slipway.actors;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Adds up what the shards count and publishes the sum as an immutable image. A shard sends its own
 * sum whole, so an image lost or late cannot make the totals drift.
 */
final class TotalsActor extends AbstractBehavior<TotalsActor.Command> {
  /** What it can be told. */
  sealed interface Command {}

  /** The sum of one shard. */
  record ShardImage(int shard, Totals totals) implements Command {}

  /** Stop, after the images that came before. */
  record Stop() implements Command {}

  /** Answer with the sum of all. */
  record Get(ActorRef<Totals> replyTo) implements Command {}

  private final Totals[] shards;
  private final AtomicReference<Totals> image;

  private TotalsActor(ActorContext<Command> context, int shards, AtomicReference<Totals> image) {
    super(context);
    this.shards = new Totals[shards];
    this.image = image;
    Arrays.fill(this.shards, Totals.NONE);
  }

  static Behavior<Command> create(int shards, AtomicReference<Totals> image) {
    return Behaviors.setup(context -> new TotalsActor(context, shards, image));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onMessage(Command.class, this::take).build();
  }

  private Behavior<Command> take(Command command) {
    switch (command) {
      case Stop _ -> {
        return Behaviors.stopped();
      }
      case ShardImage one -> {
        shards[one.shard()] = one.totals();
        image.set(sum());
      }
      case Get get -> get.replyTo().tell(sum());
    }
    return this;
  }

  private Totals sum() {
    Totals sum = Totals.NONE;
    for (Totals one : shards) {
      sum = sum.plus(one);
    }
    return sum;
  }
}

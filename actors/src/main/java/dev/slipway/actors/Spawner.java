package dev.slipway.actors;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.TypedActorContext;

/** Makes the actors of a shard. They are not born yet: the first message says who they are. */
interface Spawner {
  /** A pod's actor, child of the shard's. */
  ActorRef<PodActor.Command> pod(TypedActorContext<ShardActor.Command> shard, String uid);

  /** A pod's actor has got its first message. */
  void born(TypedActorContext<PodActor.Command> pod);

  /** A container's actor, child of its pod's. */
  ActorRef<ContainerActor.Command> container(TypedActorContext<PodActor.Command> pod, int ordinal);

  /** A container's actor has got its first message. */
  void containerBorn(TypedActorContext<ContainerActor.Command> container);
}

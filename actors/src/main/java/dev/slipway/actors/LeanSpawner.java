package dev.slipway.actors;

import java.util.stream.IntStream;
import org.apache.pekko.actor.ActorContext;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.InvalidActorNameException;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;

/**
 * Makes actors that share what they can. Spawned the usual way every actor keeps a recipe of its
 * own, some 180 bytes of Props, deployment and closures that are the same for all. Here the first
 * pod and the first container of a shard are spawned the usual way, and their recipe makes all the
 * others. Names are strings that are there anyway: the pod's uid, the container's ordinal.
 */
final class LeanSpawner implements Spawner {
  private static final int ORDINALS = 64;
  private static final String[] NAMES =
      IntStream.range(0, ORDINALS).mapToObj(Integer::toString).toArray(String[]::new);

  private static final org.apache.pekko.actor.typed.Props LEAN =
      DispatcherSelector.sameAsParent().withMailboxFromConfig(Dispatchers.MAILBOX);

  private @Nullable Props pods;
  private @Nullable Props containers;

  @Override
  public ActorRef<PodActor.Command> pod(TypedActorContext<ShardActor.Command> shard, String uid) {
    Props recipe = pods;
    if (recipe == null) {
      return shard.asJava().spawnAnonymous(PodActor.UNBORN, LEAN);
    }
    ActorContext context = Adapter.toClassic(shard.asJava());
    if (ActorPath.isValidPathElement(uid)) {
      try {
        return Adapter.toTyped(context.actorOf(recipe, uid));
      } catch (InvalidActorNameException e) {
        // Its predecessor is still stopping.
        return Adapter.toTyped(context.actorOf(recipe));
      }
    }
    return Adapter.toTyped(context.actorOf(recipe));
  }

  @Override
  public void born(TypedActorContext<PodActor.Command> pod) {
    if (pods == null) {
      pods = Adapter.toClassic(pod.asJava()).props();
    }
  }

  @Override
  public ActorRef<ContainerActor.Command> container(
      TypedActorContext<PodActor.Command> pod, int ordinal) {
    Props recipe = containers;
    if (recipe == null) {
      return pod.asJava().spawnAnonymous(ContainerActor.UNBORN, LEAN);
    }
    ActorContext context = Adapter.toClassic(pod.asJava());
    return Adapter.toTyped(
        ordinal < ORDINALS ? context.actorOf(recipe, NAMES[ordinal]) : context.actorOf(recipe));
  }

  @Override
  public void containerBorn(TypedActorContext<ContainerActor.Command> container) {
    if (containers == null) {
      containers = Adapter.toClassic(container.asJava()).props();
    }
  }
}

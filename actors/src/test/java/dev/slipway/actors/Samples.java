package dev.slipway.actors;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.ImagePullPolicy;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.runtime.ContainerScript;
import dev.slipway.engine.runtime.RuntimeLog;
import dev.slipway.engine.runtime.SandboxScript;
import dev.slipway.engine.runtime.ScriptedRuntime;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.jspecify.annotations.Nullable;

/**
 * Pods to test with: a sidecar and an app container, the app with a readiness probe every second.
 */
final class Samples {
  static final PodShape SHAPE =
      PodShape.of(
          new PodSpec(
              RestartPolicy.ALWAYS,
              2L,
              null,
              false,
              "node-1",
              List.of(),
              List.of(container("proxy", RestartPolicy.ALWAYS, null)),
              List.of(container("app", null, probe())),
              List.of(),
              null,
              Map.of(),
              null,
              ""));

  /** Everything takes no time, processes run until stopped. */
  static final RuntimeFactory AT_ONCE =
      (meta, shape) ->
          new ScriptedRuntime(
              shape,
              SandboxScript.DEFAULT,
              Collections.nCopies(shape.count, ContainerScript.DEFAULT),
              RuntimeLog.NONE);

  private Samples() {}

  private static ContainerSpec container(
      String name, @Nullable RestartPolicy policy, @Nullable ProbeSpec readiness) {
    return new ContainerSpec(
        name,
        "image",
        ImagePullPolicy.IF_NOT_PRESENT,
        policy,
        List.of(),
        null,
        null,
        readiness,
        null,
        null,
        "",
        ResourceRequirements.NONE,
        List.of(),
        List.of());
  }

  private static ProbeSpec probe() {
    return new ProbeSpec(new Handler.Exec(List.of()), 0, 1, 1, 1, 3, null);
  }

  static ObjectMeta meta(String name) {
    return ObjectMeta.of("ns", name, "uid-" + name);
  }

  static PodState state(String name) {
    return new PodState(meta(name), SHAPE, false);
  }

  static EngineCommand.Create create(String name) {
    return new EngineCommand.Create(meta(name), SHAPE);
  }

  /** A shard without an actor, in virtual time from 0 on. */
  static ShardScope virtualShard() {
    return virtualShard(failure -> {
      throw failure;
    });
  }

  /** The same, and somebody learns of pods that fail. */
  static ShardScope virtualShard(Consumer<RuntimeException> failures) {
    return new ShardScope(
        EngineSettings.of(1, EngineClock.virtual(0), AT_ONCE),
        0,
        new PlainSpawner(),
        new NoOwner(failures));
  }

  /** The post of a pod whose actors are not there. */
  static PodPost post(ShardScope shard) {
    PodState state = state("web");
    PodPost post = new PodPost(shard, state, PodRow.of(state.meta, state.shape), 0);
    post.runtime(AT_ONCE.create(state.meta, state.shape));
    return post;
  }

  static long seconds(long seconds) {
    return seconds * Times.SECOND;
  }

  /** Spawns as the testkit can see. */
  private static final class PlainSpawner implements Spawner {
    @Override
    public ActorRef<PodActor.Command> pod(TypedActorContext<ShardActor.Command> shard, String uid) {
      return shard.asJava().spawn(PodActor.UNBORN, uid);
    }

    @Override
    public void born(TypedActorContext<PodActor.Command> pod) {}

    @Override
    public void containerBorn(TypedActorContext<ContainerActor.Command> container) {}

    @Override
    public ActorRef<ContainerActor.Command> container(
        TypedActorContext<PodActor.Command> pod, int ordinal) {
      return pod.asJava().spawn(ContainerActor.UNBORN, Integer.toString(ordinal));
    }
  }

  private record NoOwner(Consumer<RuntimeException> failures) implements ShardScope.Owner {
    @Override
    public void failed(PodPost post, RuntimeException error) {
      failures.accept(error);
    }

    @Override
    public void advanced() {}
  }
}

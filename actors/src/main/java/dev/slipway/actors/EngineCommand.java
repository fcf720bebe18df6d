package dev.slipway.actors;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.runtime.Answers;
import dev.slipway.engine.runtime.PodRuntime;
import dev.slipway.engine.state.PodShape;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of a shard about one of its pods. One that names a pod the shard does not know,
 * or creates one it knows already, is counted and ignored.
 */
public sealed interface EngineCommand {
  /** The pod the command is about. */
  String uid();

  /**
   * A pod object came to the shard's node.
   *
   * @param isStatic read from the node's own files
   * @param status as the object carries it; a terminal phase and foreign conditions are taken over
   */
  record Create(ObjectMeta meta, PodShape shape, boolean isStatic, PodStatus status)
      implements EngineCommand {
    /** A new pod without status. */
    public Create(ObjectMeta meta, PodShape shape) {
      this(meta, shape, false, PodStatus.EMPTY);
    }

    /** The object as it is; {@code shape} is that of its spec. */
    public static Create of(Pod pod, PodShape shape) {
      return new Create(pod.metadata(), shape, pod.isStatic(), pod.status());
    }

    @Override
    public String uid() {
      return meta.uid();
    }
  }

  /** Delete the object in the API; a null grace means the pod's own. */
  record Delete(String uid, @Nullable Long graceSeconds) implements EngineCommand {}

  /** The object is gone from the API, whoever took it away. */
  record Remove(String uid) implements EngineCommand {}

  /** The object's spec or metadata changed. */
  record Change(ObjectMeta meta, PodShape shape) implements EngineCommand {
    @Override
    public String uid() {
      return meta.uid();
    }
  }

  /**
   * The object as a feed has it that does not know what the shard knows: {@link Create} if it is
   * new here, else {@link Change}.
   */
  record Put(Create create) implements EngineCommand {
    /** What a shard that has the pod is to do. */
    Change change() {
      return new Change(create.meta(), create.shape());
    }

    @Override
    public String uid() {
      return create.uid();
    }
  }

  /** Something happened to the pod that the node learns from outside. */
  record Send(String uid, PodEvent event) implements EngineCommand {}

  /** The runtime of one of the pod's containers reports, by ordinal. */
  record Report(String uid, int container, ContainerEvent event) implements EngineCommand {}

  /** Something is done to the pod's runtime: a process killed, a sandbox lost. */
  record Interfere(String uid, Interference what) implements EngineCommand {}

  /** Called on the shard's thread; answers go out as those of the runtime do. */
  @FunctionalInterface
  interface Interference {
    void apply(PodRuntime runtime, long now, Answers out);
  }
}

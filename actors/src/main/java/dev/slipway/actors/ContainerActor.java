package dev.slipway.actors;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.ContainerSink;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.state.ContainerUnit;
import dev.slipway.engine.state.ProbeResult;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ExtensibleBehavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Owns one container: feeds its events to the engine and applies what the engine wants done. A
 * probe that changes nothing stays in here and at the runtime.
 */
final class ContainerActor extends ExtensibleBehavior<ContainerActor.Command>
    implements ContainerSink {
  /** What a container can be told. */
  sealed interface Command {}

  /** Something happened; {@code container} is the receiver's ordinal. */
  record Take(int container, ContainerEvent event) implements Command, Letter {}

  /** The pod's spec changed. */
  record Respecify(int container, ContainerSpec spec) implements Command, Letter {}

  /** Tell what goes on; no letter. */
  record Inspect(Inspector inspector) implements Command {}

  private static final int DEADLINES = TURN_LIMIT + 1;

  private final PodPost post;
  private final int ordinal;
  private final ContainerUnit unit;

  /** By deadline id; null until the first is armed. */
  private @Nullable Deadline @Nullable [] armed;

  private ContainerActor(PodPost post, int ordinal, ContainerSpec spec) {
    this.post = post;
    this.ordinal = ordinal;
    this.unit = new ContainerUnit(spec);
  }

  static Behavior<Command> create(PodPost post, int ordinal, ContainerSpec spec) {
    return new ContainerActor(post, ordinal, spec);
  }

  @Override
  public Behavior<Command> receive(TypedActorContext<Command> context, Command command) {
    if (post.closed()) {
      return Behaviors.same();
    }
    try {
      switch (command) {
        case Take take -> post.shard.containerLifecycle.step(unit, take.event(), post.now(), this);
        case Respecify respecify -> unit.spec = respecify.spec();
        case Inspect inspect -> {
          inspect.inspector().container(ordinal, unit, armed);
          return Behaviors.same();
        }
      }
    } catch (RuntimeException | Error e) {
      post.failed(PodPost.failure(e));
      return Behaviors.same();
    }
    post.delivered();
    return Behaviors.same();
  }

  @Override
  public Behavior<Command> receiveSignal(TypedActorContext<Command> context, Signal signal) {
    if (signal instanceof PostStop) {
      for (int id = 0; id < DEADLINES; id++) {
        cancelDeadline(id);
      }
      post.actorStopped();
    }
    return Behaviors.same();
  }

  // The clock.

  @Override
  public void armDeadline(int id, int generation, long at) {
    if (armed == null) {
      armed = new Deadline[DEADLINES];
    }
    cancelDeadline(id);
    armed[id] = post.armContainer(ordinal, id, generation, at);
  }

  @Override
  public void cancelDeadline(int id) {
    Deadline deadline = armed == null ? null : armed[id];
    if (deadline != null) {
      post.shard.cancel(deadline);
    }
  }

  // Orders to the runtime.

  @Override
  public void createContainer(int attempt) {
    post.runtime().createContainer(ordinal, unit.recordId, attempt, post.now(), post);
  }

  @Override
  public void startProcess() {
    post.runtime().startProcess(ordinal, post.now(), post);
  }

  @Override
  public void runHook(ContainerEvent.Hook hook) {
    post.runtime().runHook(ordinal, hook, post.now(), post);
  }

  @Override
  public void stopProcess(long graceSeconds) {
    post.runtime().stopProcess(ordinal, graceSeconds, post.now(), post);
  }

  @Override
  public void execProbe(ProbeType type, int recordId) {
    post.runtime().execProbe(ordinal, recordId, type, post.now(), post);
  }

  // Reports to the pod.

  @Override
  public void created(int recordId) {
    post.pod(new PodEvent.ContainerCreated(ordinal, recordId));
  }

  @Override
  public void started(int recordId, long at) {
    post.shard.counts.starts++;
    post.pod(new PodEvent.ContainerStarted(ordinal, recordId, at));
  }

  @Override
  public void startDone(int recordId, String reason, String message) {
    post.pod(new PodEvent.StartDone(ordinal, recordId, reason, message));
  }

  @Override
  public void exited(int recordId, int exitCode, String reason, String message, long at) {
    post.pod(new PodEvent.ContainerExited(ordinal, recordId, exitCode, reason, message, at));
  }

  @Override
  public void stopDone(int recordId) {
    post.pod(new PodEvent.StopDone(ordinal, recordId));
  }

  @Override
  public void stopFailed(int recordId, String message) {
    post.pod(new PodEvent.StopFailed(ordinal, recordId, message));
  }

  @Override
  public void unknown(int recordId) {
    post.pod(new PodEvent.ContainerUnknown(ordinal, recordId));
  }

  @Override
  public void gone(int recordId) {
    post.pod(new PodEvent.ContainerGone(ordinal, recordId));
  }

  @Override
  public void probeResult(ProbeType type, int recordId, ProbeResult result) {
    post.pod(new PodEvent.ProbeResultChanged(ordinal, type, recordId, result));
  }

  @Override
  public void workerEnded(ProbeType type) {
    post.pod(new PodEvent.WorkerEnded(ordinal, type));
  }

  @Override
  public void recordEvent(String type, String reason, String message) {
    post.recorded(ordinal, type, reason, message);
  }
}

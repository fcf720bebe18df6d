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

  /** The first message of all: who the actor is. */
  record Born(PodPost post, int ordinal, ContainerSpec spec) implements Command {}

  /** Waits for {@link Born}. */
  static final Behavior<Command> UNBORN = new Unborn();

  private final PodPost post;
  private final ContainerUnit unit;

  /** The first of its deadlines, armed or not. */
  private @Nullable OwnDeadline deadlines;

  private ContainerActor(PodPost post, int ordinal, ContainerSpec spec) {
    this.post = post;
    this.unit = new ContainerUnit(spec, ordinal);
  }

  /** Holds nothing, so all containers begin with the same one. */
  private static final class Unborn extends ExtensibleBehavior<Command> {
    @Override
    public Behavior<Command> receive(TypedActorContext<Command> context, Command command) {
      if (!(command instanceof Born born)) {
        return Behaviors.unhandled();
      }
      born.post().shard.spawner.containerBorn(context);
      born.post().born(born.ordinal(), context.asJava().getSelf());
      return new ContainerActor(born.post(), born.ordinal(), born.spec());
    }

    @Override
    public Behavior<Command> receiveSignal(TypedActorContext<Command> context, Signal signal) {
      return Behaviors.same();
    }
  }

  @Override
  public Behavior<Command> receive(TypedActorContext<Command> context, Command command) {
    if (command instanceof Inspect inspect) {
      inspect.inspector().container(unit, deadlines);
      return Behaviors.same();
    }
    Command letter = command;
    post.arrived();
    while (letter != null && !post.closed()) {
      try {
        take(letter);
      } catch (RuntimeException | Error e) {
        post.failed(PodPost.failure(e));
        return Behaviors.same();
      }
      letter = post.nextOf(unit.ordinal) instanceof Command own ? own : null;
    }
    return Behaviors.same();
  }

  private void take(Command command) {
    switch (command) {
      case Take take -> {
        if (take.event() instanceof ContainerEvent.DeadlineReached) {
          post.shard.served(post.now());
        }
        post.shard.containerLifecycle.step(unit, take.event(), post.now(), this);
      }
      case Respecify respecify -> unit.spec = respecify.spec();
      case Born _, Inspect _ -> throw new IllegalStateException("no letter: pod=" + post.name());
    }
  }

  @Override
  public Behavior<Command> receiveSignal(TypedActorContext<Command> context, Signal signal) {
    if (signal instanceof PostStop) {
      OwnDeadlines.cancelAll(deadlines, post);
      post.stopped("container actor", unit.ordinal);
    }
    return Behaviors.same();
  }

  // The clock.

  @Override
  public void armDeadline(int id, int generation, long at) {
    deadlines = OwnDeadlines.arm(deadlines, post, unit.ordinal, id, generation, at);
  }

  @Override
  public void cancelDeadline(int id) {
    deadlines = OwnDeadlines.cancel(deadlines, post, id);
  }

  // Orders to the runtime.

  @Override
  public void createContainer(int attempt) {
    post.runtime().createContainer(unit.ordinal, unit.recordId, attempt, post.now(), post);
  }

  @Override
  public void startProcess() {
    post.runtime().startProcess(unit.ordinal, post.now(), post);
  }

  @Override
  public void runHook(ContainerEvent.Hook hook) {
    post.runtime().runHook(unit.ordinal, hook, post.now(), post);
  }

  @Override
  public void stopProcess(long graceSeconds) {
    post.runtime().stopProcess(unit.ordinal, graceSeconds, post.now(), post);
  }

  @Override
  public void execProbe(ProbeType type, int recordId) {
    post.shard.counts.probes++;
    post.runtime().execProbe(unit.ordinal, recordId, type, post.now(), post);
  }

  // Reports to the pod.

  @Override
  public void created(int recordId) {
    post.pod(new PodEvent.ContainerCreated(unit.ordinal, recordId));
  }

  @Override
  public void started(int recordId, long at) {
    post.shard.counts.starts++;
    post.pod(new PodEvent.ContainerStarted(unit.ordinal, recordId, at));
  }

  @Override
  public void startDone(int recordId, String reason, String message) {
    post.pod(new PodEvent.StartDone(unit.ordinal, recordId, reason, message));
  }

  @Override
  public void exited(int recordId, int exitCode, String reason, String message, long at) {
    post.pod(new PodEvent.ContainerExited(unit.ordinal, recordId, exitCode, reason, message, at));
  }

  @Override
  public void stopDone(int recordId) {
    post.pod(new PodEvent.StopDone(unit.ordinal, recordId));
  }

  @Override
  public void stopFailed(int recordId, String message) {
    post.pod(new PodEvent.StopFailed(unit.ordinal, recordId, message));
  }

  @Override
  public void unknown(int recordId) {
    post.pod(new PodEvent.ContainerUnknown(unit.ordinal, recordId));
  }

  @Override
  public void gone(int recordId) {
    post.pod(new PodEvent.ContainerGone(unit.ordinal, recordId));
  }

  @Override
  public void probeResult(ProbeType type, int recordId, ProbeResult result) {
    post.pod(new PodEvent.ProbeResultChanged(unit.ordinal, type, recordId, result));
  }

  @Override
  public void workerEnded(ProbeType type) {
    post.pod(new PodEvent.WorkerEnded(unit.ordinal, type));
  }

  @Override
  public void recordEvent(String type, String reason, String message) {
    post.recorded(unit.ordinal, type, reason, message);
  }
}

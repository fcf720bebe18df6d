package dev.slipway.actors;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.lifecycle.ApiDeletion;
import dev.slipway.engine.resources.ResizeAdmission;
import dev.slipway.engine.state.Amounts;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.ResizeActions;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ExtensibleBehavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Owns one pod: feeds its events to the engine and applies what the engine wants done. Its children
 * are the pod's containers.
 */
final class PodActor extends ExtensibleBehavior<PodActor.Command> implements PodSink {
  /** What a pod can be told. */
  sealed interface Command {}

  /** Something happened. */
  record Take(PodEvent event) implements Command, Letter {}

  /** The object is deleted in the API. */
  record Delete(@Nullable Long graceSeconds) implements Command, Letter {}

  /** The object is gone from the API. */
  record Remove() implements Command, Letter {}

  /** The pod leaves the shard. */
  record Stop() implements Command {}

  /** Tell what goes on; no letter. */
  record Inspect(Inspector inspector) implements Command {}

  /** The first message of all: who the actor is. */
  record Born(PodPost post, PodState state) implements Command {}

  /** Waits for {@link Born}. */
  static final Behavior<Command> UNBORN = new Unborn();

  static final Take WOKEN = new Take(PodEvent.WOKEN);
  static final Take ADDED = new Take(PodEvent.ADDED);
  static final Remove REMOVE = new Remove();
  static final Stop STOP = new Stop();

  private final PodPost post;
  private final PodState state;

  /** The first of its deadlines, armed or not. */
  private @Nullable Deadline deadlines;

  private PodActor(PodPost post, PodState state) {
    this.post = post;
    this.state = state;
  }

  /** Holds nothing, so all pods begin with the same one. */
  private static final class Unborn extends ExtensibleBehavior<Command> {
    @Override
    public Behavior<Command> receive(TypedActorContext<Command> context, Command command) {
      if (command instanceof Stop) {
        return Behaviors.stopped();
      }
      if (!(command instanceof Born born)) {
        return Behaviors.unhandled();
      }
      if (born.post().closed()) {
        return Behaviors.stopped();
      }
      born.post().shard.spawner.born(context);
      PodActor actor = new PodActor(born.post(), born.state());
      born.post().born(context.asJava().getSelf());
      actor.grow(context, born.state().shape);
      return actor;
    }

    @Override
    public Behavior<Command> receiveSignal(TypedActorContext<Command> context, Signal signal) {
      return Behaviors.same();
    }
  }

  @Override
  public Behavior<Command> receive(TypedActorContext<Command> context, Command command) {
    if (command instanceof Stop) {
      return Behaviors.stopped();
    }
    if (command instanceof Inspect inspect) {
      inspect.inspector().pod(post, state, deadlines);
      return Behaviors.same();
    }
    Command letter = command;
    post.arrived();
    while (letter != null && !post.closed()) {
      try {
        take(context, letter);
      } catch (RuntimeException | Error e) {
        post.failed(PodPost.failure(e));
        return Behaviors.stopped();
      }
      letter = post.nextOf(PodPost.POD) instanceof Command own ? own : null;
    }
    return post.closed() ? Behaviors.stopped() : Behaviors.same();
  }

  private void take(TypedActorContext<Command> context, Command command) {
    switch (command) {
      case Take take -> take(context, take.event());
      case Delete delete -> delete(delete.graceSeconds());
      case Remove _ -> remove();
      case Born _, Inspect _, Stop _ ->
          throw new IllegalStateException("no letter: pod=" + post.name());
    }
  }

  @Override
  public Behavior<Command> receiveSignal(TypedActorContext<Command> context, Signal signal) {
    if (signal instanceof PostStop) {
      OwnDeadlines.cancelAll(deadlines, post);
      post.stopped("pod actor", PodPost.POD);
    }
    return Behaviors.same();
  }

  private void take(TypedActorContext<Command> context, PodEvent event) {
    if (event instanceof PodEvent.Changed changed) {
      change(context, changed);
    } else if (event instanceof PodEvent.DeadlineReached) {
      post.shard.served(post.now());
    }
    post.shard.podLifecycle.step(state, event, post.now(), this);
    if (state.apiMeta != post.row.meta()) {
      post.shard.show(post, state, post.now());
    }
    if (post.finished && event instanceof PodEvent.DeleteRequested) {
      // The engine takes no more events; the kubelet's status manager lets the object go
      // (status_manager.go canBeDeleted).
      removeApiObject();
    }
    post.finished = state.worker == PodState.Worker.FINISHED;
  }

  // The object.

  private void change(TypedActorContext<Command> context, PodEvent.Changed event) {
    PodShape shape = event.shape();
    post.shard.runtimes.changed(post.runtime(), event.meta(), shape);
    int had = post.containers();
    for (int c = 0; c < Math.min(had, shape.count); c++) {
      ContainerSpec spec = shape.container(c);
      boolean known = state.wanted == null && spec == state.apiShape.container(c);
      if (!known) {
        post.send(new ContainerActor.Respecify(c, spec));
      }
    }
    grow(context, shape);
  }

  /** Spawns the containers that are not there yet. */
  private void grow(TypedActorContext<Command> context, PodShape shape) {
    post.room(shape.count);
    for (int c = post.containers(); c < shape.count; c++) {
      ActorRef<ContainerActor.Command> container = post.shard.spawner.container(context, c);
      container.tell(new ContainerActor.Born(post, c, shape.container(c)));
      post.born(c, container);
    }
  }

  private void delete(@Nullable Long graceSeconds) {
    if (post.removed) {
      return;
    }
    boolean terminal = state.apiPhase != null && state.apiPhase.terminal();
    ApiDeletion.Result result = ApiDeletion.delete(state, terminal, graceSeconds, post.now());
    ObjectMeta meta = result.meta();
    if (meta != null) {
      post.pod(new PodEvent.DeleteRequested(meta));
    }
    if (result.removedAtOnce()) {
      remove();
    }
  }

  private void remove() {
    removeApiObject();
    post.pod(PodEvent.REMOVED);
  }

  @Override
  public void publishStatus() {
    post.shard.published(post, state, post.now());
  }

  @Override
  public void removeApiObject() {
    if (!post.removed) {
      post.removed = true;
      post.shard.removed(post, post.now());
    }
  }

  @Override
  public void recordEvent(String type, String reason, int container, String message) {
    post.recorded(container, type, reason, message);
  }

  // The clock.

  @Override
  public void wakeSoon() {
    post.wakeSoon();
  }

  @Override
  public void armDeadline(int id, int generation, long at) {
    deadlines = OwnDeadlines.arm(deadlines, post, PodPost.POD, id, generation, at);
  }

  @Override
  public void cancelDeadline(int id) {
    deadlines = OwnDeadlines.cancel(deadlines, post, id);
  }

  // Orders to the runtime.

  @Override
  public void createSandbox(int attempt) {
    post.runtime().createSandbox(attempt, post.now(), post);
  }

  @Override
  public void stopSandbox(int attempt) {
    post.runtime().stopSandbox(attempt, post.now(), post);
  }

  @Override
  public void inspectImage(int container, String image) {
    post.runtime().inspectImage(container, image, post.now(), post);
  }

  @Override
  public void pullImage(int container, String image) {
    post.runtime().pullImage(container, image, post.now(), post);
  }

  @Override
  public void removeRecord(int container, int recordId) {
    post.runtime().removeRecord(container, recordId, post.now());
  }

  @Override
  public void requestResize() {
    // No node is modelled: there is room for everything.
    post.pod(new PodEvent.ResizeAnswered(new ResizeAdmission.Answer.InProgress()));
  }

  @Override
  public void measureMemory() {
    post.runtime().measureMemory(post.now(), post);
  }

  @Override
  public void updateResources(
      int container, int recordId, ResizeActions.Kind kind, Amounts amounts) {
    post.runtime().updateResources(container, recordId, kind, amounts, post.now(), post);
  }

  // Orders to the containers.

  @Override
  public void startContainer(int container, int recordId, int attempt, long graceSeconds) {
    post.container(container, new ContainerEvent.Start(recordId, attempt, graceSeconds));
  }

  @Override
  public void stopContainer(
      int container, int recordId, long graceSeconds, boolean hooks, boolean waitsForTurn) {
    post.container(container, new ContainerEvent.Stop(recordId, graceSeconds, hooks, waitsForTurn));
  }

  @Override
  public void turn(int container) {
    post.container(container, ContainerEvent.TURN);
  }

  @Override
  public void shortenStop(int container, long until) {
    post.container(container, new ContainerEvent.ShortenStop(until));
  }

  @Override
  public void ensureProbes(int container, boolean deleting) {
    post.container(container, new ContainerEvent.EnsureProbes(deleting));
  }

  @Override
  public void cutProbes(int container) {
    post.container(container, ContainerEvent.CUT_PROBES);
  }

  @Override
  public void stopLivenessAndStartup(int container) {
    post.container(container, ContainerEvent.STOP_LIVENESS_AND_STARTUP);
  }

  @Override
  public void removeProbes(int container) {
    post.container(container, ContainerEvent.REMOVE_PROBES);
  }

  @Override
  public void triggerReadiness(int container) {
    post.container(container, ContainerEvent.TRIGGER_READINESS);
  }

  @Override
  public void observe(int container, int recordId, long startedAt, byte observation) {
    post.container(container, new ContainerEvent.Observed(recordId, startedAt, observation));
  }
}

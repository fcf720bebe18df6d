package dev.slipway.actors;

import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.PodEvent;
import org.jspecify.annotations.Nullable;

/**
 * A deadline of the engine. There is one for every probe of every container, so it is small and
 * used again: the deadlines of an owner hang together, and arming one that is over takes the object
 * it had. Its letter is written when it is over.
 */
final class OwnDeadline extends Deadline {
  /** Owner and id are in one number: so many ids an owner. */
  private static final int IDS = 8;

  /** The next one of the same owner. */
  @Nullable OwnDeadline sibling;

  private int generation;

  /** Container and id; the pod's own come first. */
  private final short what;

  /** One that is not armed yet; container -1: the pod's own. */
  OwnDeadline(PodPost post, int container, int id, @Nullable OwnDeadline sibling) {
    super(post);
    this.what = (short) ((container + 1) * IDS + id);
    this.sibling = sibling;
  }

  /** Sets the generation its letter says. */
  void generation(int newGeneration) {
    generation = newGeneration;
  }

  /** The id within its owner. */
  int id() {
    return what % IDS;
  }

  @Override
  Letter letter() {
    int container = what / IDS - 1;
    return container < 0
        ? new PodActor.Take(new PodEvent.DeadlineReached(id(), generation))
        : new ContainerActor.Take(container, new ContainerEvent.DeadlineReached(id(), generation));
  }
}

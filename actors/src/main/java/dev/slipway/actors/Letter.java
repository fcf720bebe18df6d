package dev.slipway.actors;

import dev.slipway.engine.runtime.RuntimeWake;

/** Something on its way to a pod, to one of its containers or to its runtime. */
sealed interface Letter
    permits PodActor.Take,
        PodActor.Delete,
        PodActor.Remove,
        ContainerActor.Take,
        ContainerActor.Respecify,
        Letter.ToRuntime,
        Letter.Interfere {

  /** A wake-up the runtime asked for. */
  record ToRuntime(RuntimeWake wake) implements Letter {}

  /** Something is done to the runtime from outside. */
  record Interfere(EngineCommand.Interference what) implements Letter {}
}

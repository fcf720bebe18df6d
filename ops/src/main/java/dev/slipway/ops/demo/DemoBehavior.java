package dev.slipway.ops.demo;

import dev.slipway.actors.RuntimeFactory;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.runtime.Behavior;
import dev.slipway.engine.runtime.BehaviorAnnotations;
import dev.slipway.engine.runtime.PodRuntime;
import dev.slipway.engine.runtime.PodScript;
import dev.slipway.engine.runtime.RuntimeLog;
import dev.slipway.engine.runtime.ScriptedRuntime;
import dev.slipway.engine.state.PodShape;

/** How each pod behaves: by the rules, by its own annotations over them, drawn from the seed. */
record DemoBehavior(Behavior rules, long seed) implements RuntimeFactory {
  /** The script of a pod, the same at every call. */
  PodScript of(ObjectMeta meta, PodShape shape) {
    return rules.with(BehaviorAnnotations.read(meta, (_, _) -> {})).draw(meta, shape, seed);
  }

  @Override
  public PodRuntime create(ObjectMeta meta, PodShape shape) {
    PodScript script = of(meta, shape);
    return new ScriptedRuntime(shape, script.sandbox(), script.containers(), RuntimeLog.NONE);
  }
}

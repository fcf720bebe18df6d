package dev.slipway.ops.serve;

import dev.slipway.actors.RuntimeFactory;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.runtime.Behavior;
import dev.slipway.engine.runtime.BehaviorAnnotations;
import dev.slipway.engine.runtime.ContainerScript;
import dev.slipway.engine.runtime.PodRuntime;
import dev.slipway.engine.runtime.PodScript;
import dev.slipway.engine.runtime.RuntimeLog;
import dev.slipway.engine.runtime.ScriptedRuntime;
import dev.slipway.engine.state.PodShape;
import java.util.List;

/**
 * The modelled runtime: how each pod behaves by the rules, by its own annotations over them, drawn
 * from the seed.
 */
public record ModelRuntimes(Behavior rules, long seed) implements RuntimeFactory {
  /** The script of a pod, the same at every call. */
  public PodScript of(ObjectMeta meta, PodShape shape) {
    Behavior own =
        meta.annotations().isEmpty()
            ? rules
            : rules.with(BehaviorAnnotations.read(meta, (_, _) -> {}));
    return own.draw(meta, shape, seed);
  }

  @Override
  public PodRuntime create(ObjectMeta meta, PodShape shape) {
    PodScript script = of(meta, shape);
    return new ScriptedRuntime(shape, script.sandbox(), script.containers(), RuntimeLog.NONE);
  }

  @Override
  public void changed(PodRuntime runtime, ObjectMeta meta, PodShape shape) {
    if (runtime instanceof ScriptedRuntime scripted) {
      List<ContainerScript> scripts = of(meta, shape).containers();
      int had = Math.min(scripted.containers(), scripts.size());
      scripted.reshape(shape, scripts.subList(had, scripts.size()));
    }
  }
}

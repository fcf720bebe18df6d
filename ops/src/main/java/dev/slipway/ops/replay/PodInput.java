package dev.slipway.ops.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.OwnerReference;
import dev.slipway.engine.runtime.Behavior;
import dev.slipway.engine.runtime.ContainerScript;
import dev.slipway.engine.runtime.PodScript;
import dev.slipway.engine.state.PodShape;
import dev.slipway.ingest.trace.TracePod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pod as a run takes it: admitted, with everything its life depends on.
 *
 * @param shape of its spec, bound; shared by the pods of a template
 * @param object the fields the engine's records leave out, null if there are none
 * @param refused why it was not admitted, empty if it was
 */
record PodInput(
    ObjectMeta meta,
    PodShape shape,
    Footprint footprint,
    TracePod trace,
    @Nullable JsonNode object,
    Behavior behavior,
    long seed,
    String refused) {
  /** Draws how the pod behaves; what the trace recorded wins. */
  PodScript script() {
    PodScript drawn = behavior.draw(meta, shape, seed);
    if (trace.runs().isEmpty()) {
      return drawn;
    }
    List<ContainerScript> scripts = new ArrayList<>(drawn.containers());
    for (int c = 0; c < scripts.size(); c++) {
      TracePod.Run run = trace.runs().get(shape.container(c).name());
      run = run == null && shape.isApp(c) ? trace.runs().get(TracePod.ALL_APPS) : run;
      if (run != null) {
        scripts.set(c, running(scripts.get(c), run));
      }
    }
    return new PodScript(drawn.sandbox(), scripts, drawn.deleteAfter(), drawn.evictAfter());
  }

  private static ContainerScript running(ContainerScript script, TracePod.Run run) {
    return new ContainerScript(
        script.pull(),
        script.pullFails(),
        script.create(),
        script.start(),
        script.startErrors(),
        List.of(new ContainerScript.Run(run.nanos(), run.exitCode(), "")),
        script.stop(),
        script.stopExit(),
        script.postStart(),
        script.preStop(),
        script.startup(),
        script.liveness(),
        script.readiness(),
        script.memory());
  }

  /** Kind of the controller that owns it, empty if none does. */
  String owner() {
    for (OwnerReference owner : meta.ownerReferences()) {
      if (owner.controller()) {
        return owner.kind();
      }
    }
    return "";
  }

  /** The pod its controller makes in its place, which arrives then. */
  PodInput replacement(int number, long arrival) {
    String base = meta.name().replaceAll("-r[0-9]+$", "");
    String name = base + "-r" + number;
    var again =
        new ObjectMeta(
            name,
            meta.namespace(),
            meta.uid() + "-r" + number,
            1,
            "",
            meta.labels(),
            meta.annotations(),
            meta.ownerReferences(),
            List.of(),
            arrival,
            dev.slipway.engine.api.Times.NONE,
            null);
    var moved =
        new TracePod(
            trace.pod(),
            trace.object(),
            arrival,
            trace.deletion(),
            "",
            trace.runs(),
            trace.usage());
    return new PodInput(again, shape, footprint, moved, object, behavior, seed, "");
  }
}

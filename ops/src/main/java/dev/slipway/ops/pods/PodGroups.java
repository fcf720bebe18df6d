package dev.slipway.ops.pods;

import dev.slipway.actors.PodRow;
import dev.slipway.actors.PodVisitor;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QosClass;
import dev.slipway.engine.resources.QosRules;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.totals.Contribution;
import dev.slipway.engine.totals.GroupImages;
import dev.slipway.engine.totals.PodKeys;
import dev.slipway.engine.totals.Totals;
import dev.slipway.engine.totals.TotalsImage;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds pods up by node and by namespace; shown one shard after the other. */
final class PodGroups implements PodVisitor {
  private final Totals totals = new Totals();
  private final Map<PodShape, OfShape> shapes = new IdentityHashMap<>();

  /** What all pods of a shape have in common. */
  private record OfShape(QosClass qos, Contribution contribution) {}

  @Override
  public void pod(PodRow row, @Nullable PodState state) {
    OfShape shape =
        state == null
            ? new OfShape(QosClass.BEST_EFFORT, Contribution.NONE)
            : shapes.computeIfAbsent(state.apiShape, this::ofShape);
    PodKeys keys = new PodKeys(row.meta().namespace(), shape.qos, "", "", false, false);
    var entry =
        totals.add(keys, state == null ? Totals.UNSCHEDULED : state.apiShape.spec.nodeName());
    totals.update(
        entry,
        row.phase(),
        row.ready(),
        row.restarts(),
        row.phase().terminal() ? Contribution.NONE : shape.contribution,
        false);
  }

  private OfShape ofShape(PodShape shape) {
    PodResources resources = PodResources.of(shape.spec);
    return new OfShape(QosRules.compute(resources), totals.contribution(resources));
  }

  GroupImages nodes() {
    return image().nodes();
  }

  GroupImages namespaces() {
    return image().namespaces();
  }

  private synchronized TotalsImage image() {
    return totals.image();
  }
}

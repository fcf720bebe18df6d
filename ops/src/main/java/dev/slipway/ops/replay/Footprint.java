package dev.slipway.ops.replay;

import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.resources.PhaseSplit;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.ResourceFit;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceNames;
import dev.slipway.engine.resources.SchedulerVector;
import dev.slipway.engine.state.PodShape;
import java.util.List;

/**
 * What the pods of one spec take, by index into the run's resources: CPU in thousandths, everything
 * else in whole units.
 *
 * @param requested effective requests, as a scheduler counts them
 * @param unusedAfterStart what of it is there for the start only
 * @param containers requests of each container, by ordinal
 */
record Footprint(long[] requested, long[] unusedAfterStart, long[][] containers) {
  static Footprint of(PodShape shape, List<String> resources) {
    PodSpec spec = shape.spec;
    PodResources pod = PodResources.of(spec);
    SchedulerVector vector = ResourceFit.request(pod);
    PhaseSplit split = PhaseSplit.ofRequests(pod);
    long[] requested = new long[resources.size()];
    for (int r = 0; r < requested.length; r++) {
      requested[r] = vector.get(resources.get(r));
    }
    long[][] containers = new long[shape.count][];
    for (int c = 0; c < shape.count; c++) {
      containers[c] =
          amounts(ResourceList.of(shape.container(c).resources().requests()), resources);
    }
    return new Footprint(requested, amounts(split.unusedAfterStart(), resources), containers);
  }

  /** Amounts of a list by index. */
  static long[] amounts(ResourceList list, List<String> resources) {
    long[] amounts = new long[resources.size()];
    for (int r = 0; r < amounts.length; r++) {
      String name = resources.get(r);
      amounts[r] =
          name.equals(ResourceNames.CPU)
              ? list.getOrZero(name).milliValue()
              : list.getOrZero(name).value();
    }
    return amounts;
  }
}

package dev.slipway.ops.replay;

import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.resources.ResourceQuota;
import dev.slipway.ingest.trace.TraceNode;
import java.util.List;
import java.util.Map;

/**
 * One variant of a run, ready to go. Times are nanoseconds since the first arrival of the input.
 *
 * @param name of the variant; the base is called base
 * @param nodes those there are, with the time they come
 * @param drains when nodes are emptied
 * @param resources names that are counted, cpu and memory first
 * @param recorded pods go where the trace says they went
 */
record Scenario(
    String name,
    String summary,
    List<PodInput> pods,
    List<TraceNode> nodes,
    List<Drain> drains,
    Map<String, List<ResourceQuota>> quotas,
    Profile profile,
    List<String> resources,
    long start,
    long end,
    long seed,
    boolean recorded) {
  Scenario {
    pods = List.copyOf(pods);
    nodes = List.copyOf(nodes);
    drains = List.copyOf(drains);
    quotas = Map.copyOf(quotas);
    resources = List.copyOf(resources);
  }

  /** At that time no pod goes to the node any more, and those on it are deleted. */
  record Drain(String node, long at) {}
}

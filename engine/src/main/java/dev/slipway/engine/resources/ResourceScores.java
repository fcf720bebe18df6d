package dev.slipway.engine.resources;

import java.util.List;
import java.util.OptionalLong;

/**
 * How good a node is for a pod, 0 to 100 (rules; source: scheduler {@code
 * plugins/noderesources}, 1.37).
 */
public final class ResourceScores {
  /** What each of both scores counts for in a node's total. */
  public static final int FIT_WEIGHT = 1;

  public static final int BALANCED_WEIGHT = 1;

  private static final long MAX = 100;
  private static final long SHAPE_SCALE = 10;

  private ResourceScores() {}

  /** A name that counts in a score. */
  public record Weighted(String name, long weight) {}

  /** A point of a shape: score 0 to 10 at that utilization in percent. */
  public record ShapePoint(long utilization, long score) {}

  /** How NodeResourcesFit prefers nodes. */
  public sealed interface Strategy {
    List<Weighted> resources();

    /** Empty nodes first. */
    record LeastAllocated(List<Weighted> resources) implements Strategy {}

    /** Full nodes first. */
    record MostAllocated(List<Weighted> resources) implements Strategy {}

    /** By a piecewise linear function of utilization. */
    record RequestedToCapacityRatio(List<Weighted> resources, List<ShapePoint> shape)
        implements Strategy {}
  }

  /** The default strategy. */
  public static final Strategy DEFAULT =
      new Strategy.LeastAllocated(
          List.of(new Weighted(ResourceNames.CPU, 1), new Weighted(ResourceNames.MEMORY, 1)));

  /** Score of NodeResourcesFit; pod-level requests of the pod do not count here. */
  public static long fit(Strategy strategy, PodResources pod, NodeUsage node) {
    ResourceList requests = scoredRequests(pod);
    long sum = 0;
    long weights = 0;
    for (Weighted resource : strategy.resources()) {
      long asked = SchedulerVector.amount(requests, resource.name());
      long capacity = node.capacity().get(resource.name());
      if (capacity == 0 || isUnaskedScalar(resource.name(), asked)) {
        continue;
      }
      long score = score(strategy, nonZeroUsed(node, resource.name()) + asked, capacity);
      if (score > 0 || !(strategy instanceof Strategy.RequestedToCapacityRatio)) {
        sum += score * resource.weight();
        weights += resource.weight();
      }
    }
    if (weights == 0) {
      return 0;
    }
    return strategy instanceof Strategy.RequestedToCapacityRatio
        ? Math.round((double) sum / weights)
        : sum / weights;
  }

  private static ResourceList scoredRequests(PodResources pod) {
    return EffectiveResources.podRequests(
        pod,
        ResourceOptions.SPEC.withoutPodLevel().withNonMissing(PodSchedulerRequest.NON_MISSING));
  }

  /** What an incoming pod counts for in the score of NodeResourcesFit. */
  public static SchedulerVector scored(PodResources pod) {
    return SchedulerVector.of(scoredRequests(pod));
  }

  private static boolean isUnaskedScalar(String name, long asked) {
    return asked == 0 && ResourceNames.isScalar(name);
  }

  private static long nonZeroUsed(NodeUsage node, String name) {
    return switch (name) {
      case ResourceNames.CPU -> node.nonZeroMilliCpu();
      case ResourceNames.MEMORY -> node.nonZeroMemory();
      default -> node.requested().get(name);
    };
  }

  private static long score(Strategy strategy, long used, long capacity) {
    return switch (strategy) {
      case Strategy.LeastAllocated _ -> used > capacity ? 0 : (capacity - used) * MAX / capacity;
      case Strategy.MostAllocated _ -> Math.min(used, capacity) * MAX / capacity;
      case Strategy.RequestedToCapacityRatio ratio ->
          shaped(ratio.shape(), used > capacity ? MAX : used * MAX / capacity);
    };
  }

  private static long shaped(List<ShapePoint> shape, long utilization) {
    ShapePoint before = shape.get(0);
    for (ShapePoint point : shape) {
      if (utilization <= point.utilization()) {
        return point == before ? scaled(point) : between(before, point, utilization);
      }
      before = point;
    }
    return scaled(before);
  }

  private static long between(ShapePoint before, ShapePoint after, long utilization) {
    long rise = scaled(after) - scaled(before);
    return scaled(before)
        + rise
            * (utilization - before.utilization())
            / (after.utilization() - before.utilization());
  }

  private static long scaled(ShapePoint point) {
    return point.score() * SHAPE_SCALE;
  }

  /**
   * Score of NodeResourcesBalancedAllocation: how much more even the shares of the resources get;
   * none for a pod that asks for none of them.
   */
  public static OptionalLong balanced(List<String> resources, PodResources pod, NodeUsage node) {
    ResourceList requests = EffectiveResources.podRequests(pod, ResourceOptions.SCHEDULER);
    boolean asksForAny = false;
    for (String name : resources) {
      asksForAny |= SchedulerVector.amount(requests, name) != 0;
    }
    if (!asksForAny) {
      return OptionalLong.empty();
    }
    long with = evenness(resources, requests, node, true);
    long without = evenness(resources, requests, node, false);
    return OptionalLong.of(MAX / 2 + (MAX / 2 + with - without) / 2);
  }

  private static long evenness(
      List<String> resources, ResourceList requests, NodeUsage node, boolean withPod) {
    var fractions = new double[resources.size()];
    int count = 0;
    for (String name : resources) {
      long asked = SchedulerVector.amount(requests, name);
      long capacity = node.capacity().get(name);
      if (capacity != 0 && !isUnaskedScalar(name, asked)) {
        long used = node.requested().get(name) + (withPod ? asked : 0);
        fractions[count++] = Math.min(1, (double) used / capacity);
      }
    }
    return (long) ((1 - deviation(fractions, count)) * MAX);
  }

  private static double deviation(double[] values, int count) {
    if (count < 2) {
      return 0;
    }
    if (count == 2) {
      return Math.abs((values[0] - values[1]) / 2);
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[i];
    }
    double mean = sum / count;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    return Math.sqrt(squares / count);
  }
}

package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device claim that takes from the node's own resources.
 *
 * @param containers number of containers that use the claim
 */
public record NodeAllocatableClaim(int containers, List<Mapping> mapping, List<Overhead> overhead) {
  public NodeAllocatableClaim {
    mapping = List.copyOf(mapping);
    overhead = List.copyOf(overhead);
  }

  /** An amount the claim stands for. */
  public record Mapping(String name, @Nullable Quantity quantity) {}

  /** What the claim costs beyond that. */
  public record Overhead(String name, @Nullable Quantity perPod, @Nullable Quantity perContainer) {}
}

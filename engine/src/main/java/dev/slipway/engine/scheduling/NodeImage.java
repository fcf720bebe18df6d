package dev.slipway.engine.scheduling;

import java.util.List;

/** An image a node has, with all its names; size in bytes. */
public record NodeImage(List<String> names, long sizeBytes) {
  public NodeImage {
    names = List.copyOf(names);
  }
}

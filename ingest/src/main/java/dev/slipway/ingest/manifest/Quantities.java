package dev.slipway.ingest.manifest;

import dev.slipway.engine.api.Quantity;
import org.jspecify.annotations.Nullable;

/** Reads amounts of resources out of trees. */
final class Quantities {
  private Quantities() {}

  /** The amount, null where absent or where the text is none, which is reported. */
  static @Nullable Quantity read(Node node) {
    if (!node.present()) {
      return null;
    }
    try {
      return Quantity.parse(node.text().strip());
    } catch (IllegalArgumentException e) {
      node.report(String.valueOf(e.getMessage()));
      return null;
    }
  }
}

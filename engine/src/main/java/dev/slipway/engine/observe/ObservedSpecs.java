package dev.slipway.engine.observe;

import dev.slipway.engine.api.PodSpec;
import java.util.HashMap;
import java.util.Map;

/**
 * Shares equal specs among the pods of one owner. Bounded: past the bound it starts anew, which
 * costs memory, never truth.
 */
public final class ObservedSpecs {
  /** More than the templates of a large cluster. */
  private static final int SPECS_MAX = 1 << 16;

  private final Map<ObservedSpec, ObservedSpec> shared = new HashMap<>();

  ObservedSpec of(PodSpec spec) {
    return share(ObservedSpec.of(spec));
  }

  ObservedSpec share(ObservedSpec spec) {
    if (shared.size() >= SPECS_MAX) {
      shared.clear();
    }
    ObservedSpec known = shared.putIfAbsent(spec, spec);
    return known == null ? spec : known;
  }
}

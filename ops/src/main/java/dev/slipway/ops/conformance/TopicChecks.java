package dev.slipway.ops.conformance;

import java.util.Map;

/**
 * The checks of one topic, by file name below the vectors' folder without extension,
 * "resources/quantity".
 */
public interface TopicChecks {
  Map<String, VectorCheck> checks();
}

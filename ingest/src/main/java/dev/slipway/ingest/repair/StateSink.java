package dev.slipway.ingest.repair;

import org.jspecify.annotations.Nullable;

/** Takes what a repair knows, piece by piece, as a compacted topic does. */
public interface StateSink {
  /** The last value of a key is what counts; null: it is no longer known. */
  void put(String key, byte @Nullable [] value);
}

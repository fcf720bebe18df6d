package dev.slipway.ingest.feed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Pod;

/** Pod objects as JSON and back. Implementations are used by several threads at once. */
public interface PodCodec {
  /** Reads one object; depth and size were bounded by the caller. */
  Pod decode(JsonNode object) throws PodFormatException;

  /** One JSON object in UTF-8. */
  byte[] encode(Pod pod);
}

package dev.slipway.ingest.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.engine.api.Pod;
import dev.slipway.ingest.feed.PodCodec;
import dev.slipway.ingest.feed.PodFormatException;

/**
 * Pods of a feed in the API's JSON. An odd value of a field is passed over, as everywhere a cluster
 * has stored the object; one that is no pod at all is refused.
 */
public final class JsonPodCodec implements PodCodec {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Override
  public Pod decode(JsonNode object) throws PodFormatException {
    if (!object.path("metadata").isObject()) {
      throw new PodFormatException("metadata: must be an object");
    }
    if (!object.path("spec").isObject()) {
      throw new PodFormatException("spec: must be an object");
    }
    return PodReader.read(object);
  }

  @Override
  public byte[] encode(Pod pod) {
    try {
      return MAPPER.writeValueAsBytes(PodWriter.write(pod));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }
}

package dev.slipway.ingest.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.ingest.manifest.FieldProblems;
import dev.slipway.ingest.manifest.PodReader;
import java.io.IOException;

/** Reads a spec whose bytes the cursor has passed already. */
final class FastSpecs {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build());

  private final JsonCursor cursor;

  FastSpecs(JsonCursor cursor) {
    this.cursor = cursor;
  }

  PodSpec read(int from, int to) {
    if (cursor.bytes[from] != '{') {
      throw Bail.OUT;
    }
    try {
      JsonNode spec = MAPPER.readTree(cursor.bytes, from, to - from);
      return PodReader.readSpec(spec, FieldProblems.IGNORED);
    } catch (IOException _) {
      throw Bail.OUT;
    }
  }
}

package dev.slipway.ingest.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** JSON texts to plain trees. */
public final class Trees {
  /** Numbers keep the digits they were written with. */
  static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private Trees() {}

  /** The value the parser stands on. */
  static JsonNode read(JsonParser parser) throws IOException {
    return MAPPER.readTree(parser);
  }

  /** A parser of a JSON text. */
  static JsonParser parser(String text) throws IOException {
    return MAPPER.createParser(text);
  }
}

package dev.slipway.ingest.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ingest.feed.FeedLimits;
import dev.slipway.ingest.feed.RejectReason;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A record as a tree, and where in its bytes each of its fields stands. A field that comes twice is
 * refused: the two readings would differ between parsers.
 */
final class Envelope {
  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder()
          .maxNestingDepth(FeedLimits.DEPTH_MAX)
          .maxStringLength(FeedLimits.STRING_CHARS_MAX)
          .maxNameLength(FeedLimits.NAME_CHARS_MAX)
          .maxNumberLength(FeedLimits.NUMBER_CHARS_MAX)
          .maxTokenCount(FeedLimits.TOKENS_MAX)
          .build();

  /**
   * Names are not interned: label keys are the sender's choice and would stay in the JVM's string
   * table.
   */
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(CONSTRAINTS)
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .build());

  final ObjectNode root = JsonNodeFactory.instance.objectNode();
  private final Map<String, Long> offsets = new HashMap<>();

  private Envelope() {}

  /** Reads one record and nothing after it. */
  static Envelope read(byte[] bytes) throws IOException, Refusal {
    try (JsonParser parser = MAPPER.getFactory().createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Refusal(
            RejectReason.UNKNOWN_FORMAT, "record is not a JSON object", offsetOf(parser));
      }
      var envelope = new Envelope();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        envelope.field(parser);
      }
      if (parser.nextToken() != null) {
        throw new Refusal(RejectReason.MALFORMED, "something follows the record", offsetOf(parser));
      }
      return envelope;
    }
  }

  private void field(JsonParser parser) throws IOException, Refusal {
    String name = parser.currentName();
    if (root.has(name)) {
      throw new Refusal(RejectReason.REPEATED_FIELD, name + " occurs twice", offsetOf(parser));
    }
    parser.nextToken();
    offsets.put(name, offsetOf(parser));
    root.set(name, MAPPER.readTree(parser));
  }

  JsonNode get(String field) {
    return root.path(field);
  }

  boolean has(String field) {
    return root.has(field);
  }

  String text(String field) {
    return Json.text(root, field);
  }

  /** A refusal that points at the value of a field, or at none if the record has no such field. */
  Refusal refusal(RejectReason reason, String detail, String field) {
    return new Refusal(reason, detail, offsets.getOrDefault(field, -1L));
  }

  private static long offsetOf(JsonParser parser) {
    return parser.currentTokenLocation().getByteOffset();
  }
}

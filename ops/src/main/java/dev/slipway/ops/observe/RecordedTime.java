package dev.slipway.ops.observe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.slipway.engine.api.Times;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** The field {@code time} a recorder has put at the head of a document. */
final class RecordedTime {
  private static final String FIELD = "time";
  private static final JsonFactory JSON = new JsonFactory();

  private RecordedTime() {}

  /** Nanoseconds since the Unix epoch, {@link Times#NONE} where the document has none. */
  static long of(byte[] document) {
    try (JsonParser parser = JSON.createParser(document)) {
      boolean has =
          parser.nextToken() == JsonToken.START_OBJECT
              && FIELD.equals(parser.nextFieldName())
              && parser.nextToken() == JsonToken.VALUE_STRING;
      return has ? nanos(Instant.parse(parser.getText())) : Times.NONE;
    } catch (IOException | DateTimeException e) {
      return Times.NONE;
    }
  }

  private static long nanos(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), Times.SECOND), (long) time.getNano());
  }
}

package dev.slipway.ops.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** One line of a log as a JSON object: {@code ts}, {@code level}, {@code logger}, and the rest. */
final class JsonLine {
  /** Always with milliseconds, so that lines sort as texts. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonLine() {}

  /**
   * The line, without its end.
   *
   * @param error empty: none
   * @param fields numbers and texts of their own
   */
  static String of(
      Instant at,
      String level,
      String logger,
      String message,
      String error,
      Map<String, Object> fields) {
    var text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("ts", TIME.format(at));
      json.writeStringField("level", level);
      json.writeStringField("logger", logger);
      json.writeStringField("message", message);
      if (!error.isEmpty()) {
        json.writeStringField("error", error);
      }
      for (Map.Entry<String, Object> field : fields.entrySet()) {
        switch (field.getValue()) {
          case Long number -> json.writeNumberField(field.getKey(), number);
          case Integer number -> json.writeNumberField(field.getKey(), number);
          case Double number -> json.writeNumberField(field.getKey(), number);
          default -> json.writeStringField(field.getKey(), field.getValue().toString());
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can always be written", e);
    }
    return text.toString();
  }
}

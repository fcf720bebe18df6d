package dev.slipway.ingest.manifest;

import dev.slipway.engine.api.Times;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/** API times, RFC 3339 texts, and the engine's epoch nanoseconds. */
public final class ApiTimes {
  private ApiTimes() {}

  /** Epoch nanoseconds of an RFC 3339 text; a {@link DateTimeException} if it is none. */
  public static long parse(String text) {
    OffsetDateTime time = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    try {
      return Math.addExact(Math.multiplyExact(time.toEpochSecond(), Times.SECOND), time.getNano());
    } catch (ArithmeticException e) {
      throw new DateTimeException("out of range: " + text, e);
    }
  }

  /** The API's text of a time: whole seconds in UTC. */
  public static String format(long nanos) {
    return DateTimeFormatter.ISO_INSTANT.format(
        Instant.ofEpochSecond(Math.floorDiv(nanos, Times.SECOND)));
  }

  static long read(Node node) {
    if (!node.present() || node.text().isEmpty()) {
      return Times.NONE;
    }
    try {
      return parse(node.text());
    } catch (DateTimeException e) {
      node.report("no RFC 3339 time: '" + node.text() + "'");
      return Times.NONE;
    }
  }
}

package dev.slipway.ingest.decode;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as texts, RFC 3339. */
final class TimeText {
  private static final String LAYOUT = "2006-01-02T15:04:05Z07:00";

  /** The parts of the layout in order, each with what it looks like. */
  private static final String[][] PARTS = {
    {"2006", "[0-9]{4}"},
    {"-", "-"},
    {"01", "[0-9]{2}"},
    {"-", "-"},
    {"02", "[0-9]{2}"},
    {"T", "T"},
    {"15", "[0-9]{1,2}"},
    {":", ":"},
    {"04", "[0-9]{2}"},
    {":", ":"},
    {"05", "[0-9]{2}(?:[.,][0-9]+)?"},
    {"Z07:00", "Z|[-+][0-9]{2}:[0-9]{2}"}
  };

  private TimeText() {}

  /** The time in UTC, cut to whole seconds; the server's message if the text is none. */
  static String canonical(String text) throws DecodeException {
    String rest = text;
    for (String[] part : PARTS) {
      Matcher matcher = Pattern.compile("^(?:" + part[1] + ")").matcher(rest);
      if (!matcher.find()) {
        throw unreadable(text, ": cannot parse \"" + rest + "\" as \"" + part[0] + "\"");
      }
      rest = rest.substring(matcher.end());
    }
    if (!rest.isEmpty()) {
      throw unreadable(text, ": extra text: \"" + rest + "\"");
    }
    try {
      return DateTimeFormatter.ISO_INSTANT.format(
          OffsetDateTime.parse(text.replace(',', '.'))
              .withOffsetSameInstant(ZoneOffset.UTC)
              .truncatedTo(ChronoUnit.SECONDS));
    } catch (DateTimeException e) {
      throw unreadable(text, ": " + outOfRange(text));
    }
  }

  private static String outOfRange(String text) {
    int month = Integer.parseInt(text.substring(5, 7));
    if (month < 1 || month > 12) {
      return "month out of range";
    }
    Matcher clock = Pattern.compile("T([0-9]{1,2}):([0-9]{2}):([0-9]{2})").matcher(text);
    if (clock.find() && Integer.parseInt(clock.group(1)) > 23) {
      return "hour out of range";
    }
    if (clock.reset().find() && Integer.parseInt(clock.group(2)) > 59) {
      return "minute out of range";
    }
    if (clock.reset().find() && Integer.parseInt(clock.group(3)) > 59) {
      return "second out of range";
    }
    return "day out of range";
  }

  private static DecodeException unreadable(String text, String why) {
    boolean range = why.endsWith("out of range") || why.contains("extra text");
    String as = range ? "" : " as \"" + LAYOUT + "\"";
    return new DecodeException("parsing time \"" + text + "\"" + as + why);
  }
}

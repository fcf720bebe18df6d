package dev.slipway.ops.log;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;

/** What a command tells about itself on stderr, in the format of the log. Thread safe. */
public final class Console {
  private static final String STATUS = "status";

  private final LogFormat format;
  private final String logger;
  private final PrintWriter out;
  private final InstantSource clock;

  private Console(LogFormat format, String logger, PrintWriter out, InstantSource clock) {
    this.format = format;
    this.logger = logger;
    this.out = out;
    this.clock = clock;
  }

  /**
   * A command's own lines.
   *
   * @param logger the command's name
   */
  public static Console of(LogFormat format, String logger, PrintWriter out) {
    return of(format, logger, out, InstantSource.system());
  }

  /** The same with another clock. */
  public static Console of(LogFormat format, String logger, PrintWriter out, InstantSource clock) {
    return new Console(format, logger, out, clock);
  }

  /** Something a person should know; several lines are told as several. */
  public void info(String text) {
    text.lines().forEach(line -> tell("INFO", line, Map.of()));
  }

  /** Something that was passed over. */
  public void warn(String text) {
    text.lines().forEach(line -> tell("WARN", line, Map.of()));
  }

  /** What ends the command. */
  public void error(String text) {
    text.lines().forEach(line -> tell("ERROR", line, Map.of()));
  }

  /**
   * How things are now: the text for people, the fields for machines.
   *
   * @param fields whole numbers, numbers and texts
   */
  public void status(String text, Map<String, Object> fields) {
    tell("INFO", format == LogFormat.JSON ? STATUS : text, fields);
  }

  private synchronized void tell(String level, String message, Map<String, Object> fields) {
    out.println(
        format == LogFormat.JSON
            ? JsonLine.of(clock.instant(), level, logger, message, "", fields)
            : message);
    out.flush();
  }
}

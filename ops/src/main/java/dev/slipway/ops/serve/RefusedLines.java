package dev.slipway.ops.serve;

import dev.slipway.ingest.feed.Rejected;
import dev.slipway.ops.log.Console;

/** Lines of feeds that could not be read: all are counted, the first few told. Thread safe. */
final class RefusedLines {
  /** Enough to see a pattern. */
  static final int TOLD_MAX = 10;

  private final Console console;
  private long count;

  RefusedLines(Console console) {
    this.console = console;
  }

  synchronized void add(String file, long line, Rejected rejected) {
    if (count++ < TOLD_MAX) {
      String position = rejected.position() < 0 ? "" : " at byte " + rejected.position();
      console.warn(file + ": line " + line + position + ": " + rejected.detail());
    } else if (count == TOLD_MAX + 1) {
      console.warn("further lines that cannot be read are counted only");
    }
  }

  synchronized long count() {
    return count;
  }
}

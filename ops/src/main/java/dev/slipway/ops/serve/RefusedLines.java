package dev.slipway.ops.serve;

import dev.slipway.ingest.feed.Rejected;
import java.io.PrintWriter;

/** Lines of feeds that could not be read: all are counted, the first few told. Thread safe. */
final class RefusedLines {
  /** Enough to see a pattern. */
  static final int TOLD_MAX = 10;

  private final PrintWriter err;
  private long count;

  RefusedLines(PrintWriter err) {
    this.err = err;
  }

  synchronized void add(String file, long line, Rejected rejected) {
    if (count++ < TOLD_MAX) {
      String position = rejected.position() < 0 ? "" : " at byte " + rejected.position();
      err.println(file + ": line " + line + position + ": " + rejected.detail());
    } else if (count == TOLD_MAX + 1) {
      err.println("further lines that cannot be read are counted only");
    }
    err.flush();
  }

  synchronized long count() {
    return count;
  }
}

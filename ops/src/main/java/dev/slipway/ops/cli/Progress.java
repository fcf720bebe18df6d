package dev.slipway.ops.cli;

import java.io.PrintWriter;

/**
 * One line on stderr that tells how far a run is. Stays silent for the first second, and altogether
 * where stderr is no terminal.
 */
final class Progress implements AutoCloseable {
  private static final long FIRST_NANOS = 1_000_000_000L;
  private static final long NEXT_NANOS = 200_000_000L;
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean terminal = Terminal.stderrIsTerminal();
  private long due = System.nanoTime() + FIRST_NANOS;
  private boolean shown;

  Progress(PrintWriter err) {
    this.err = err;
  }

  void show(String text) {
    long now = System.nanoTime();
    if (terminal && now - due >= 0) {
      due = now + NEXT_NANOS;
      shown = true;
      err.print(CLEAR + text);
      err.flush();
    }
  }

  /** Takes the line off the screen. */
  void clear() {
    if (shown) {
      shown = false;
      err.print(CLEAR);
      err.flush();
    }
  }

  @Override
  public void close() {
    clear();
  }
}

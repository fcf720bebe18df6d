package dev.slipway.ops.cli;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the standard streams are connected to. */
final class Terminal {
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int NARROWEST = 40;

  private Terminal() {}

  static boolean stdoutIsTerminal() {
    return isTerminal(STDOUT);
  }

  static boolean stderrIsTerminal() {
    return isTerminal(STDERR);
  }

  /** Stdout is a terminal and nobody asked for plain text. */
  static boolean printsColour() {
    String noColour = System.getenv("NO_COLOR");
    return (noColour == null || noColour.isEmpty())
        && !"dumb".equals(System.getenv("TERM"))
        && isTerminal(STDOUT);
  }

  /** Stdout is written in a character set that has block characters. */
  static boolean printsUnicode() {
    String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding", ""));
    try {
      return Charset.forName(name).newEncoder().canEncode("█░✓");
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Columns of the terminal as the shell told, else as given. */
  static int columns(int otherwise) {
    String columns = System.getenv("COLUMNS");
    try {
      return columns == null ? otherwise : Math.max(NARROWEST, Integer.parseInt(columns));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /** The JDK only knows about stdin and stdout together; Linux tells more. */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return System.console() != null;
    }
  }
}

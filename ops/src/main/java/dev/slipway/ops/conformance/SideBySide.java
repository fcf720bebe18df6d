package dev.slipway.ops.conformance;

import dev.slipway.ops.conformance.ConformanceReport.Difference;
import dev.slipway.ops.conformance.ConformanceReport.Row;
import java.io.PrintWriter;
import java.util.List;

/**
 * Prints differences as two columns, expected and actual, with a mark on each line that differs.
 */
final class SideBySide {
  private static final int MAX_COLUMN = 100;
  private static final int LOOK_AHEAD = 6;

  private final PrintWriter out;

  SideBySide(PrintWriter out) {
    this.out = out;
  }

  void print(Row row) {
    for (Difference difference : row.differences()) {
      out.println();
      out.println(row.name() + "  " + difference.id() + "  (expected | actual)");
      columns(difference.expected().lines().toList(), difference.actual().lines().toList());
    }
  }

  private void columns(List<String> expected, List<String> actual) {
    int width = expected.stream().mapToInt(String::length).max().orElse(0);
    width = Math.max(8, Math.min(width, MAX_COLUMN));
    int e = 0;
    int a = 0;
    while (e < expected.size() || a < actual.size()) {
      if (e == expected.size()) {
        line('>', "", actual.get(a++), width);
      } else if (a == actual.size()) {
        line('<', expected.get(e++), "", width);
      } else if (expected.get(e).equals(actual.get(a))) {
        line(' ', expected.get(e++), actual.get(a++), width);
      } else if (ahead(actual, a, expected.get(e)) && !ahead(expected, e, actual.get(a))) {
        line('>', "", actual.get(a++), width);
      } else if (ahead(expected, e, actual.get(a))) {
        line('<', expected.get(e++), "", width);
      } else {
        line('!', expected.get(e++), actual.get(a++), width);
      }
    }
  }

  private static boolean ahead(List<String> lines, int from, String wanted) {
    int end = Math.min(lines.size(), from + LOOK_AHEAD);
    return lines.subList(from, end).contains(wanted);
  }

  /** One line; an expected text wider than its column pushes the other one to a line of its own. */
  private void line(char mark, String expected, String actual, int width) {
    if (expected.length() <= width) {
      out.printf("%c %-" + width + "s | %s%n", mark, expected, actual);
    } else {
      out.printf("%c %s%n  %-" + width + "s | %s%n", mark, expected, "", actual);
    }
  }
}

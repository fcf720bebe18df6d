package dev.slipway.tests.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of cases as aligned text. Cells are parted by bars outside of brackets; a line whose
 * first cell is empty continues the row above; lines that begin with {@code #} are comments.
 */
final class ScenarioTable {
  private static final int CELLS = 6;

  /** One case; {@code place} is where it stands. */
  record Row(
      String id,
      List<String> rules,
      String pod,
      String given,
      String expected,
      String from,
      String place) {}

  private ScenarioTable() {}

  /** The rows of a file in {@code scenarios/}, in their order. */
  static List<Row> read(String name) {
    List<Row> rows = new ArrayList<>();
    List<String> lines = lines("/scenarios/" + name);
    String[] cells = new String[0];
    int first = 0;
    for (int n = 0; n < lines.size(); n++) {
      String line = lines.get(n);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] next = cells(line, name, n + 1);
      if (next[0].isEmpty() && cells.length > 0) {
        append(cells, next);
      } else {
        add(rows, cells, name, first);
        cells = next;
        first = n + 1;
      }
    }
    add(rows, cells, name, first);
    return rows;
  }

  /** The lines of a text resource. */
  static List<String> lines(String resource) {
    try (InputStream in = ScenarioTable.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no such resource: " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(List<Row> rows, String[] cells, String name, int line) {
    if (cells.length > 0) {
      rows.add(
          new Row(
              cells[0],
              List.of(cells[1].split(" +")),
              cells[2],
              cells[3],
              cells[4],
              cells[5],
              name + ":" + line));
    }
  }

  private static void append(String[] cells, String[] next) {
    for (int k = 0; k < CELLS; k++) {
      cells[k] = (cells[k] + " " + next[k]).strip();
    }
  }

  private static String[] cells(String line, String name, int number) {
    List<String> cells = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int k = 0; k < line.length(); k++) {
      char ch = line.charAt(k);
      depth += ch == '[' ? 1 : ch == ']' ? -1 : 0;
      if (ch == '|' && depth == 0) {
        cells.add(line.substring(from, k).strip());
        from = k + 1;
      }
    }
    cells.add(line.substring(from).strip());
    while (cells.size() < CELLS) {
      cells.add("");
    }
    if (cells.size() > CELLS || depth != 0) {
      throw new IllegalArgumentException(
          "a row has " + CELLS + " cells and closed brackets: " + name + ":" + number);
    }
    return cells.toArray(String[]::new);
  }
}

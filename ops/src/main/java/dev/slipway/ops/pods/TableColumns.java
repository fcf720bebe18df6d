package dev.slipway.ops.pods;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws rows under each other, as wide as they have been so far: the first table decides, a wider
 * cell that comes later widens its column from then on, as with kubectl's watches.
 */
public final class TableColumns {
  private static final String GAP = "   ";

  private final List<Integer> widths = new ArrayList<>();

  /** The lines of those rows. */
  public List<String> draw(List<List<String>> rows) {
    for (List<String> row : rows) {
      for (int k = 0; k < row.size(); k++) {
        if (k == widths.size()) {
          widths.add(0);
        }
        widths.set(k, Math.max(widths.get(k), row.get(k).length()));
      }
    }
    return rows.stream().map(this::line).toList();
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int k = 0; k < row.size(); k++) {
      String cell = row.get(k);
      line.append(cell);
      if (k < row.size() - 1) {
        line.append(" ".repeat(widths.get(k) - cell.length())).append(GAP);
      }
    }
    return line.toString();
  }
}

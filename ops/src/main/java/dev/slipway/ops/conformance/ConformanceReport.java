package dev.slipway.ops.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run found: one row per file, or per theme of a file, in the order of the files. */
public record ConformanceReport(List<Row> rows) {
  public ConformanceReport {
    rows = List.copyOf(rows);
  }

  /** A case whose answers differ. */
  public record Difference(String id, String expected, String actual) {}

  /** The counts of one row and the first differences, as many as were asked for. */
  public record Row(
      String name,
      int cases,
      int passed,
      int failed,
      int unsupported,
      List<Difference> differences,
      Map<String, Integer> reasons) {
    public Row {
      differences = List.copyOf(differences);
      reasons = new LinkedHashMap<>(reasons);
    }
  }

  /** The sum of all rows. */
  public Row total() {
    int cases = 0;
    int passed = 0;
    int failed = 0;
    int unsupported = 0;
    for (Row row : rows) {
      cases += row.cases();
      passed += row.passed();
      failed += row.failed();
      unsupported += row.unsupported();
    }
    return new Row("total", cases, passed, failed, unsupported, List.of(), Map.of());
  }

  /** Counts verdicts of one row. */
  static final class Counter {
    private static final int MAX_REASONS = 20;

    private final String name;
    private final int keep;
    private final List<Difference> differences = new ArrayList<>();
    private final Map<String, Integer> reasons = new LinkedHashMap<>();
    private int passed;
    private int failed;
    private int unsupported;

    Counter(String name, int keep) {
      this.name = name;
      this.keep = keep;
    }

    void add(String id, Verdict verdict) {
      switch (verdict) {
        case Verdict.Passed() -> passed++;
        case Verdict.Failed(String expected, String actual) -> {
          failed++;
          if (differences.size() < keep) {
            differences.add(new Difference(id, expected, actual));
          }
        }
        case Verdict.Unsupported(String why) -> {
          unsupported++;
          if (reasons.size() < MAX_REASONS || reasons.containsKey(why)) {
            reasons.merge(why, 1, Integer::sum);
          }
        }
      }
    }

    Row row() {
      return new Row(
          name, passed + failed + unsupported, passed, failed, unsupported, differences, reasons);
    }
  }
}

package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ops.conformance.ConformanceReport.Row;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Prints a report as a table or as JSON. */
final class ReportPrinter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> HEAD =
      List.of("FILE", "CASES", "PASSED", "FAILED", "NOT SUPPORTED YET");

  private ReportPrinter() {}

  static void table(ConformanceReport report, PrintWriter out) {
    Row total = report.total();
    int width = Math.max(HEAD.getFirst().length(), total.name().length());
    for (Row row : report.rows()) {
      width = Math.max(width, row.name().length());
    }
    String head = "%-" + width + "s  %8s  %8s  %8s  %17s%n";
    String line = "%-" + width + "s  %8d  %8d  %8d  %17d%n";
    out.printf(head, HEAD.toArray());
    report.rows().forEach(row -> tableRow(row, line, out));
    tableRow(total, line, out);
  }

  private static void tableRow(Row row, String format, PrintWriter out) {
    out.printf(format, row.name(), row.cases(), row.passed(), row.failed(), row.unsupported());
  }

  /** {@code {"files":[{"name","cases","passed","failed","unsupported"}],"cases",...}}. */
  static void json(ConformanceReport report, PrintWriter out) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    var files = root.putArray("files");
    report.rows().forEach(row -> counts(files.addObject().put("name", row.name()), row));
    counts(root, report.total());
    out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root));
  }

  private static void counts(ObjectNode node, Row row) {
    node.put("cases", row.cases())
        .put("passed", row.passed())
        .put("failed", row.failed())
        .put("unsupported", row.unsupported());
  }
}

package dev.slipway.ingest.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Tables with a header line: openb's pods and nodes, and plain ones with columns by name. */
final class Tables {
  private static final Set<String> OPENB_NODES = Set.of("sn", "cpu_milli", "memory_mib");
  private static final Set<String> OPENB_PODS =
      Set.of("name", "cpu_milli", "memory_mib", "creation_time", "deletion_time");
  private static final Set<String> SURF = Set.of("submission_time", "duration", "cpu_count");

  private static final ObjectReader READER =
      new CsvMapper()
          .enable(CsvParser.Feature.TRIM_SPACES)
          .readerForMapOf(String.class)
          .with(CsvSchema.emptySchema().withHeader());

  private Tables() {}

  /** True if the text begins with a line of column names. */
  static boolean isTable(String text) {
    Set<String> columns = columns(text);
    return columns.containsAll(OPENB_NODES)
        || columns.containsAll(OPENB_PODS)
        || columns.containsAll(SURF)
        || columns.contains("name") && columns.contains("cpu");
  }

  private static Set<String> columns(String text) {
    String header = text.lines().findFirst().orElse("");
    return Arrays.stream(header.split(",", -1)).map(String::strip).collect(Collectors.toSet());
  }

  static void read(String text, TraceBuilder out) throws IOException {
    List<Row> rows = rows(text, out);
    Set<String> columns = columns(text);
    if (columns.containsAll(OPENB_NODES)) {
      OpenbTable.nodes(rows, out);
    } else if (columns.containsAll(OPENB_PODS)) {
      OpenbTable.pods(rows, out);
    } else if (columns.containsAll(SURF)) {
      PlainTable.tasks(rows, out);
    } else if (columns.contains("arrival")) {
      PlainTable.pods(rows, columns, out);
    } else {
      PlainTable.nodes(rows, columns, out);
    }
  }

  private static List<Row> rows(String text, TraceBuilder out) throws IOException {
    var rows = new java.util.ArrayList<Row>();
    try (MappingIterator<Map<String, String>> lines = READER.readValues(text)) {
      int line = 2;
      while (lines.hasNextValue()) {
        rows.add(new Row(lines.nextValue(), line++, out));
      }
    } catch (JsonProcessingException e) {
      out.problem("line " + (rows.size() + 2), e.getOriginalMessage());
    }
    return rows;
  }
}

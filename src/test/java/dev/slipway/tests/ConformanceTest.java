package dev.slipway.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ops.conformance.Conformance;
import dev.slipway.ops.conformance.ConformanceReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The recorded answers of Kubernetes that travel with the project, and, where the whole collection
 * lies beside it, all of them: no row may pass fewer cases than it did. The floors are in {@code
 * conformance/*.tsv}; {@code -Dfloor=write} raises them.
 */
final class ConformanceTest {
  private static final Path ALL = Checkout.root().resolve("../shared/oracle").normalize();

  @Test
  void theShippedAnswersAgreeAtLeastAsOftenAsBefore() throws IOException {
    Path shipped = Checkout.root().resolve("ops/src/main/resources/conformance");
    check(shipped, "shipped.tsv");
  }

  @Test
  void allRecordedAnswersAgreeAtLeastAsOftenAsBefore() throws IOException {
    if (!Files.isDirectory(ALL)) {
      System.out.println("no recorded answers beside the project (../shared/oracle): skipped");
      return;
    }
    check(ALL, "all.tsv");
  }

  private static void check(Path vectors, String floorFile) throws IOException {
    PrintWriter silent = new PrintWriter(Writer.nullWriter());
    var conformance = new Conformance(Checkout.root(), silent, silent, _ -> {});
    ConformanceReport report =
        conformance.run(
            new Conformance.Request(vectors, List.of(), null, 0, Conformance.Format.TABLE));
    Path file = Checkout.root().resolve("src/test/resources/conformance").resolve(floorFile);
    if ("write".equals(System.getProperty("floor"))) {
      write(file, report);
    }
    Map<String, Integer> floors = read(file);
    List<String> fallen = new ArrayList<>();
    Map<String, Integer> passed =
        report.rows().stream()
            .collect(Collectors.toMap(ConformanceReport.Row::name, ConformanceReport.Row::passed));
    floors.forEach((name, floor) -> {
      int now = passed.getOrDefault(name, 0);
      if (now < floor) {
        fallen.add(name + ": " + now + " of at least " + floor);
      }
    });
    ConformanceReport.Row total = report.total();
    System.out.println(
        floorFile
            + ": "
            + total.passed()
            + " of "
            + total.cases()
            + " recorded answers agree, "
            + total.failed()
            + " differ, "
            + total.unsupported()
            + " not supported yet");
    assertThat(floors).isNotEmpty();
    assertThat(fallen).isEmpty();
  }

  private static Map<String, Integer> read(Path file) throws IOException {
    Map<String, Integer> floors = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] fields = line.split("\t");
      floors.put(fields[0], Integer.valueOf(fields[1]));
    }
    return floors;
  }

  private static void write(Path file, ConformanceReport report) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, report.rows().stream().map(row -> row.name() + "\t" + row.passed()).toList());
  }
}

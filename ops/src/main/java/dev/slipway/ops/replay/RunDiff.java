package dev.slipway.ops.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Two run directories side by side: figures of the variants both have, then their tables. */
public final class RunDiff {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TABLES = List.of("timeseries.csv", "pods.csv", "latency.csv");

  /**
   * One figure that is not the same.
   *
   * @param before NaN where the first run has no such figure
   * @param after NaN where the second run has none
   */
  public record Figure(String variant, String name, double before, double after) {}

  /**
   * What is different.
   *
   * @param figures by variant, in the order of the first run
   * @param notes variants that only one run has, tables that differ, inputs that differ
   */
  public record Result(List<Figure> figures, List<String> notes) {
    public Result {
      figures = List.copyOf(figures);
      notes = List.copyOf(notes);
    }

    public boolean same() {
      return figures.isEmpty() && notes.isEmpty();
    }
  }

  private final Path first;
  private final Path second;
  private final double tolerance;
  private final List<Figure> figures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private RunDiff(Path first, Path second, double tolerance) {
    this.first = first;
    this.second = second;
    this.tolerance = tolerance;
  }

  /**
   * Compares two runs.
   *
   * @param tolerance figures that differ by no more than this part of the first are the same; with
   *     one above 0 tables are not compared
   */
  public static Result of(Path first, Path second, double tolerance) throws IOException {
    return new RunDiff(first, second, tolerance).compare();
  }

  private Result compare() throws IOException {
    JsonNode before = JSON.readTree(Files.readString(first.resolve("summary.json")));
    JsonNode after = JSON.readTree(Files.readString(second.resolve("summary.json")));
    manifests();
    if (before.size() == 1 && after.size() == 1) {
      // Two runs of one variant each are compared whatever their names.
      variant(before.fieldNames().next(), before.iterator().next(), after.iterator().next());
      tables(before.fieldNames().next(), after.fieldNames().next());
      return new Result(figures, notes);
    }
    Set<String> names = names(before, after);
    for (String name : names) {
      if (!before.has(name) || !after.has(name)) {
        notes.add("variant " + name + " only in " + (before.has(name) ? first : second));
      } else {
        variant(name, before.get(name), after.get(name));
        tables(name, name);
      }
    }
    return new Result(figures, notes);
  }

  private static Set<String> names(JsonNode before, JsonNode after) {
    Set<String> names = new LinkedHashSet<>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private void manifests() throws IOException {
    JsonNode before = JSON.readTree(Files.readString(first.resolve("manifest.json")));
    JsonNode after = JSON.readTree(Files.readString(second.resolve("manifest.json")));
    for (String field : List.of("slipway", "seed", "kubernetes", "options")) {
      if (!before.path(field).equals(after.path(field))) {
        notes.add(field + ": " + before.path(field) + " and " + after.path(field));
      }
    }
    Set<String> hashes = new TreeSet<>();
    Set<String> others = new TreeSet<>();
    before.path("inputs").forEach(hash -> hashes.add(hash.asText()));
    after.path("inputs").forEach(hash -> others.add(hash.asText()));
    if (!hashes.equals(others)) {
      notes.add("the inputs are not the same files");
    }
  }

  private void variant(String variant, JsonNode before, JsonNode after) {
    for (String name : names(before, after)) {
      double one = before.path(name).asDouble(Double.NaN);
      double other = after.path(name).asDouble(Double.NaN);
      if (!close(one, other)) {
        figures.add(new Figure(variant, name, one, other));
      }
    }
  }

  private boolean close(double one, double other) {
    return one == other || Math.abs(one - other) <= tolerance * Math.abs(one);
  }

  private void tables(String before, String after) throws IOException {
    for (String table : TABLES) {
      Path one = first.resolve(before).resolve(table);
      Path other = second.resolve(after).resolve(table);
      if (tolerance == 0 && Files.mismatch(one, other) >= 0) {
        notes.add(before + "/" + table + " differs");
      }
    }
  }
}

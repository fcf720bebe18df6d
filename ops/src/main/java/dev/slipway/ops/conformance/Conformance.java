package dev.slipway.ops.conformance;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Holds this build against recorded answers and prints what came of it. */
public final class Conformance {
  private static final Path USUAL_VECTORS = Path.of("..", "shared", "oracle");
  private static final String DATA_BESIDE_VECTORS = "data";

  /** How a report is printed. */
  public enum Format {
    TABLE,
    JSON
  }

  /**
   * What was asked for.
   *
   * @param vectors folder of the recorded cases; null for the usual one, else the shipped ones
   * @param data folders of the files that cases name; empty for the one beside the vectors
   * @param only part of the names of the rows wanted; null for all
   * @param show how many differences of each row are printed
   */
  public record Request(
      @Nullable Path vectors, List<Path> data, @Nullable String only, int show, Format format) {
    public Request {
      data = List.copyOf(data);
    }
  }

  private final Path home;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Consumer<String> progress;

  /**
   * Prepares for a project.
   *
   * @param home the project's root folder, which the usual folders are relative to
   * @param progress told from time to time how far a run is
   */
  public Conformance(Path home, PrintWriter out, PrintWriter err, Consumer<String> progress) {
    this.home = home;
    this.out = out;
    this.err = err;
    this.progress = progress;
  }

  /** Runs and prints; the report tells whether anything failed, or fitted at all. */
  public ConformanceReport run(Request request) throws IOException {
    Path vectors = vectors(request);
    List<VectorFile> files = vectors == null ? VectorFiles.shipped() : VectorFiles.below(vectors);
    var data = new DataFolders(data(request, vectors));
    var run = new ConformanceRun(Checks.all(), data, request.only(), request.show(), progress);
    ConformanceReport report = run.run(files);
    if (!report.rows().isEmpty()) {
      print(request, report);
    }
    return report;
  }

  /** Writes the sample that builds ship, taken from the vectors of the request. */
  public void writeSample(Request request, Path target) throws IOException {
    Path vectors = vectors(request);
    if (vectors == null) {
      throw new NotDirectoryException(home.resolve(USUAL_VECTORS).toString());
    }
    new SampleWriter(target).write(VectorFiles.below(vectors));
  }

  private @Nullable Path vectors(Request request) throws IOException {
    Path usual = home.resolve(USUAL_VECTORS).normalize();
    Path given = request.vectors();
    if (given == null) {
      return Files.isDirectory(usual) ? usual : null;
    }
    return folder(given);
  }

  private static List<Path> data(Request request, @Nullable Path vectors) throws IOException {
    var folders = new ArrayList<Path>();
    for (Path given : request.data()) {
      folders.add(folder(given));
    }
    if (folders.isEmpty() && vectors != null) {
      folders.add(vectors.toAbsolutePath().normalize().resolveSibling(DATA_BESIDE_VECTORS));
    }
    return folders;
  }

  private static Path folder(Path path) throws NotDirectoryException {
    if (!Files.isDirectory(path)) {
      throw new NotDirectoryException(path.toString());
    }
    return path;
  }

  private void print(Request request, ConformanceReport report) throws IOException {
    switch (request.format()) {
      case TABLE -> {
        ReportPrinter.table(report, out);
        report.rows().forEach(new SideBySide(out)::print);
      }
      case JSON -> {
        ReportPrinter.json(report, out);
        report.rows().forEach(new SideBySide(err)::print);
      }
    }
    out.flush();
    err.flush();
  }
}

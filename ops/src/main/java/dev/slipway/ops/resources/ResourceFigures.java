package dev.slipway.ops.resources;

import dev.slipway.ingest.manifest.ManifestResult;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Works out and prints the figures of everything that carries pods. */
public final class ResourceFigures {
  /** What is printed. */
  public enum Format {
    TABLE,
    WIDE,
    JSON,
    CSV
  }

  /**
   * What to count and how to print it.
   *
   * @param namespace of what names none; null: default
   * @param nodeMemory bytes of the machine, for oom_score_adj
   * @param quiet without the lines at the end
   */
  public record Request(
      ManifestResult manifests,
      @Nullable String namespace,
      long nodeMemory,
      Format format,
      boolean quiet) {}

  private ResourceFigures() {}

  /** Prints the report; true if nothing was wrong with the input. */
  public static boolean print(Request request, PrintWriter out, PrintWriter err) {
    ResourceReport report =
        new PodIntake(request.namespace(), request.nodeMemory()).report(request.manifests());
    var text = new ReportText(report, request.format() == Format.WIDE);
    switch (request.format()) {
      case TABLE, WIDE -> text.lines(!request.quiet()).forEach(out::println);
      case JSON -> out.println(ReportJson.text(report));
      case CSV -> new ReportCsv(report).lines().forEach(out::println);
    }
    report.problems().forEach(err::println);
    if (!request.quiet() && (request.format() == Format.JSON || request.format() == Format.CSV)) {
      text.summary().forEach(err::println);
    }
    out.flush();
    err.flush();
    return report.problems().isEmpty();
  }
}

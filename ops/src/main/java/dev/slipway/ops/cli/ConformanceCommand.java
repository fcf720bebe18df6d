package dev.slipway.ops.cli;

import dev.slipway.ops.conformance.Conformance;
import dev.slipway.ops.conformance.Conformance.Request;
import dev.slipway.ops.conformance.ConformanceReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slipway conformance}: this build against the recorded answers of Kubernetes. */
@Command(
    name = "conformance",
    mixinStandardHelpOptions = true,
    description = "Holds this build against the recorded answers of Kubernetes.",
    footer = {
      "",
      "Exit code: 0 nothing failed, 1 something failed, 2 wrong usage.",
      "Cases without a check in this build are counted as not supported yet."
    })
final class ConformanceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ProgressOptions progressOptions;

  @Option(
      names = "--vectors",
      paramLabel = "DIR",
      description =
          "Folder of the recorded cases (default: ../shared/oracle beside the project, else the"
              + " small set inside the build).")
  private @Nullable Path vectors;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder in which files named by cases are looked for; may be given several times"
              + " (default: data beside the folder of the cases).")
  private List<Path> data = new ArrayList<>();

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "Only rows whose name contains NAME, such as api/ or trace/trace#start.")
  private @Nullable String only;

  @Option(
      names = "--show",
      paramLabel = "N",
      defaultValue = "0",
      description = "Print the first N differences of each row side by side.")
  private int show;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      defaultValue = "table",
      description = "Form of the report: table or json (differences then go to stderr).")
  private Conformance.Format format;

  @Option(
      names = "--sample",
      hidden = true,
      paramLabel = "DIR",
      description = "Write the small set of cases that builds ship to DIR, and run nothing.")
  private @Nullable Path sample;

  @Override
  public Integer call() {
    if (show < 0) {
      throw new ParameterException(spec.commandLine(), "--show: must not be negative: " + show);
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    var request = new Request(vectors, data, only, show, format);
    try (var progress = progressOptions.open()) {
      var conformance = new Conformance(Home.folder(), out, err, progressOptions.teller(progress));
      if (sample != null) {
        conformance.writeSample(request, sample);
        return 0;
      }
      return exitCode(conformance.run(request));
    } catch (NotDirectoryException e) {
      throw new ParameterException(spec.commandLine(), "no such folder: " + e.getMessage());
    } catch (IOException e) {
      err.println("cannot read the recorded cases: " + e);
      return CommandLine.ExitCode.USAGE;
    }
  }

  private int exitCode(ConformanceReport report) {
    if (report.rows().isEmpty()) {
      throw new ParameterException(spec.commandLine(), "no recorded case fits what was asked for");
    }
    return report.total().failed() == 0 ? 0 : 1;
  }
}

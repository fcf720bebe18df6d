package dev.slipway.ops.cli;

import dev.slipway.ingest.defaults.ApiGates;
import dev.slipway.ingest.manifest.ManifestReader;
import dev.slipway.ingest.manifest.ManifestResult;
import dev.slipway.ingest.manifest.PodSource;
import dev.slipway.ingest.manifest.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reads what {@code -f} names. */
final class Inputs {
  private static final String STDIN = "-";

  private Inputs() {}

  /** All files, folders and stdin together; what cannot be opened is wrong usage of the command. */
  static ManifestResult read(List<String> files, CommandSpec command) {
    return read(files, ApiGates.DEFAULT, command);
  }

  /** The same as an API server with those gates reads them. */
  static ManifestResult read(List<String> files, ApiGates gates, CommandSpec command) {
    List<PodSource> pods = new ArrayList<>();
    TreeMap<String, Integer> passedOver = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    for (String file : files) {
      ManifestResult result = read(file, gates, command);
      pods.addAll(result.pods());
      result.passedOver().forEach((kind, count) -> passedOver.merge(kind, count, Integer::sum));
      problems.addAll(result.problems());
    }
    return new ManifestResult(pods, passedOver, problems);
  }

  private static ManifestResult read(String file, ApiGates gates, CommandSpec command) {
    ManifestReader reader = ManifestReader.strict().with(gates);
    try {
      if (file.equals(STDIN)) {
        return reader.read("stdin", System.in);
      }
      if (!Files.exists(Path.of(file))) {
        throw usage(command, "-f: no such file or folder: " + file);
      }
      return reader.read(Path.of(file));
    } catch (IOException e) {
      throw usage(command, "-f: cannot read " + file + ": " + e);
    }
  }

  private static ParameterException usage(CommandSpec command, String text) {
    return new ParameterException(command.commandLine(), text);
  }
}

package dev.slipway.ops.cli;

import dev.slipway.engine.runtime.Behavior;
import dev.slipway.ingest.behavior.BehaviorReader;
import dev.slipway.ingest.manifest.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --behavior} of commands that run pods on the runtime model. */
final class BehaviorOption {
  @Option(
      names = "--behavior",
      paramLabel = "FILE",
      description = "How images, processes, hooks and probes behave; see docs/behavior.md.")
  private @Nullable Path file;

  /** The file, null if none was given. */
  @Nullable Path file() {
    return file;
  }

  /** Reads it over the default behavior; what is wrong in it is added to the problems. */
  Behavior read(List<Problem> problems) throws IOException {
    Path given = file;
    if (given == null) {
      return Behavior.DEFAULT;
    }
    BehaviorReader.Result result = BehaviorReader.read(given.toString(), Files.readString(given));
    problems.addAll(result.problems());
    return Behavior.DEFAULT.with(result.rules());
  }
}

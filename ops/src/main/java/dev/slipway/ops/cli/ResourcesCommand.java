package dev.slipway.ops.cli;

import dev.slipway.engine.api.Quantity;
import dev.slipway.ingest.manifest.ManifestResult;
import dev.slipway.ops.resources.ResourceFigures;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slipway resources}: what many pods request, by the rules and by plain arithmetic. */
@Command(
    name = "resources",
    mixinStandardHelpOptions = true,
    description = "Shows effective requests and limits, QoS classes and totals of many pods.",
    footer = {
      "",
      "Pods of a cluster (lists, arrays, watch streams) and manifests of any workload.",
      "Exit code: 0 fine, 2 wrong usage or some input was invalid (the rest is still shown)."
    })
final class ResourcesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ManifestOptions input;

  @Mixin private ProgressOptions progressOptions;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|wide|json|csv",
      defaultValue = "table",
      description = "Form of the output (default: ${DEFAULT-VALUE}).")
  private ResourceFigures.Format format;

  @Option(
      names = "--node-memory",
      paramLabel = "AMOUNT",
      defaultValue = "16Gi",
      description = "Memory of the machine, for oom_score_adj (default: ${DEFAULT-VALUE}).")
  private String nodeMemory;

  @Override
  public Integer call() {
    long memory = nodeMemory();
    try (var progress = progressOptions.open()) {
      progressOptions.teller(progress).accept("reading");
      ManifestResult manifests = input.read();
      progress.clear();
      var request =
          new ResourceFigures.Request(
              manifests, input.namespace(), memory, format, progressOptions.quiet());
      boolean fine =
          ResourceFigures.print(request, spec.commandLine().getOut(), spec.commandLine().getErr());
      return fine ? CommandLine.ExitCode.OK : CommandLine.ExitCode.USAGE;
    }
  }

  private long nodeMemory() {
    try {
      long bytes = Quantity.parse(nodeMemory).value();
      if (bytes > 0) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw usage("--node-memory: " + e.getMessage());
    }
    throw usage("--node-memory: must be more than nothing: " + nodeMemory);
  }

  private ParameterException usage(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}

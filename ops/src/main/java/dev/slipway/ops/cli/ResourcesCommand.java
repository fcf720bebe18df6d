package dev.slipway.ops.cli;

import dev.slipway.engine.api.Quantity;
import dev.slipway.ingest.manifest.ManifestResult;
import dev.slipway.ops.resources.ResourceFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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

  @Option(
      names = {"-f", "--filename"},
      required = true,
      paramLabel = "FILE|DIR|-",
      description = "Pods and manifests, YAML or JSON, plain or gzip; may be given several times.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Namespace of what names none (default: default).")
  private @Nullable String namespace;

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

  @Option(names = "--quiet", description = "No progress, no lines at the end.")
  private boolean quiet;

  @Override
  public Integer call() {
    long memory = nodeMemory();
    try (var progress = new Progress(spec.commandLine().getErr())) {
      if (!quiet) {
        progress.show("reading");
      }
      ManifestResult manifests = Inputs.read(files, spec);
      if (manifests.pods().isEmpty() && manifests.problems().isEmpty()) {
        throw usage("-f: nothing with pods in " + String.join(", ", files));
      }
      progress.clear();
      var request = new ResourceFigures.Request(manifests, namespace, memory, format, quiet);
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

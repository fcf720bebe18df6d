package dev.slipway.ops.cli;

import dev.slipway.ingest.defaults.ApiGates;
import dev.slipway.ingest.manifest.ManifestResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which manifests a command reads, as kubectl has it. */
final class ManifestOptions {
  @Spec(Target.MIXEE)
  private CommandSpec command;

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

  @Nullable String namespace() {
    return namespace;
  }

  /** Reads them; nothing with pods is wrong usage. */
  ManifestResult read() {
    return read(ApiGates.DEFAULT);
  }

  /** The same as an API server with those gates reads them. */
  ManifestResult read(ApiGates gates) {
    ManifestResult manifests = Inputs.read(files, gates, command);
    if (manifests.pods().isEmpty() && manifests.problems().isEmpty()) {
      throw new ParameterException(
          command.commandLine(), "-f: nothing with pods in " + String.join(", ", files));
    }
    return manifests;
  }
}

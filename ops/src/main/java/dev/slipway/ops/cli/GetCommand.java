package dev.slipway.ops.cli;

import dev.slipway.engine.api.Times;
import dev.slipway.ops.pods.PodClient;
import dev.slipway.ops.pods.PodLine;
import dev.slipway.ops.pods.StageLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code slipway get}: what a running slipway holds. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description =
        "Lists pods, nodes, namespaces or stage times of a running slipway (serve, demo).",
    footer = {
      "",
      "Tables of pods are those of kubectl get pods. Nodes and namespaces are shown with their pods"
          + " by phase and the effective requests of those that have not ended.",
      "-w prints what there is and then a row whenever a pod changes, until interrupted; nodes and"
          + " namespaces are looked at every second.",
      "Stages are the times from creation to scheduled, sandbox, the first start of each container,"
          + " initialized and ready, by workload, of serve --mode observe; NAME is a workload,"
          + " Deployment/web say.",
      "Exit code: 0 fine, 1 there is no such pod or nobody to ask, 2 wrong usage."
    })
final class GetCommand implements Callable<Integer> {
  /** What can be listed. */
  enum Resource {
    PODS("pod"),
    NODES("node"),
    NAMESPACES("namespace"),
    STAGES("stage");

    final String singular;

    Resource(String singular) {
      this.singular = singular;
    }

    String plural() {
      return singular + "s";
    }
  }

  /** How it is printed. */
  enum Format {
    TABLE,
    WIDE,
    JSON,
    YAML,
    CSV,
    NAME
  }

  /** kubectl's words. */
  static final class Words implements ITypeConverter<Resource> {
    @Override
    public Resource convert(String word) {
      return switch (word.toLowerCase(Locale.ROOT)) {
        case "pods", "pod", "po" -> Resource.PODS;
        case "nodes", "node", "no" -> Resource.NODES;
        case "namespaces", "namespace", "ns" -> Resource.NAMESPACES;
        case "stages", "stage" -> Resource.STAGES;
        default ->
            throw new TypeConversionException(
                "there are pods, nodes, namespaces and stages, not \"" + word + "\"");
      };
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "pods|nodes|namespaces|stages",
      converter = Words.class,
      description = "What to list.")
  private Resource resource;

  @Parameters(index = "1..*", paramLabel = "NAME", description = "Only these (default: all).")
  private List<String> names = new ArrayList<>();

  @Option(
      names = {"-n", "--namespace"},
      defaultValue = "default",
      description = "Namespace to list (default: ${DEFAULT-VALUE}).")
  private String namespace;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "List all namespaces.")
  private boolean all;

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "SELECTOR",
      defaultValue = "",
      description = "Pods with these labels: a=b, a!=b, a in (b,c), a notin (b), a, !a.")
  private String selector;

  @Option(
      names = {"-w", "--watch"},
      description = "After the list, a row whenever something changes.")
  private boolean watch;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|wide|json|yaml|csv|name",
      defaultValue = "table",
      description = "Form of the output (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Mixin private ServerOptions server;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    boolean tables = format == Format.TABLE || format == Format.WIDE || format == Format.NAME;
    if (watch && !tables) {
      throw new ParameterException(
          spec.commandLine(), "-w: prints rows only, not -o " + name(format));
    }
    try (PodClient client = new PodClient(server.address())) {
      return switch (resource) {
        case PODS -> pods(client);
        case NODES, NAMESPACES -> groups(client);
        case STAGES -> stages(client);
      };
    } catch (IOException e) {
      err.println(
          "slipway get: cannot ask for " + resource.plural() + ": " + ServerOptions.reason(e));
      err.flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private static String name(Format format) {
    return format.name().toLowerCase(Locale.ROOT);
  }

  private static long now() {
    return System.currentTimeMillis() * Times.MILLI;
  }

  // Pods.

  private int pods(PodClient client) throws IOException, InterruptedException {
    PodClient.Which which = new PodClient.Which(all ? "" : namespace, selector);
    PodPrinter printer = new PodPrinter(spec.commandLine().getOut(), format, all);
    Set<String> wanted = new HashSet<>(names);
    if (watch) {
      new PodWatchPrinter(printer, wanted).run(client, which);
      return CommandLine.ExitCode.OK;
    }
    if (format == Format.JSON || format == Format.YAML) {
      return new ObjectPrinter(spec.commandLine().getOut(), format, wanted).print(client, which);
    }
    List<PodLine> lines = client.pods(which);
    note(client);
    if (!wanted.isEmpty()) {
      lines = lines.stream().filter(line -> wanted.contains(line.name())).toList();
    }
    if (lines.isEmpty() && wanted.isEmpty()) {
      nothing();
    } else {
      printer.print(lines, now());
    }
    lines.forEach(line -> wanted.remove(line.name()));
    return missing(wanted);
  }

  private void note(PodClient client) {
    if (!client.note().isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("slipway get: " + client.note());
      err.flush();
    }
  }

  private int stages(PodClient client) throws IOException, InterruptedException {
    if (watch) {
      throw new ParameterException(spec.commandLine(), "-w: stages cannot be watched");
    }
    List<StageLine> lines = client.stages(all ? "" : namespace);
    if (!names.isEmpty()) {
      lines = lines.stream().filter(line -> names.contains(line.workload())).toList();
    }
    if (lines.isEmpty()) {
      nothing();
    } else {
      StagePrinter.print(spec.commandLine().getOut(), format, lines);
    }
    return CommandLine.ExitCode.OK;
  }

  private void nothing() {
    PrintWriter err = spec.commandLine().getErr();
    err.println(all ? "No resources found" : "No resources found in " + namespace + " namespace.");
    err.flush();
  }

  private int missing(Set<String> missing) {
    PrintWriter err = spec.commandLine().getErr();
    missing.stream()
        .sorted()
        .forEach(
            name -> err.println("Error from server (NotFound): pods \"" + name + "\" not found"));
    err.flush();
    return missing.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  // Nodes and namespaces.

  private int groups(PodClient client) throws IOException, InterruptedException {
    new GroupPrinter(spec.commandLine().getOut(), format, resource, Set.copyOf(names))
        .print(client, watch);
    return CommandLine.ExitCode.OK;
  }
}

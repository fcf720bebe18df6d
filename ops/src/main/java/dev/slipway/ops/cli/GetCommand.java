package dev.slipway.ops.cli;

import dev.slipway.engine.api.Times;
import dev.slipway.ops.pods.PodClient;
import dev.slipway.ops.pods.PodLine;
import dev.slipway.ops.pods.PodTable;
import dev.slipway.ops.pods.PortFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slipway get}: what a running slipway holds. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = "Lists the pods of a running slipway, such as slipway demo.")
final class GetCommand implements Callable<Integer> {
  /** What can be listed. */
  enum Resource {
    PODS
  }

  /** How it is printed. */
  enum Format {
    TABLE,
    WIDE,
    NAME
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "pods", description = "What to list.")
  private Resource resource;

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
      names = {"-o", "--output"},
      paramLabel = "table|wide|name",
      defaultValue = "table",
      description = "Form of the output (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "Where to ask (default: the slipway started last).")
  private @Nullable URI server;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      URI address = server != null ? server : PortFile.find().orElse(null);
      if (address == null) {
        err.println("no slipway is running: start one with slipway demo, or name it with --server");
        return CommandLine.ExitCode.SOFTWARE;
      }
      switch (resource) {
        case PODS -> print(PodClient.list(address, all ? "" : namespace));
      }
      return CommandLine.ExitCode.OK;
    } catch (IOException e) {
      err.println("cannot ask for pods: " + (e.getMessage() == null ? e : e.getMessage()));
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private void print(List<PodLine> pods) {
    PrintWriter out = spec.commandLine().getOut();
    if (pods.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              all ? "No resources found" : "No resources found in " + namespace + " namespace.");
    } else if (format == Format.NAME) {
      pods.forEach(pod -> out.println("pod/" + pod.name()));
    } else {
      long now = System.currentTimeMillis() * Times.MILLI;
      PodTable.draw(pods, all, format == Format.WIDE, now).forEach(out::println);
    }
    out.flush();
  }
}

package dev.slipway.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ops.pods.PodClient;
import dev.slipway.ops.pods.PodDescription;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slipway describe}: one pod of a running slipway. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = "Tells everything about one pod of a running slipway (serve or demo).",
    footer = {
      "",
      "What kubectl describe pod tells, then what the engine is at: the deadlines that wait, and"
          + " what is expected next. Events are the last 16384 of a shard, of all its pods"
          + " together.",
      "Exit code: 0 fine, 1 there is no such pod or nobody to ask, 2 wrong usage."
    })
final class DescribeCommand implements Callable<Integer> {
  /** What can be described. */
  enum Resource {
    POD,
    PODS,
    PO
  }

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "pod", description = "What to describe.")
  private Resource resource;

  @Parameters(index = "1", paramLabel = "NAME", description = "The pod's name.")
  private String name;

  @Option(
      names = {"-n", "--namespace"},
      defaultValue = "default",
      description = "The pod's namespace (default: ${DEFAULT-VALUE}).")
  private String namespace;

  @Mixin private ServerOptions server;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (PodClient client = new PodClient(server.address())) {
      JsonNode pod =
          switch (resource) {
            case POD, PODS, PO -> client.pod(namespace, name);
          };
      PodDescription.of(pod).forEach(out::println);
      out.flush();
      return CommandLine.ExitCode.OK;
    } catch (IOException e) {
      err.println("slipway describe: " + ServerOptions.reason(e));
      err.flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
  }
}

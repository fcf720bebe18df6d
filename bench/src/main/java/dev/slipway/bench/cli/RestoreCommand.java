package dev.slipway.bench.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.bench.kill.RestoreBench;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slipway bench restore}: the state of the service back from its changelog. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = "Measures how long the service takes to have its pods back from the changelog.")
final class RestoreCommand implements Callable<Integer> {
  private static final int PODS_MAX = 20_000_000;
  private static final int MANY = 1_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--pods",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Pods in the changelog (default: ${DEFAULT-VALUE}).")
  private int pods;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "8",
      description = "Partitions of the changelog (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "Threads of the service (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "json",
      description = "json: the figures as one JSON object.")
  private @Nullable String output;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check("--pods", pods, PODS_MAX);
    check("--partitions", partitions, MANY);
    check("--threads", threads, MANY);
    if (output != null && !output.equals("json")) {
      throw new ParameterException(spec.commandLine(), "-o: want json: " + output);
    }
    PrintWriter out = spec.commandLine().getOut();
    RestoreBench.Report report =
        RestoreBench.run(pods, partitions, threads, spec.commandLine().getErr());
    out.println(output == null ? text(report) : json(report));
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private void check(String option, int value, int max) {
    if (value < 1 || value > max) {
      throw new ParameterException(
          spec.commandLine(), option + ": must be from 1 to " + max + ": " + value);
    }
  }

  private static String text(RestoreBench.Report report) {
    return String.format(
        Locale.ROOT,
        "%,d pods (%,d bytes of snapshots) in %d partitions back after %.1f s with %d threads:"
            + " %,.0f pods/s, %,d B of heap a pod",
        report.pods(),
        report.bytes(),
        report.partitions(),
        report.seconds(),
        report.threads(),
        report.pods() / report.seconds(),
        report.heapPerPod());
  }

  private static String json(RestoreBench.Report report) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pods", report.pods());
    json.put("snapshotBytes", report.bytes());
    json.put("partitions", report.partitions());
    json.put("threads", report.threads());
    json.put("seconds", report.seconds());
    json.put("podsPerSecond", report.pods() / report.seconds());
    json.put("heapBytesPerPod", report.heapPerPod());
    return new ObjectMapper().writeValueAsString(json);
  }
}

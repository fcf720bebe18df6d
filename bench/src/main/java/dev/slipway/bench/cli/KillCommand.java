package dev.slipway.bench.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.bench.kill.KillBench;
import dev.slipway.bench.kill.KillOptions;
import dev.slipway.bench.kill.KillReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** {@code slipway bench kill}: the streaming service under SIGKILL. */
@Command(
    name = "kill",
    mixinStandardHelpOptions = true,
    description = "Kills the streaming service at random instants and compares what it wrote.",
    footer = {
      "",
      "A broker and the service run as processes of their own; a feed of pods that live in virtual"
          + " time is written meanwhile. The service is killed by SIGKILL and started again, the"
          + " broker too. Then an undisturbed service follows the same feed, and the committed"
          + " records of both are compared: streams record by record per pod, totals and state by"
          + " their last values.",
      "Exit code: 0 nothing lost, doubled or different, 1 otherwise."
    })
final class KillCommand implements Callable<Integer> {
  private static final int MANY = 100_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "30",
      description = "How often (default: ${DEFAULT-VALUE}).")
  private int kills;

  @Option(
      names = "--broker-restarts",
      paramLabel = "N",
      defaultValue = "2",
      description = "How often the broker is killed too (default: ${DEFAULT-VALUE}).")
  private int brokerRestarts;

  @Option(
      names = "--instances",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Services of one group at a time, of which one is killed (default: ${DEFAULT-VALUE}).")
  private int instances;

  @Option(
      names = "--pods",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Pods of the feed (default: ${DEFAULT-VALUE}).")
  private int pods;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description = "Partitions of the feed (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Root of everything drawn by chance (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the broker's data and the logs go (default: a temporary folder).")
  private @Nullable Path data;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "json",
      description = "json: the figures as one JSON object.")
  private @Nullable String output;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check("--kills", kills, 0);
    check("--broker-restarts", brokerRestarts, 0);
    check("--instances", instances, 1);
    check("--pods", pods, 1);
    check("--partitions", partitions, 1);
    if (output != null && !output.equals("json")) {
      throw usage("-o: want json: " + output);
    }
    Path folder = data != null ? data : Files.createTempDirectory("slipway-kill-");
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    err.println("data and logs: " + folder);
    KillReport report =
        KillBench.run(
            new KillOptions(kills, brokerRestarts, instances, pods, partitions, seed, folder), err);
    out.println(output == null ? text(report) : json(report));
    out.flush();
    return report.exact() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private void check(String option, int value, int min) {
    if (value < min || value > MANY) {
      throw usage(option + ": must be from " + min + " to " + MANY + ": " + value);
    }
  }

  private ParameterException usage(String text) {
    return new ParameterException(spec.commandLine(), text);
  }

  private static String text(KillReport report) {
    return String.format(
        Locale.ROOT,
        "kills %d (%d of a process that had committed), %d processes at a time, broker killed %d"
            + " times; feed %,d records;"
            + " outputs %,d, of them findings %,d; lost %,d, duplicated %,d, different %,d; %d s",
        report.kills(),
        report.working(),
        report.instances(),
        report.brokerRestarts(),
        report.fed(),
        report.records(),
        report.findings(),
        report.lost(),
        report.duplicated(),
        report.different(),
        report.seconds());
  }

  private static String json(KillReport report) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kills", report.kills());
    json.put("killsAfterACommit", report.working());
    json.put("brokerRestarts", report.brokerRestarts());
    json.put("instances", report.instances());
    json.put("feedRecords", report.fed());
    json.put("records", report.records());
    json.put("findings", report.findings());
    json.put("lost", report.lost());
    json.put("duplicated", report.duplicated());
    json.put("different", report.different());
    json.put("seconds", report.seconds());
    return new ObjectMapper().writeValueAsString(json);
  }
}

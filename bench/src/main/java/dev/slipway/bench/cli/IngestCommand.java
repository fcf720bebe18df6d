package dev.slipway.bench.cli;

import dev.slipway.bench.feed.IngestBench;
import dev.slipway.bench.feed.IngestReport;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slipway bench ingest}: how fast a feed is taken in. */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description = {
      "Reads one topic of watch records by a bare poll loop and by the whole way in, side by side,",
      "then some of the records in memory by the decoder and by fabric8's model."
    },
    footer = {
      "",
      "The broker runs in this process, its data in a temporary directory. The records are those of an API server,",
      "about 5 KB with managed fields, seven versions a pod. The best of the rounds counts. With the defaults it takes",
      "about a minute.",
      "",
      "Example: slipway bench ingest --records 200000 -o json"
    })
final class IngestCommand implements Callable<Integer> {
  private static final List<String> COMPRESSIONS = List.of("none", "gzip", "snappy", "lz4", "zstd");

  /** Forms of the output. */
  enum Output {
    text,
    json
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Records in the topic (default: ${DEFAULT-VALUE}, about 530 MB).")
  private int records;

  @Option(
      names = "--pods",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Pods alive side by side (default: ${DEFAULT-VALUE}).")
  private int pods;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "How often each loop reads the topic after a first time that does not count (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--one-thread",
      description = "Decode, repair and apply on the thread that polls, not on one behind it.")
  private boolean oneThread;

  @Option(
      names = "--compression",
      paramLabel = "TYPE",
      defaultValue = "none",
      description =
          "The producer's compression: none, gzip, snappy, lz4 or zstd (default: ${DEFAULT-VALUE}, as Kafka's).")
  private String compression = "none";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "text",
      description = "Form of the output: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Output output = Output.text;

  @Override
  public Integer call() throws InterruptedException {
    if (records < 1 || pods < 1 || rounds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--records, --pods and --rounds must be at least 1");
    }
    if (!COMPRESSIONS.contains(compression)) {
      throw new ParameterException(
          spec.commandLine(),
          "--compression: want one of " + COMPRESSIONS + ", found " + compression);
    }
    var settings = new IngestBench.Settings(records, pods, rounds, compression, !oneThread);
    IngestReport report = new IngestBench(settings, _ -> {}).run();
    spec.commandLine().getOut().print(output == Output.json ? report.json() + "\n" : report.text());
    spec.commandLine().getOut().flush();
    return report.refused() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}

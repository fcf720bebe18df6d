package dev.slipway.ops.cli;

import dev.slipway.ingest.service.ServiceSettings;
import dev.slipway.ops.observe.KafkaAddress;
import dev.slipway.ops.observe.Recording;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slipway record}: a feed to a file. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    description = "Writes a feed to a file, a document per line.",
    footer = {
      "",
      "Watch records and bare objects get the time they were recorded at as a field time. A file"
          + " that ends in .gz is compressed. Ctrl-C ends it in order.",
      "Example: kubectl get pods -A -o json --watch --output-watch-events"
          + " | slipway record --feed - cluster.jsonl.gz"
    })
final class RecordCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"--feed", "-f"},
      required = true,
      paramLabel = "-|kafka://HOST:PORT/TOPIC",
      description = "What to record; a topic from its beginning.")
  private String feed;

  @Option(names = "--follow", description = "A topic: goes on at its end as records come.")
  private boolean follow;

  @Option(
      names = "--kafka-property",
      paramLabel = "KEY=VALUE",
      description = "A property of the Kafka client; several times.")
  private Map<String, String> kafkaProperties = new LinkedHashMap<>();

  @Parameters(paramLabel = "FILE", description = "Where to write.")
  private Path file;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    boolean stdin = feed.equals("-");
    KafkaAddress address =
        stdin
            ? new KafkaAddress("", "")
            : KafkaAddress.of(feed)
                .orElseThrow(() ->
                    new ParameterException(
                        spec.commandLine(), "--feed: want - or kafka://HOST:PORT/TOPIC: " + feed));
    try {
      return KafkaFailure.guard("record", err::println, () -> record(address, stdin, err));
    } catch (IOException e) {
      err.println("slipway record: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private int record(KafkaAddress address, boolean stdin, PrintWriter err)
      throws IOException, InterruptedException {
    try (OutputStream out = open()) {
      Recording recording = new Recording(out);
      int code =
          Interrupts.run(
              recording::stop,
              () -> {
                if (stdin) {
                  recording.stream(System.in);
                } else {
                  ServiceSettings settings =
                      ServiceSettings.of(address.servers(), address.topic())
                          .withProperties(kafkaProperties);
                  recording.topic(settings, follow);
                }
                return true;
              });
      err.println("recorded " + recording.count() + " documents: " + file);
      return code;
    }
  }

  private OutputStream open() throws IOException {
    OutputStream plain = new BufferedOutputStream(Files.newOutputStream(file));
    return file.toString().endsWith(".gz") ? new GZIPOutputStream(plain, 1 << 16, true) : plain;
  }
}

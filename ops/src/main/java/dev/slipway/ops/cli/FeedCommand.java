package dev.slipway.ops.cli;

import dev.slipway.ingest.service.ServiceSettings;
import dev.slipway.ingest.service.ServiceTopics;
import dev.slipway.ops.observe.FeedFile;
import dev.slipway.ops.observe.KafkaAddress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slipway feed}: a file to Kafka. */
@Command(
    name = "feed",
    mixinStandardHelpOptions = true,
    description = "Publishes a recorded feed to Kafka, at the speed of its recording or faster.",
    footer = {
      "",
      "Records are keyed by their pod and have the time of their recording. Documents that cannot"
          + " be read are published too: the service answers them with dead letters."
    })
final class FeedCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "kafka://HOST:PORT/TOPIC",
      description = "Where to publish.")
  private String to;

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description =
          "Seconds of the recording per second; 0: as fast as it goes (default: ${DEFAULT-VALUE}).")
  private double speed;

  @Option(
      names = "--create-feed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Creates the topic with so many partitions where there is none.")
  private int createFeed;

  @Option(
      names = "--kafka-property",
      paramLabel = "KEY=VALUE",
      description = "A property of the Kafka client; several times.")
  private Map<String, String> kafkaProperties = new LinkedHashMap<>();

  @Parameters(paramLabel = "FILE|-", description = "The recording.")
  private String file;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    if (!(speed >= 0 && speed < Double.POSITIVE_INFINITY)) {
      throw usage("--speed: must be 0 or more: " + speed);
    }
    if (!file.equals("-") && !Files.exists(Path.of(file))) {
      throw usage("FILE: no such file: " + file);
    }
    KafkaAddress address =
        KafkaAddress.of(to).orElseThrow(() -> usage("--to: want kafka://HOST:PORT/TOPIC: " + to));
    ServiceSettings settings =
        ServiceSettings.of(address.servers(), address.topic()).withProperties(kafkaProperties);
    try {
      return KafkaFailure.guard("feed", err::println, () -> publish(settings, err));
    } catch (IOException e) {
      err.println("slipway feed: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private int publish(ServiceSettings settings, PrintWriter err)
      throws IOException, InterruptedException {
    try (InputStream in = file.equals("-") ? System.in : open(Path.of(file))) {
      if (createFeed > 0) {
        ServiceTopics.createFeed(settings, createFeed);
      }
      FeedFile feed = new FeedFile(settings, speed);
      return Interrupts.run(
          feed::stop,
          () -> {
            err.println("published " + feed.run(in) + " records: " + to);
            return true;
          });
    }
  }

  /** A file, unpacked if its name says it is packed. */
  static InputStream open(Path path) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    return path.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
  }

  private ParameterException usage(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}

package dev.slipway.ops.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code serve --mode observe} needs besides its feed. */
final class ObserveArguments {
  @Option(
      names = "--group",
      paramLabel = "NAME",
      defaultValue = "slipway",
      description =
          "Consumer group; processes of one group share a feed (default: ${DEFAULT-VALUE}).")
  String group;

  @Option(
      names = "--instance",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "Name of this process within its group, the same after a restart: it gets its partitions"
              + " back at once.")
  String instance;

  @Option(
      names = "--topic-prefix",
      paramLabel = "TEXT",
      defaultValue = "slipway.",
      description = "What the topics written begin with (default: ${DEFAULT-VALUE}).")
  String prefix;

  @Option(
      names = "--create-feed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Creates a feed topic of so many partitions where there is none.")
  int createFeed;

  @Option(
      names = "--rekey",
      description =
          "Re-keys the feed by pod first, for a topic whose keys do not keep a pod's records in one"
              + " partition, or that has lists and expired watches over several.")
  boolean rekey;

  @Option(
      names = "--reorder-window",
      paramLabel = "MS",
      defaultValue = "0",
      description =
          "How long an event waits for one that belongs before it (default: ${DEFAULT-VALUE} ms).")
  int reorderMillis;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Where /metrics, /livez, /readyz and the answers to get and describe are (default:"
              + " ${DEFAULT-VALUE}).")
  String address;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Options from a YAML or JSON file, keys are their long names; SLIPWAY_GROUP and the like"
              + " in the environment go over it, flags over both.")
  @Nullable String config;

  @Option(
      names = "--print-config",
      description = "Prints the values in force, secrets hidden, and ends.")
  boolean printConfig;

  @Option(names = "--metrics-per-pod", description = "Metrics of single pods too.")
  boolean perPod;

  @Option(
      names = "--metrics-per-workload",
      description = "Metrics of the stage times of each workload too.")
  boolean perWorkload;

  @Option(
      names = "--pods-max",
      paramLabel = "N",
      defaultValue = "250000",
      description =
          "Pods kept for slipway get and describe, some 450 bytes each; 0: none (default:"
              + " ${DEFAULT-VALUE}).")
  int podsMax;

  @Option(
      names = "--commit-every",
      paramLabel = "MS",
      defaultValue = "100",
      description = "The longest a transaction stays open (default: ${DEFAULT-VALUE} ms).")
  int commitMillis;

  @Option(
      names = "--kafka-property",
      paramLabel = "KEY=VALUE",
      description = "A property of all Kafka clients, security.protocol=SSL say; several times.")
  Map<String, String> kafkaProperties = new LinkedHashMap<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How findings are printed (default: ${DEFAULT-VALUE}).")
  FindingOutput output;

  /** Forms of a finding. */
  enum FindingOutput {
    TEXT,
    JSON
  }
}

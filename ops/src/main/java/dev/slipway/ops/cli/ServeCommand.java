package dev.slipway.ops.cli;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.ObserveSettings;
import dev.slipway.engine.runtime.Behavior;
import dev.slipway.ingest.manifest.Problem;
import dev.slipway.ingest.repair.RepairLimits;
import dev.slipway.ingest.service.ServiceSettings;
import dev.slipway.ops.log.Console;
import dev.slipway.ops.log.LogFormat;
import dev.slipway.ops.observe.KafkaAddress;
import dev.slipway.ops.observe.Observe;
import dev.slipway.ops.observe.ObserveOptions;
import dev.slipway.ops.observe.ObserveStream;
import dev.slipway.ops.serve.Drive;
import dev.slipway.ops.serve.DriveInput;
import dev.slipway.ops.serve.DriveOptions;
import dev.slipway.ops.serve.TopicDrive;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slipway serve}: the engine on a feed. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description =
        "Runs the pods of a feed on simulated nodes, in real time, or follows what real kubelets wrote.",
    footer = {
      "",
      "A feed is JSON lines (watch records or pods; .jsonl, .ndjson, or a first line that is a watch"
          + " record) or manifests (YAML or JSON). Manifests are checked before anything starts; a"
          + " line that cannot be read is told on stderr, counted and passed over. Pods without a"
          + " node get one in turn.",
      "A line a second on stderr says how the pods are: events are what pods and containers have"
          + " taken, timers those of them that are deadlines, late p99 is how late deadlines were"
          + " in the second before. heap is the memory in use now, garbage included, and KB/pod,"
          + " from 1,000 pods on, is that divided by the pods: an estimate from above.",
      "While it runs: slipway get pods -A -w, slipway get nodes, slipway describe pod NAME -n"
          + " NAMESPACE. Ctrl-C or SIGTERM ends it in order.",
      "Exit code: 0 ended in order, 1 the feed could not be read to its end, 2 wrong usage or"
          + " invalid manifests.",
      "See docs/drive.md."
    })
final class ServeCommand implements Callable<Integer> {
  /** What the engine does with the feed. */
  enum Mode {
    DRIVE,
    OBSERVE
  }

  private static final int NODES_MAX = 1_000_000;
  private static final int SHARDS_MAX = 1_024;

  /** The kubelet's default of pods on a node (maxPods). */
  private static final int PODS_PER_NODE = 110;

  @Spec private CommandSpec spec;

  @Option(
      names = "--mode",
      paramLabel = "drive|observe",
      description = {
        "drive: play the kubelet for the pods of the feed.",
        "observe: follow what kubelets wrote, and say what contradicts their rules.",
        "(default: observe for kafka:// and standard input, else drive)"
      })
  private @Nullable Mode mode;

  @Option(
      names = {"--feed", "-f"},
      required = true,
      paramLabel = "FILE|DIR|-|kafka://HOST:PORT/TOPIC",
      description = "Where the pods come from; may be given several times, read in that order.")
  private List<String> feeds = new ArrayList<>();

  @Option(
      names = "--replicas",
      paramLabel = "N",
      description = "Pods of each manifest (default: as many as it says).")
  private @Nullable Integer replicas;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description =
          "Simulated nodes (default: one for every " + PODS_PER_NODE + " pods of the manifests).")
  private @Nullable Integer nodes;

  @Mixin private BehaviorOption behavior;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Root of everything drawn by chance (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description = "Shards, a thread each (default: the processors there are).")
  private @Nullable Integer shards;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port on localhost for get and describe (default: a free one).")
  private int port;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "Ends after so long (default: runs until interrupted).")
  private long duration;

  @Option(
      names = "--until-done",
      description = "Ends when the feed has ended and every pod has ended or is gone.")
  private boolean untilDone;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      defaultValue = "text",
      description =
          "Lines on stderr: for people, or a JSON object each with ts, level, logger, message and,"
              + " where there is one, error (default: ${DEFAULT-VALUE}).")
  private LogFormat logFormat;

  @Mixin private ObserveArguments observe;

  @Mixin private ProgressOptions progress;

  @Override
  public Integer call() throws InterruptedException {
    check("--replicas", replicas == null ? 1 : replicas, Integer.MAX_VALUE);
    check("--nodes", nodes == null ? 1 : nodes, NODES_MAX);
    check("--shards", shards == null ? 1 : shards, SHARDS_MAX);
    if (port < 0 || port > 65_535) {
      throw usage("--port: must be from 0 to 65535: " + port);
    }
    if (observe.reorderMillis < 0) {
      throw usage("--reorder-window: must be 0 or more: " + observe.reorderMillis);
    }
    if (duration < 0) {
      throw usage("--duration: must be 0 or more: " + duration);
    }
    PrintWriter err = spec.commandLine().getErr();
    List<String> mistakes = config().problems(spec);
    if (!mistakes.isEmpty()) {
      mistakes.forEach(err::println);
      err.flush();
      return CommandLine.ExitCode.USAGE;
    }
    if (observe.printConfig) {
      Map<String, String> kafka = config().kafkaProperties(observe.kafkaProperties);
      ServeConfig.effective(spec, kafka).forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return CommandLine.ExitCode.OK;
    }
    Mode chosen = mode();
    Console console = Console.of(logFormat, "slipway.serve", err);
    logFormat.apply();
    try {
      return switch (chosen) {
        case DRIVE -> drive(console, err);
        case OBSERVE -> KafkaFailure.guard("serve", console::error, () -> observe(console));
      };
    } catch (BindException | UnknownHostException e) {
      console.error("slipway serve: --address, --port: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    } catch (IOException e) {
      console.error("slipway serve: " + (e.getMessage() == null ? e : e.getMessage()));
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private ServeConfig config() {
    return spec.defaultValueProvider() instanceof ServeConfig config
        ? config
        : ServeConfig.of(List.of(), Map.of());
  }

  private Mode mode() {
    Mode given = mode;
    boolean kafka = feeds.stream().anyMatch(KafkaAddress::isOne);
    boolean stream = kafka || feeds.contains("-");
    return given != null ? given : stream ? Mode.OBSERVE : Mode.DRIVE;
  }

  private int observe(Console console) throws IOException, InterruptedException {
    if (feeds.size() != 1) {
      throw usage("--feed: observe mode follows one feed");
    }
    if (observe.podsMax < 0) {
      throw usage("--pods-max: must be 0 or more: " + observe.podsMax);
    }
    String feed = feeds.getFirst();
    boolean json = observe.output == ObserveArguments.FindingOutput.JSON;
    if (!KafkaAddress.isOne(feed)) {
      return stream(feed, json, console);
    }
    ServiceSettings service = service(feed);
    ObserveOptions options =
        new ObserveOptions(
            service,
            ObserveSettings.DEFAULT,
            limits(),
            observe.rekey,
            observe.createFeed,
            observe.address,
            port,
            observe.perPod,
            observe.perWorkload,
            observe.podsMax,
            duration,
            untilDone,
            json,
            progress.quiet());
    Observe run = new Observe(options, spec.commandLine().getOut(), console);
    return Interrupts.run(run::stop, run::run);
  }

  private ServiceSettings service(String feed) {
    KafkaAddress address =
        KafkaAddress.of(feed)
            .orElseThrow(() -> usage("--feed: want kafka://HOST:PORT/TOPIC: " + feed));
    return new ServiceSettings(
        address.servers(),
        address.topic(),
        observe.group,
        observe.prefix,
        observe.instance,
        shards != null ? shards : 1,
        Duration.ofMillis(observe.commitMillis),
        config().kafkaProperties(observe.kafkaProperties));
  }

  private RepairLimits limits() {
    return RepairLimits.DEFAULT.withReorderNanos(observe.reorderMillis * Times.MILLI);
  }

  private int stream(String feed, boolean json, Console console)
      throws IOException, InterruptedException {
    boolean stdin = feed.equals("-");
    if (!stdin && !Files.isRegularFile(Path.of(feed))) {
      throw usage("--feed: no such file: " + feed);
    }
    ObserveStream run =
        new ObserveStream(
            stdin ? "stdin" : feed,
            ObserveSettings.DEFAULT,
            limits(),
            json,
            progress.quiet(),
            spec.commandLine().getOut(),
            console);
    try (InputStream in =
        stdin ? new BufferedInputStream(System.in, 1 << 16) : FeedCommand.open(Path.of(feed))) {
      return Interrupts.run(run::stop, () -> run.run(in));
    }
  }

  private int drive(Console console, PrintWriter err) throws IOException, InterruptedException {
    if (feeds.stream().anyMatch(KafkaAddress::isOne)) {
      return KafkaFailure.guard("serve", console::error, () -> driveTopic(console, err));
    }
    for (String feed : feeds) {
      if (!feed.equals("-") && !Files.exists(Path.of(feed))) {
        throw usage("--feed: no such file or folder: " + feed);
      }
    }
    List<Problem> problems = new ArrayList<>();
    Behavior rules = behavior(problems);
    DriveInput input = DriveInput.open(feeds, replicas, console);
    problems.addAll(input.problems());
    if (refuse(problems, err)) {
      return CommandLine.ExitCode.USAGE;
    }
    if (input.isEmpty()) {
      throw usage("--feed: nothing with pods in " + String.join(", ", feeds));
    }
    Drive drive = input.drive(driveOptions(rules, input.pods()), console);
    return Interrupts.run(drive::stop, drive::run);
  }

  private int driveTopic(Console console, PrintWriter err)
      throws IOException, InterruptedException {
    if (feeds.size() != 1) {
      throw usage("--feed: a topic is driven alone");
    }
    if (replicas != null) {
      throw usage("--replicas: is for manifests");
    }
    List<Problem> problems = new ArrayList<>();
    Behavior rules = behavior(problems);
    if (refuse(problems, err)) {
      return CommandLine.ExitCode.USAGE;
    }
    TopicDrive drive =
        new TopicDrive(
            driveOptions(rules, 0),
            service(feeds.getFirst()),
            limits(),
            observe.createFeed,
            console);
    return Interrupts.run(drive::stop, drive::run);
  }

  private static boolean refuse(List<Problem> problems, PrintWriter err) {
    problems.forEach(err::println);
    err.flush();
    return !problems.isEmpty();
  }

  private DriveOptions driveOptions(Behavior rules, long pods) {
    return new DriveOptions(
        nodes != null ? nodes : nodesFor(pods),
        shards != null ? shards : Runtime.getRuntime().availableProcessors(),
        port,
        duration,
        untilDone,
        seed,
        rules,
        progress.quiet());
  }

  private static int nodesFor(long pods) {
    return (int) Math.clamp((pods + PODS_PER_NODE - 1) / PODS_PER_NODE, 1, NODES_MAX);
  }

  private Behavior behavior(List<Problem> problems) throws IOException {
    Path file = behavior.file();
    if (file != null && !Files.exists(file)) {
      throw usage("--behavior: no such file: " + file);
    }
    return behavior.read(problems);
  }

  private void check(String option, int value, int max) {
    if (value < 1 || value > max) {
      throw usage(option + ": must be from 1 to " + max + ": " + value);
    }
  }

  private ParameterException usage(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}

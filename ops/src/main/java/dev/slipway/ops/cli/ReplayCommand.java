package dev.slipway.ops.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.runtime.BehaviorText;
import dev.slipway.ingest.manifest.Problem;
import dev.slipway.ingest.trace.Trace;
import dev.slipway.ingest.trace.TraceReader;
import dev.slipway.ops.replay.NotModelled;
import dev.slipway.ops.replay.Replay;
import dev.slipway.ops.replay.ReplayText;
import dev.slipway.ops.replay.WhatIf;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slipway replay}: a recorded or described workload in virtual time, with what-ifs. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Replays a trace in virtual time: pods arrive, get a node, live there by the kubelet's rules,"
          + " and leave. What-ifs are run beside it; a folder holds the figures, the time series and"
          + " a report to look at.",
      "",
      "The same input and seed give the same files, on any number of threads. docs/replay.md"
          + " describes the inputs, docs/what-if.md the what-ifs.",
      ""
    },
    footerHeading = "%nNot modelled:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:fine", "1:the run failed", "2:wrong usage or bad input"})
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"--feed", "-f"},
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "What happens: recorded feeds, openb and plain tables, SimKube traces, manifests, files"
              + " with arrival rules; plain or gzip, several on one clock.")
  private List<Path> feeds = new ArrayList<>();

  @Option(
      names = "--nodes",
      arity = "1..*",
      paramLabel = "FILE",
      description = "The nodes, where no feed brings them: openb and plain tables, Node objects.")
  private List<Path> nodes = new ArrayList<>();

  @Option(
      names = "--what-if",
      arity = "1..*",
      paramLabel = "FILE",
      description = "What is otherwise in a variant; each file is one variant of the same base.")
  private List<Path> whatIfs = new ArrayList<>();

  @Option(
      names = "--placement",
      paramLabel = "simulated|recorded",
      defaultValue = "simulated",
      description =
          "recorded: pods go where the trace says they went, where it says so"
              + " (default: ${DEFAULT-VALUE}).")
  private Placement placement;

  @Option(
      names = "--speed",
      paramLabel = "max|10x|1x",
      defaultValue = "max",
      description = "How fast virtual time goes (default: ${DEFAULT-VALUE}).")
  private String speed;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Begin there, counted from the first arrival; what ended before is left out.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "End there (default: 10 min after the last event of the input).")
  private @Nullable String to;

  @Mixin private BehaviorOption behavior;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of everything that is drawn (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private ReleaseOptions release;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that run lives (default: all processors). No result depends on it.")
  private @Nullable Integer threads;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "slipway-run",
      description = "Folder of the run (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      defaultValue = "table",
      description = "Form of what is printed (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Mixin private ProgressOptions progressOptions;

  /** Where pods go. */
  private enum Placement {
    SIMULATED,
    RECORDED
  }

  private enum Format {
    TABLE,
    JSON
  }

  /** Puts what is left out under the options of the help. */
  static void describe(CommandLine command) {
    if (command.getCommandSpec().userObject() instanceof ReplayCommand) {
      command
          .getCommandSpec()
          .usageMessage()
          .footer(NotModelled.LINES.stream().map(line -> "  - " + line).toArray(String[]::new));
    }
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    List<Problem> problems = new ArrayList<>();
    try (var progress = progressOptions.open()) {
      var tell = progressOptions.teller(progress);
      tell.accept("reading");
      Replay.Request request = request(problems);
      if (!problems.isEmpty()) {
        progress.clear();
        problems.forEach(err::println);
        return CommandLine.ExitCode.USAGE;
      }
      var replay = new Replay(request, tell);
      Replay.Totals totals = replay.run();
      progress.clear();
      replay.problems().forEach(err::println);
      print(totals);
      return CommandLine.ExitCode.OK;
    }
  }

  private Replay.Request request(List<Problem> problems) throws IOException {
    List<Path> files = new ArrayList<>(feeds);
    files.addAll(nodes);
    files.forEach(this::check);
    whatIfs.forEach(this::check);
    Trace trace = TraceReader.readAll(files, seed);
    problems.addAll(trace.problems());
    boolean recorded = placement == Placement.RECORDED;
    List<WhatIf> variants = new ArrayList<>();
    for (Path file : whatIfs) {
      WhatIf.read(file.toString(), Files.readString(file), problems).ifPresent(variants::add);
    }
    if (trace.pods().isEmpty() && problems.isEmpty()) {
      throw usage("--feed: no pods in " + feeds);
    }
    if (trace.nodes().isEmpty() && !recorded && problems.isEmpty()) {
      throw usage("--nodes: no nodes: neither --feed nor --nodes brings any");
    }
    Map<String, String> inputs = new LinkedHashMap<>();
    List<Path> hashed = new ArrayList<>(files);
    hashed.addAll(whatIfs);
    Path behaviorFile = behavior.file();
    if (behaviorFile != null) {
      check(behaviorFile);
      hashed.add(behaviorFile);
    }
    for (Path file : hashed) {
      inputs.put(file.toString(), sha256(Files.readAllBytes(file)));
    }
    return new Replay.Request(
        trace,
        variants,
        behavior.read(problems),
        release.profile(),
        seed,
        recorded,
        time("--from", from),
        time("--to", to),
        factor(),
        threads == null ? Runtime.getRuntime().availableProcessors() : threads(threads),
        inputs,
        Main.Version.text(),
        out);
  }

  private void check(Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw usage("no such file: " + file);
    }
  }

  private int threads(int wanted) {
    if (wanted < 1) {
      throw usage("--threads: must be at least 1: " + wanted);
    }
    return wanted;
  }

  private double factor() {
    if (speed.equals("max")) {
      return 0;
    }
    try {
      double factor = Double.parseDouble(speed.endsWith("x") ? speed.replaceAll("x$", "") : speed);
      if (factor > 0) {
        return factor;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw usage("--speed: must be max or a factor such as 10x: " + speed);
  }

  private OptionalLong time(String option, @Nullable String text) {
    return text == null
        ? OptionalLong.empty()
        : OptionalLong.of(parsed(option, () -> BehaviorText.duration(text)));
  }

  private <T> T parsed(String option, Supplier<T> value) {
    return OptionValues.parsed(spec, option, value);
  }

  private ParameterException usage(String text) {
    return new ParameterException(spec.commandLine(), text);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  // Output.

  private void print(Replay.Totals totals) throws IOException {
    PrintWriter printer = spec.commandLine().getOut();
    long heap = peakHeapBytes();
    if (format == Format.JSON) {
      printer.println(json(totals, heap));
    } else {
      ReplayText.lines(totals).forEach(printer::println);
      printer.println();
      printer.printf(
          Locale.ROOT,
          "%,d events in %.2f s (%,.0f/s), %,d placements (%,.0f/s of deciding), %,.0fx real time,"
              + " heap peak %,d MiB%n",
          totals.events(),
          totals.wallSeconds(),
          totals.events() / totals.wallSeconds(),
          totals.placements(),
          totals.placements() / Math.max(totals.placingSeconds(), 1e-9),
          totals.virtualSeconds() / totals.wallSeconds(),
          heap >> 20);
      printer.println("report: " + out.resolve("report.html"));
    }
    printer.flush();
  }

  private String json(Replay.Totals totals, long heap) throws IOException {
    var mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("out", out.toString());
    root.put("variants", totals.variants());
    root.put("pods", totals.pods());
    root.put("events", totals.events());
    root.put("eventsPerSecond", Math.round(totals.events() / totals.wallSeconds()));
    root.put("virtualSeconds", totals.virtualSeconds());
    root.put("wallSeconds", totals.wallSeconds());
    root.put("peakHeapBytes", heap);
    root.put("placements", totals.placements());
    root.put("placementAttempts", totals.attempts());
    root.put("placingSeconds", totals.placingSeconds());
    root.put(
        "placementsPerSecond",
        Math.round(totals.placements() / Math.max(totals.placingSeconds(), 1e-9)));
    return mapper.writeValueAsString(root);
  }

  private static long peakHeapBytes() {
    long peak = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        peak += pool.getPeakUsage().getUsed();
      }
    }
    return peak;
  }
}

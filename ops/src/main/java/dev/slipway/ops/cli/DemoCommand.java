package dev.slipway.ops.cli;

import dev.slipway.engine.runtime.Behavior;
import dev.slipway.ingest.manifest.ManifestReader;
import dev.slipway.ingest.manifest.ManifestResult;
import dev.slipway.ingest.manifest.PodSource;
import dev.slipway.ingest.manifest.Problem;
import dev.slipway.ops.demo.Demo;
import dev.slipway.ops.demo.DemoOptions;
import dev.slipway.ops.demo.DemoSamples;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slipway demo}: a small cluster in one process. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Runs a small cluster in this process and shows what its pods do.",
    footer = {
      "",
      "Pods of the manifests go through a real Kafka to the engine and their status goes back;"
          + " nothing else is needed.",
      "While it runs, slipway get pods -A lists them.",
      "Exit code: 0 everything adds up at the end, 1 it does not, 2 wrong usage or invalid input."
    })
final class DemoCommand implements Callable<Integer> {
  private static final int PODS_MAX = 200_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--pods",
      paramLabel = "N",
      defaultValue = "500",
      description = "Pods at a time, shared out by replicas (default: ${DEFAULT-VALUE}).")
  private int pods;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long it runs (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Root of everything drawn by chance (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE|DIR",
      description = "Manifests to take the pods from; may be given several times.")
  private List<Path> files = new ArrayList<>();

  @Mixin private BehaviorOption behavior;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where Kafka keeps its topics (default: a temporary folder, removed at the end).")
  private @Nullable Path data;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    check("--pods", pods, PODS_MAX);
    check("--seconds", seconds, Integer.MAX_VALUE);
    List<Problem> problems = new ArrayList<>();
    try {
      DemoOptions options =
          new DemoOptions(
              sources(problems),
              pods,
              seconds,
              seed,
              behavior(problems),
              Terminal.stdoutIsTerminal(),
              data());
      if (!problems.isEmpty()) {
        problems.forEach(err::println);
        return CommandLine.ExitCode.USAGE;
      }
      Demo demo = new Demo(options, spec.commandLine().getOut(), err);
      return Interrupts.run(demo::stop, demo::run);
    } catch (IOException e) {
      err.println("slipway demo: " + e);
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private void check(String option, int value, int max) {
    if (value < 1 || value > max) {
      throw usage(option + ": must be from 1 to " + max + ": " + value);
    }
  }

  private ParameterException usage(String text) {
    return new ParameterException(spec.commandLine(), text);
  }

  /** A folder of an earlier run would bring its pods along. */
  private @Nullable Path data() throws IOException {
    Path folder = data;
    if (folder != null && Files.exists(folder)) {
      try (var entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          throw usage("--data: must be empty or new: " + folder);
        }
      }
    }
    return folder;
  }

  private List<PodSource> sources(List<Problem> problems) throws IOException {
    if (files.isEmpty()) {
      return DemoSamples.sources();
    }
    List<PodSource> sources = new ArrayList<>();
    for (Path file : files) {
      if (!Files.exists(file)) {
        throw usage("-f: no such file or folder: " + file);
      }
      ManifestResult result = ManifestReader.strict().read(file);
      sources.addAll(result.pods());
      problems.addAll(result.problems());
    }
    if (sources.isEmpty() && problems.isEmpty()) {
      throw usage("-f: nothing with pods in " + files);
    }
    return sources;
  }

  private Behavior behavior(List<Problem> problems) throws IOException {
    return behavior.file() == null && files.isEmpty()
        ? DemoSamples.behavior()
        : behavior.read(problems);
  }
}

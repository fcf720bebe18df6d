package dev.slipway.ops.cli;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.profile.NodeClock;
import dev.slipway.engine.runtime.Behavior;
import dev.slipway.engine.runtime.BehaviorText;
import dev.slipway.ingest.defaults.ApiGates;
import dev.slipway.ingest.manifest.ManifestResult;
import dev.slipway.ingest.manifest.PodSource;
import dev.slipway.ingest.manifest.Problem;
import dev.slipway.ops.plan.Failure;
import dev.slipway.ops.plan.ImageChange;
import dev.slipway.ops.plan.Plan;
import dev.slipway.ops.plan.PlanOptions;
import dev.slipway.ops.plan.TextStyle;
import dev.slipway.ops.plan.Until;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
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

/** {@code slipway plan}: the timeline of the pods of manifests. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Shows what the pods of manifests do: start, probes, restarts and shutdown.",
    footer = {
      "",
      "One workload: a chart and everything that happens. Several: a line each.",
      "Exit code: 0 fine, 2 wrong usage or some input was invalid (the rest is still planned)."
    })
final class PlanCommand implements Callable<Integer> {
  private static final int USUAL_WIDTH = 100;

  /** Sentences want more room. */
  private static final int EXPLAIN_WIDTH = 120;

  /** When the node sees what happened. */
  enum Latency {
    NONE(NodeClock.INSTANT),
    KUBELET(NodeClock.stock(0, Times.SECOND / 2));

    private final NodeClock clock;

    Latency(NodeClock clock) {
      this.clock = clock;
    }
  }

  @Spec private CommandSpec spec;

  @Mixin private ManifestOptions input;

  @Mixin private ProgressOptions progressOptions;

  @Option(
      names = "--until",
      paramLabel = "ready|done|TIME",
      description =
          "When to end (default: 60 s after Ready; with --delete-at when the pod is gone; a Job's"
              + " pod when it has ended).")
  private @Nullable String until;

  @Option(
      names = "--delete-at",
      paramLabel = "TIME",
      description = "Delete the pod then, such as 60s or 1m30s.")
  private @Nullable String deleteAt;

  @Option(
      names = "--grace",
      paramLabel = "SECONDS",
      description = "Grace period of --delete-at (default: the pod's own).")
  private @Nullable Long grace;

  @Option(
      names = "--fail",
      paramLabel = "CONTAINER@TIME[=EXIT]",
      description =
          "Let a container's process die then; EXIT is an exit code (default: 1) or oom. May be"
              + " given several times.")
  private List<String> failures = new ArrayList<>();

  @Option(
      names = "--set-image",
      paramLabel = "CONTAINER=IMAGE@TIME",
      description = "Change a container's image then. May be given several times.")
  private List<String> imageChanges = new ArrayList<>();

  @Mixin private BehaviorOption behavior;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Root of everything drawn by chance (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private ReleaseOptions release;

  @Option(
      names = "--latency",
      paramLabel = "none|kubelet",
      defaultValue = "none",
      description =
          "kubelet: the node lists its runtime once a second and looks at what is due half a second"
              + " later, as a stock kubelet does (default: ${DEFAULT-VALUE}).")
  private Latency latency;

  @Option(
      names = "--horizon",
      paramLabel = "TIME",
      defaultValue = "1h",
      description = "No run goes on longer, unless --until says so (default: ${DEFAULT-VALUE}).")
  private String horizon;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json|yaml|svg",
      defaultValue = "table",
      description = "Form of the output (default: ${DEFAULT-VALUE}).")
  private Plan.Format format;

  @Option(
      names = "--width",
      paramLabel = "COLUMNS",
      description = "Width (default: the terminal's, else 100, with --explain 120).")
  private @Nullable Integer width;

  @Option(
      names = "--explain",
      description =
          "Say why: the rule and the fact behind each step and each change of the status, which"
              + " containers can talk to each other, which sets which request and limit.")
  private boolean explain;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<Problem> problems = new ArrayList<>();
    PlanOptions options = options(problems);
    try (var progress = progressOptions.open()) {
      var tell = progressOptions.teller(progress);
      tell.accept("reading");
      ManifestResult manifests = input.read(ApiGates.of(options.profile().gates()));
      check(manifests, options);
      if (!problems.isEmpty()) {
        problems.forEach(err::println);
        return CommandLine.ExitCode.USAGE;
      }
      var plan = new Plan(out, err, tell, progress::clear);
      var request =
          new Plan.Request(
              manifests,
              input.namespace(),
              options,
              format,
              style(),
              explain,
              progressOptions.quiet());
      return plan.run(request) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.USAGE;
    }
  }

  private PlanOptions options(List<Problem> problems) {
    if (grace != null && deleteAt == null) {
      throw usage("--grace: needs --delete-at");
    }
    if (grace != null && grace < 0) {
      throw usage("--grace: must not be negative: " + grace);
    }
    String delete = deleteAt;
    String end = until;
    return new PlanOptions(
        end == null ? Until.USUAL : parsed("--until", () -> Until.parse(end)),
        delete == null ? -1 : parsed("--delete-at", () -> BehaviorText.duration(delete)),
        grace,
        failures.stream().map(text -> parsed("--fail", () -> Failure.parse(text))).toList(),
        seed,
        behavior(problems),
        release.profile().withClock(latency.clock),
        parsed("--horizon", () -> BehaviorText.duration(horizon)),
        imageChanges.stream()
            .map(text -> parsed("--set-image", () -> ImageChange.parse(text)))
            .toList());
  }

  private <T> T parsed(String option, Supplier<T> value) {
    return OptionValues.parsed(spec, option, value);
  }

  private ParameterException usage(String text) {
    return new ParameterException(spec.commandLine(), text);
  }

  private Behavior behavior(List<Problem> problems) {
    try {
      return behavior.read(problems);
    } catch (IOException e) {
      throw usage("--behavior: cannot read " + behavior.file() + ": " + e.getMessage());
    }
  }

  private void check(ManifestResult manifests, PlanOptions options) {
    for (Failure failure : options.failures()) {
      if (manifests.pods().stream().noneMatch(pod -> hasContainer(pod, failure.container()))) {
        throw usage("--fail: no container is called " + failure.container());
      }
    }
    for (ImageChange change : options.imageChanges()) {
      if (manifests.pods().stream().noneMatch(pod -> hasContainer(pod, change.container()))) {
        throw usage("--set-image: no container is called " + change.container());
      }
    }
  }

  private static boolean hasContainer(PodSource source, String name) {
    for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
      for (var container : source.tree().path("spec").path(list)) {
        if (container.path("name").asText().equals(name)) {
          return true;
        }
      }
    }
    return false;
  }

  private TextStyle style() {
    return new TextStyle(
        Terminal.printsUnicode(),
        Terminal.printsColour(),
        width != null ? width : Terminal.columns(explain ? EXPLAIN_WIDTH : USUAL_WIDTH));
  }
}

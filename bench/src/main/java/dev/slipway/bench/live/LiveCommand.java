package dev.slipway.bench.live;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slipway bench live}: pods on actors in real time, beside bare actors. */
@Command(
    name = "live",
    mixinStandardHelpOptions = true,
    description = "Measures pods on actors in real time, beside bare Pekko actors.",
    footer = {
      "",
      "One pod takes some 4 KB of heap with three containers: a million of them need -Xmx8g or more,"
          + " which the launcher's default allows on a machine of 16 GiB.",
      "Exit code: 0 measured, 2 wrong usage."
    })
public final class LiveCommand implements Callable<Integer> {
  private static final int PODS_MAX = 20_000_000;
  private static final int CONTAINERS_MAX = 30;
  private static final int PROBES_MAX = 3;

  /** How it is printed. */
  enum Format {
    TABLE,
    JSON
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--pods",
      paramLabel = "N",
      defaultValue = "100000",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int pods;

  @Option(
      names = "--containers",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Of each pod: an init container and a sidecar if there is room, then apps"
              + " (default: ${DEFAULT-VALUE}).")
  private int containers;

  @Option(
      names = "--probes",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "Of each app container: readiness, liveness, startup (default: ${DEFAULT-VALUE}).")
  private int probes;

  @Option(
      names = "--period",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Of the probes (default: ${DEFAULT-VALUE}).")
  private int period;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "60s",
      description =
          "Of the steady phase, half with probes only, half with events beside them; such as 60s"
              + " or 5m (default: ${DEFAULT-VALUE}).")
  private String duration;

  @Option(
      names = "--shards",
      paramLabel = "N",
      defaultValue = "0",
      description = "One thread each (default: one per core).")
  private int shards;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Containers killed a second (default: ${DEFAULT-VALUE}).")
  private int events;

  @Option(
      names = "--churn",
      paramLabel = "PERCENT",
      defaultValue = "5",
      description =
          "Of the pods deleted and made anew a minute in the churn phase"
              + " (default: ${DEFAULT-VALUE}).")
  private double churn;

  @Option(
      names = "--churn-duration",
      paramLabel = "TIME",
      defaultValue = "0s",
      description = "Of the churn phase (default: ${DEFAULT-VALUE}, none).")
  private String churnDuration;

  @Option(names = "--no-raw", description = "Leave the bare actors out.")
  private boolean noRaw;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      defaultValue = "table",
      description = "Form of the output (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Override
  public Integer call() throws InterruptedException {
    check("--pods", pods, 1, PODS_MAX);
    check("--containers", containers, 1, CONTAINERS_MAX);
    check("--probes", probes, 1, PROBES_MAX);
    check("--period", period, 1, 3600);
    check("--shards", shards, 0, 1024);
    check("--events", events, 1, 1_000_000);
    LiveOptions options =
        new LiveOptions(
            pods,
            containers,
            probes,
            Duration.ofSeconds(period),
            shards == 0 ? Runtime.getRuntime().availableProcessors() : shards,
            time("--duration", duration),
            events,
            churn,
            time("--churn-duration", churnDuration),
            !noRaw);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    LiveFigures figures =
        new LiveRun(
                options,
                text -> {
                  err.println(text);
                  err.flush();
                })
            .run();
    switch (format) {
      case TABLE -> LiveReport.table(options, figures).forEach(out::println);
      case JSON -> out.println(LiveReport.json(options, figures));
    }
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private void check(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw usage(option + ": must be from " + min + " to " + max + ": " + value);
    }
  }

  private Duration time(String option, String text) {
    try {
      return Duration.parse("PT" + text);
    } catch (java.time.format.DateTimeParseException e) {
      throw usage(option + ": must be a time such as 60s or 5m: " + text);
    }
  }

  private ParameterException usage(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}

package dev.slipway.ops.replay;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.runtime.Behavior;
import dev.slipway.ingest.manifest.Problem;
import dev.slipway.ingest.trace.Trace;
import dev.slipway.ingest.trace.TracePod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** Replays a trace, once for the base and once for each what-if, and writes the run directory. */
public final class Replay {
  /** How long a run goes on after the last thing the trace tells of: time to start and to stop. */
  private static final long AFTER_LAST = 600 * Times.SECOND;

  /**
   * What to replay.
   *
   * @param trace pods and nodes, on one clock
   * @param from seconds of the run's clock in nanoseconds; what ended before is left out
   * @param to where the run ends; empty: after the last event of the trace
   * @param factor virtual seconds per second, 0: as fast as it goes
   * @param out folder of the run, null for none
   */
  public record Request(
      Trace trace,
      List<WhatIf> whatIfs,
      Behavior behavior,
      Profile profile,
      long seed,
      boolean recorded,
      OptionalLong from,
      OptionalLong to,
      double factor,
      int threads,
      Map<String, String> inputs,
      String version,
      Path out) {}

  /**
   * What a run came to, over all variants; times were measured.
   *
   * @param events that reached a rule, of the lives that stand in the result
   */
  public record Totals(
      int variants,
      long pods,
      long events,
      double virtualSeconds,
      double wallSeconds,
      long placements,
      long attempts,
      double placingSeconds,
      Map<String, Map<String, Double>> figures) {}

  private final Request request;
  private final Consumer<String> progress;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * A replay.
   *
   * @param progress is told how far it is
   */
  public Replay(Request request, Consumer<String> progress) {
    this.request = request;
    this.progress = progress;
  }

  /** What was found wrong with the input on the way. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** Runs all variants and writes the folder. */
  public Totals run() throws IOException {
    long began = System.nanoTime();
    List<Scenario> scenarios = scenarios();
    List<Variant> variants = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      Pacer pacer = new Pacer(scenario, request.factor(), progress);
      variants.add(
          Variant.of(
              ClusterRun.run(
                  scenario,
                  new SchedulerPlacer(scenario.seed()),
                  request.threads(),
                  pacer::reached)));
    }
    progress.accept("writing " + request.out());
    RunDirectory.write(request.out(), info(variants), variants);
    return totals(variants, (System.nanoTime() - began) / (double) Times.SECOND);
  }

  private List<Scenario> scenarios() {
    Trace trace = request.trace();
    long start = request.from().orElse(0);
    long end = request.to().orElse(trace.until() == Times.NONE ? last(trace) : trace.until());
    var made = new Scenarios(request.behavior(), request.seed());
    List<Scenario> scenarios = new ArrayList<>();
    scenarios.add(
        made.of(
            "base",
            "as recorded",
            trace,
            List.of(),
            request.profile(),
            start,
            end,
            request.recorded()));
    problems.addAll(made.problems());
    for (WhatIf whatIf : request.whatIfs()) {
      scenarios.add(whatIf.scenario(request, start, end, problems));
    }
    return scenarios;
  }

  private static long last(Trace trace) {
    long last = 0;
    for (TracePod pod : trace.pods()) {
      last = Math.max(last, Math.max(pod.arrival(), pod.deletion()));
      for (TracePod.Run run : pod.runs().values()) {
        last = Math.max(last, pod.arrival() + run.nanos());
      }
    }
    return last + AFTER_LAST;
  }

  private RunInfo info(List<Variant> variants) {
    Map<String, String> options = new LinkedHashMap<>();
    Scenario base = variants.getFirst().run().scenario();
    options.put("from", base.start() / Times.SECOND + "s");
    options.put("to", base.end() / Times.SECOND + "s");
    options.put("placement", base.recorded() ? "recorded" : "simulated");
    Set<String> not = new LinkedHashSet<>(NotModelled.LINES);
    variants.forEach(variant -> not.addAll(variant.run().notModelled()));
    return new RunInfo(
        request.version(),
        request.seed(),
        request.profile().text(),
        request.inputs(),
        options,
        request.trace().passedOver(),
        Machine.text(),
        List.copyOf(not));
  }

  private static Totals totals(List<Variant> variants, double wall) {
    Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
    long events = 0;
    long pods = 0;
    long placements = 0;
    long attempts = 0;
    long placing = 0;
    double virtual = 0;
    for (Variant variant : variants) {
      RunResult run = variant.run();
      figures.put(variant.name(), variant.figures());
      events += run.events();
      pods += run.pods().size();
      placements += run.placements();
      attempts += run.attempts();
      placing += run.placingNanos();
      virtual += (run.scenario().end() - run.scenario().start()) / (double) Times.SECOND;
    }
    return new Totals(
        variants.size(),
        pods,
        events,
        virtual,
        wall,
        placements,
        attempts,
        placing / (double) Times.SECOND,
        figures);
  }
}

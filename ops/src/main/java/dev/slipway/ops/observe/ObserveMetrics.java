package dev.slipway.ops.observe;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.Finding;
import dev.slipway.engine.observe.FindingKind;
import dev.slipway.engine.observe.GroupTotals;
import dev.slipway.engine.observe.ObservedPod;
import dev.slipway.engine.observe.ObservedTransition;
import dev.slipway.engine.observe.StageTimes;
import dev.slipway.ingest.feed.Rejected;
import dev.slipway.ingest.repair.Anomaly;
import dev.slipway.ingest.service.ObserveListener;
import dev.slipway.ingest.service.ServiceStats;
import dev.slipway.ops.pods.PartitionTotals;
import dev.slipway.ops.pods.StageLine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The service's figures for Prometheus. Names follow kube-state-metrics and the kubelet where they
 * mean the same, with sums in place of single pods; single pods only where asked for.
 */
public final class ObserveMetrics implements ObserveListener, AutoCloseable {
  /** The kubelet's own buckets of kubelet_pod_start_duration_seconds (metrics.go, 1.37). */
  private static final Duration[] START_BUCKETS =
      seconds(
          0.5, 1, 2, 3, 4, 5, 6, 8, 10, 20, 30, 45, 60, 120, 180, 240, 300, 360, 480, 600, 900,
          1200, 1800, 2700, 3600);

  private static final Duration[] LATE_BUCKETS =
      seconds(0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 3600);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final boolean perPod;

  /** Function counters hold what they ask weakly. */
  private final List<Object> kept = new ArrayList<>();

  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final PartitionTotals totals = new PartitionTotals();
  private final Map<String, PodFacts> pods = new ConcurrentHashMap<>();
  private final MultiGauge phases;
  private final MultiGauge ready;
  private final MultiGauge restarts;
  private final MultiGauge podPhases;
  private final MultiGauge podReady;
  private final MultiGauge workloadStages;
  private final MultiGauge workloadPods;
  private @Nullable Function<String, List<StageLine>> stages;

  /** One pod, where single pods are asked for. */
  private record PodFacts(
      String namespace, String name, String uid, String node, String phase, boolean ready) {}

  /**
   * Figures.
   *
   * @param perPod single pods too: memory and a line of the page for each
   */
  public ObserveMetrics(boolean perPod) {
    this.perPod = perPod;
    phases = gauge("slipway.pods", "Pods by namespace and phase.");
    ready = gauge("slipway.pods.ready", "Pods whose condition Ready is True, by namespace.");
    restarts = gauge("slipway.container.restarts", "Restarts of all containers, by namespace.");
    podPhases = gauge("kube.pod.status.phase", "The pods current phase.");
    podReady = gauge("kube.pod.status.ready", "Describes whether the pod is ready.");
    workloadStages =
        gauge(
            "slipway.workload.start.duration.seconds",
            "From creation to a stage of the start, quantiles by workload.");
    workloadPods = gauge("slipway.workload.starts", "Pods measured, by workload and stage.");
    new JvmMemoryMetrics().bindTo(registry);
    gc.bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
  }

  private MultiGauge gauge(String name, String help) {
    return MultiGauge.builder(name).description(help).register(registry);
  }

  private static Duration[] seconds(double... values) {
    Duration[] durations = new Duration[values.length];
    for (int k = 0; k < values.length; k++) {
      durations[k] = Duration.ofMillis(Math.round(1000 * values[k]));
    }
    return durations;
  }

  /** Takes the loop's own figures from there. */
  public void follow(Supplier<ServiceStats> stats) {
    kept.add(stats);
    counter("slipway.feed.records", "Records processed.", stats, ServiceStats::records);
    counter("slipway.transactions", "Transactions committed.", stats, ServiceStats::transactions);
    counter("slipway.restored.records", "Changelog records read.", stats, ServiceStats::restored);
    counter("slipway.sessions", "Times a consumer began anew.", stats, ServiceStats::sessions);
    counter("slipway.source.pauses", "Pauses for a slow sink.", stats, ServiceStats::pauses);
    gauge(
        "slipway.feed.lag.records",
        "Records behind the feed's end; -1: unknown.",
        stats,
        ServiceStats::lag);
    gauge("slipway.partitions", "Partitions owned.", stats, ServiceStats::partitions);
    gauge(
        "slipway.partitions.restoring",
        "Partitions being restored.",
        stats,
        ServiceStats::restoring);
    gauge("slipway.pods.followed", "Pods in the state.", stats, ServiceStats::keys);
  }

  /** Adds quantiles of the stage times of every workload: some lines of the page for each. */
  void stages(Function<String, List<StageLine>> lines) {
    stages = lines;
  }

  private void counter(
      String name,
      String help,
      Supplier<ServiceStats> stats,
      ToDoubleFunction<ServiceStats> value) {
    FunctionCounter.builder(name, stats, s -> value.applyAsDouble(s.get()))
        .description(help)
        .register(registry);
  }

  private void gauge(
      String name,
      String help,
      Supplier<ServiceStats> stats,
      ToDoubleFunction<ServiceStats> value) {
    Gauge.builder(name, () -> value.applyAsDouble(stats.get()))
        .description(help)
        .register(registry);
  }

  private void count(String name, String help, String... tags) {
    Counter.builder(name).description(help).tags(tags).register(registry).increment();
  }

  @Override
  public void transition(ObservedPod pod, ObservedTransition transition) {
    count(
        "slipway.transitions", "Transitions derived, by kind.", "kind", transition.scope().text());
  }

  @Override
  public void finding(ObservedPod pod, Finding finding) {
    FindingKind kind = finding.kind();
    count(
        "slipway.findings",
        "What contradicts the kubelet's rules, or should be looked at.",
        "finding",
        kind.id(),
        "severity",
        kind.severity().text());
  }

  @Override
  public void readyFirst(ObservedPod pod) {
    StageTimes stages = pod.stages();
    record(pod, "scheduled", stages.scheduled());
    record(pod, "sandbox", stages.sandbox());
    record(pod, "initialized", stages.initialized());
    record(pod, "ready", stages.ready());
  }

  private void record(ObservedPod pod, String stage, long nanos) {
    if (nanos != Times.NONE && nanos >= 0) {
      Timer.builder("slipway.pod.start.duration")
          .description("From a pod's creation to a stage of its start.")
          .tag("namespace", pod.namespace())
          .tag("stage", stage)
          .serviceLevelObjectives(START_BUCKETS)
          .register(registry)
          .record(Duration.ofNanos(nanos));
    }
  }

  @Override
  public void refused(Rejected rejected) {
    count(
        "slipway.feed.refused",
        "Records that could not be read.",
        "reason",
        rejected.reason().name());
  }

  @Override
  public void anomaly(Anomaly anomaly) {
    String kind = anomaly.kind().name().toLowerCase(Locale.ROOT);
    count("slipway.feed.anomalies", "What had to be put right in the feed.", "kind", kind);
    if (anomaly.lateNanos() != Times.NONE) {
      Timer.builder("slipway.feed.lateness")
          .description("How long after a newer version of its pod a version came.")
          .serviceLevelObjectives(LATE_BUCKETS)
          .register(registry)
          .record(Duration.ofNanos(anomaly.lateNanos()));
    }
  }

  @Override
  public void totals(int partition, GroupTotals group) {
    totals.put(partition, group);
  }

  @Override
  public void totalsGone(int partition, String group, String name) {
    totals.remove(partition, group, name);
  }

  @Override
  public void dropped(int partition) {
    totals.drop(partition);
  }

  @Override
  public void changed(ObservedPod pod) {
    if (perPod) {
      pods.put(
          pod.identity(),
          new PodFacts(
              pod.namespace(), pod.name(), pod.uid(), pod.node(), pod.phase().text(), pod.ready()));
    }
  }

  @Override
  public void forgotten(ObservedPod pod) {
    pods.remove(pod.identity());
  }

  /** The page in the text format of Prometheus. */
  public String scrape() {
    List<MultiGauge.Row<?>> byPhase = new ArrayList<>();
    List<MultiGauge.Row<?>> byReady = new ArrayList<>();
    List<MultiGauge.Row<?>> byRestarts = new ArrayList<>();
    namespaces()
        .forEach((namespace, sums) -> {
          Tags tags = Tags.of("namespace", namespace);
          byPhase.add(MultiGauge.Row.of(tags.and("phase", "Pending"), sums[0]));
          byPhase.add(MultiGauge.Row.of(tags.and("phase", "Running"), sums[1]));
          byPhase.add(MultiGauge.Row.of(tags.and("phase", "Succeeded"), sums[2]));
          byPhase.add(MultiGauge.Row.of(tags.and("phase", "Failed"), sums[3]));
          byPhase.add(MultiGauge.Row.of(tags.and("phase", "Unknown"), sums[4]));
          byReady.add(MultiGauge.Row.of(tags, sums[5]));
          byRestarts.add(MultiGauge.Row.of(tags, sums[6]));
        });
    phases.register(byPhase, true);
    ready.register(byReady, true);
    restarts.register(byRestarts, true);
    if (perPod) {
      single();
    }
    Function<String, List<StageLine>> lines = stages;
    if (lines != null) {
      workloads(lines.apply(""));
    }
    return registry.scrape();
  }

  private void workloads(List<StageLine> lines) {
    List<MultiGauge.Row<?>> quantiles = new ArrayList<>();
    List<MultiGauge.Row<?>> counts = new ArrayList<>();
    for (StageLine line : lines) {
      if (!line.workload().equals(StageLine.ALL)) {
        Tags tags =
            Tags.of(
                "namespace", line.namespace(),
                "workload", line.workload(),
                "stage", line.stage());
        quantiles.add(MultiGauge.Row.of(tags.and("quantile", "0.5"), line.p50()));
        quantiles.add(MultiGauge.Row.of(tags.and("quantile", "0.9"), line.p90()));
        quantiles.add(MultiGauge.Row.of(tags.and("quantile", "0.99"), line.p99()));
        quantiles.add(MultiGauge.Row.of(tags.and("quantile", "1"), line.max()));
        counts.add(MultiGauge.Row.of(tags, line.pods()));
      }
    }
    workloadStages.register(quantiles, true);
    workloadPods.register(counts, true);
  }

  private Map<String, long[]> namespaces() {
    Map<String, long[]> sums = new ConcurrentHashMap<>();
    for (GroupTotals group : totals.all()) {
      if (group.group().equals("namespace")) {
        long[] sum = sums.computeIfAbsent(group.name(), _ -> new long[7]);
        sum[0] += group.pending();
        sum[1] += group.running();
        sum[2] += group.succeeded();
        sum[3] += group.failed();
        sum[4] += group.unknown();
        sum[5] += group.ready();
        sum[6] += group.restarts();
      }
    }
    return sums;
  }

  private void single() {
    List<MultiGauge.Row<?>> phaseRows = new ArrayList<>();
    List<MultiGauge.Row<?>> readyRows = new ArrayList<>();
    for (PodFacts pod : pods.values()) {
      Tags tags = Tags.of("namespace", pod.namespace(), "pod", pod.name(), "uid", pod.uid());
      phaseRows.add(MultiGauge.Row.of(tags.and("phase", pod.phase()), 1));
      readyRows.add(MultiGauge.Row.of(tags.and("condition", "true"), pod.ready() ? 1 : 0));
    }
    podPhases.register(phaseRows, true);
    podReady.register(readyRows, true);
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}

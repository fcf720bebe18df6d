package dev.slipway.ops.observe;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.ObservedPod;
import dev.slipway.engine.observe.StageTimes;
import dev.slipway.ingest.service.ObserveListener;
import dev.slipway.ops.pods.StageLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.PackedHistogram;

/**
 * How long pods take to the stages of their start, by namespace and by workload. Times of the API
 * are whole seconds, so are these. Thread safe; a pod is counted once, when it is Ready for the
 * first time.
 */
public final class StageHistograms implements ObserveListener {
  /** Past these the rest is counted together as {@value #OTHER}. */
  static final int NAMESPACES_MAX = 1_000;

  static final int WORKLOADS_MAX = 5_000;
  static final String OTHER = "other";

  /** Containers of a workload that are told apart. */
  private static final int STAGES_MAX = 64;

  /** Longer ones count as this. */
  private static final long SECONDS_MAX = 7 * 24 * 3_600;

  /** A value is told to within one percent. */
  private static final int DIGITS = 2;

  private final Map<String, Stages> namespaces = new HashMap<>();
  private final Map<Owner, Stages> workloads = new HashMap<>();

  private record Owner(String namespace, String workload) {}

  /** The stages of one namespace or workload, in the order in which they were first seen. */
  private static final class Stages {
    private final Map<String, Measured> byName = new HashMap<>();

    void add(String stage, int order, long nanos) {
      if (nanos == Times.NONE || nanos < 0) {
        return;
      }
      Measured measured = byName.get(stage);
      if (measured == null) {
        if (byName.size() >= STAGES_MAX) {
          return;
        }
        measured = new Measured(order);
        byName.put(stage, measured);
      }
      measured.add(Math.min(SECONDS_MAX, nanos / Times.SECOND));
    }
  }

  /** The histogram of one stage; the longest is kept exactly. */
  private static final class Measured {
    final int order;
    private final PackedHistogram seconds = new PackedHistogram(1, SECONDS_MAX, DIGITS);
    private long max;

    Measured(int order) {
      this.order = order;
    }

    void add(long value) {
      seconds.recordValue(value);
      max = Math.max(max, value);
    }

    long quantile(double percent) {
      return Math.min(max, seconds.getValueAtPercentile(percent));
    }
  }

  @Override
  public synchronized void readyFirst(ObservedPod pod) {
    StageTimes stages = pod.stages();
    common(namespace(pod.namespace()), stages);
    Stages own = workload(pod.namespace(), pod.workload());
    common(own, stages);
    int order = 2;
    for (StageTimes.Start start : stages.containers()) {
      own.add("started/" + start.container(), order++, start.after());
    }
  }

  private static void common(Stages to, StageTimes stages) {
    to.add("scheduled", 0, stages.scheduled());
    to.add("sandbox", 1, stages.sandbox());
    to.add("initialized", Integer.MAX_VALUE - 1, stages.initialized());
    to.add("ready", Integer.MAX_VALUE, stages.ready());
  }

  private Stages namespace(String name) {
    boolean known = namespaces.containsKey(name) || namespaces.size() < NAMESPACES_MAX;
    return namespaces.computeIfAbsent(known ? name : OTHER, _ -> new Stages());
  }

  private Stages workload(String namespace, String workload) {
    Owner owner = new Owner(namespace, workload);
    boolean known = workloads.containsKey(owner) || workloads.size() < WORKLOADS_MAX;
    return workloads.computeIfAbsent(known ? owner : new Owner(OTHER, OTHER), _ -> new Stages());
  }

  /** What was measured of a namespace, of all if it is empty, in order. */
  public synchronized List<StageLine> lines(String namespace) {
    List<StageLine> lines = new ArrayList<>();
    namespaces.forEach((name, stages) -> {
      if (namespace.isEmpty() || namespace.equals(name)) {
        lines(name, StageLine.ALL, stages, lines);
      }
    });
    workloads.forEach((owner, stages) -> {
      if (namespace.isEmpty() || namespace.equals(owner.namespace)) {
        lines(owner.namespace, owner.workload, stages, lines);
      }
    });
    lines.sort(StageLine.IN_ORDER);
    return lines;
  }

  private static void lines(
      String namespace, String workload, Stages stages, List<StageLine> lines) {
    stages.byName.forEach((stage, measured) ->
        lines.add(
            new StageLine(
                namespace,
                workload,
                stage,
                measured.order,
                measured.seconds.getTotalCount(),
                measured.quantile(50),
                measured.quantile(90),
                measured.quantile(99),
                measured.max)));
  }
}

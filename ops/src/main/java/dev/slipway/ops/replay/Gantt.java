package dev.slipway.ops.replay;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.runtime.RuntimeLog.Op;
import dev.slipway.engine.state.PodShape;
import dev.slipway.ops.replay.PodRecord.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the containers of single pods did over time; the pod's life is run once more to see it. */
final class Gantt {
  /** Pods a report can be asked about, per variant. */
  private static final int SLOWEST = 30;

  private static final int MOST_RESTARTS = 20;
  private static final int CUT_SHORT = 20;
  private static final int SPREAD = 40;

  /** Stretches of one pod a drawing can show. */
  private static final int SPANS_MAX = 300;

  /** A stretch of one container, -1: the pod. */
  record Span(int container, String kind, long from, long to, String text) {}

  private final PodRecord pod;
  private final long end;
  private final List<Span> spans = new ArrayList<>();
  private final long[] since;
  private final String[] doing;

  private Gantt(PodRecord pod, long end) {
    this.pod = pod;
    this.end = end;
    int count = pod.input.shape().count;
    this.since = new long[count];
    this.doing = new String[count];
    java.util.Arrays.fill(doing, "");
  }

  /** The pods worth a look, in order of arrival. */
  static List<PodRecord> chosen(RunResult run) {
    List<PodRecord> lived = run.pods().stream().filter(pod -> pod.life != null).toList();
    Set<PodRecord> chosen = new LinkedHashSet<>();
    long start = run.scenario().start();
    lived.stream()
        .sorted(Comparator.comparingLong((PodRecord pod) -> -Stage.TOTAL.of(pod, start)))
        .limit(SLOWEST)
        .forEach(chosen::add);
    lived.stream()
        .sorted(Comparator.comparingInt((PodRecord pod) -> -restarts(pod)))
        .limit(MOST_RESTARTS)
        .forEach(chosen::add);
    lived.stream()
        .filter(pod -> pod.cut != PodRecord.Cut.NONE || pod.outcome == Outcome.FAILED)
        .limit(CUT_SHORT)
        .forEach(chosen::add);
    int step = Math.max(1, lived.size() / SPREAD);
    for (int k = 0; k < lived.size(); k += step) {
      chosen.add(lived.get(k));
    }
    return chosen.stream().sorted(Comparator.comparingInt(pod -> pod.index)).toList();
  }

  private static int restarts(PodRecord pod) {
    LifeLog life = pod.life;
    return life == null ? 0 : life.restarts;
  }

  /** The stretches of one pod, in order of their beginning. */
  static List<Span> of(PodRecord pod, Scenario scenario) {
    LifeLog life = pod.life;
    if (life == null) {
      return List.of();
    }
    var gantt = new Gantt(pod, scenario.end());
    Life.run(
        pod.input,
        new Life.Terms(
            scenario.profile(), life.boundAt, pod.deletion(), pod.eviction(), scenario.end()),
        gantt::note);
    gantt.finish(life, Math.max(pod.arrival, scenario.start()));
    return gantt.spans.stream()
        .sorted(Comparator.comparingLong(Span::from).thenComparingInt(Span::container))
        .limit(SPANS_MAX)
        .toList();
  }

  private void note(Op op, int container, int attempt, long detail, String reason, long now) {
    switch (op) {
      case PULL -> begin(container, "pull", now);
      case PULLED -> close(container, now, detail == 1 ? "" : "pull failed");
      case CREATE -> begin(container, "start", now);
      case STARTED -> {
        close(container, now, "");
        begin(container, "run", now);
      }
      case STOP -> {
        close(container, now, "");
        begin(container, "stop", now);
      }
      case EXITED -> close(container, now, "exit code " + detail);
      case START_FAILED -> close(container, now, "start failed");
      default -> {}
    }
  }

  private void begin(int container, String what, long now) {
    doing[container] = what;
    since[container] = now;
  }

  private void close(int container, long now, String text) {
    if (!doing[container].isEmpty()) {
      spans.add(new Span(container, doing[container], since[container], now, text));
      doing[container] = "";
    }
  }

  private void finish(LifeLog life, long arrival) {
    PodShape shape = pod.input.shape();
    for (int c = 0; c < shape.count; c++) {
      close(c, end, "");
    }
    if (life.boundAt > arrival) {
      spans.add(new Span(-1, "pending", arrival, life.boundAt, ""));
    }
    if (life.sandboxAt != Times.NONE) {
      spans.add(new Span(-1, "sandbox", life.boundAt, life.sandboxAt, ""));
    }
    long ready = Times.NONE;
    for (int k = 0; k < life.count(); k++) {
      if (life.mark(k) == LifeLog.Mark.READY) {
        ready = life.time(k);
      } else if (life.mark(k) == LifeLog.Mark.UNREADY && ready != Times.NONE) {
        spans.add(new Span(-1, "ready", ready, life.time(k), ""));
        ready = Times.NONE;
      }
    }
    if (ready != Times.NONE) {
      spans.add(new Span(-1, "ready", ready, life.freedAt == Times.NONE ? end : life.freedAt, ""));
    }
  }
}

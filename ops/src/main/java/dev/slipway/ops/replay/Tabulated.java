package dev.slipway.ops.replay;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Times;
import dev.slipway.ops.replay.Table.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables of one variant: time series, pods, latencies. Times are seconds of the run. */
final class Tabulated {
  private static final int QUANTILES = 100;

  private Tabulated() {}

  static List<Table> of(RunResult run, Series series) {
    return List.of(timeseries(run, series), pods(run), latency(run));
  }

  private static Table timeseries(RunResult run, Series series) {
    Map<String, Type> columns = new LinkedHashMap<>();
    columns.put("seconds", Type.WHOLE);
    List<String> names = Columns.names(run.scenario().resources());
    names.forEach(name -> columns.put(name, Type.WHOLE));
    long[][] values = new long[names.size()][];
    for (int c = 0; c < values.length; c++) {
      values[c] = series.values(c);
    }
    List<List<?>> rows = new ArrayList<>();
    for (int k = 0; k < series.samples(); k++) {
      List<Object> row = new ArrayList<>();
      row.add(series.time(k) / Times.SECOND);
      for (long[] column : values) {
        row.add(column[k]);
      }
      rows.add(row);
    }
    return new Table("timeseries", columns, rows);
  }

  private static Table pods(RunResult run) {
    Map<String, Type> columns = new LinkedHashMap<>();
    for (String text : List.of("namespace", "name", "owner", "node", "outcome", "reason")) {
      columns.put(text, Type.TEXT);
    }
    for (String time : List.of("arrival", "bound", "sandbox", "initialized", "started", "ready")) {
      columns.put(time + "_s", Type.NUMBER);
    }
    columns.put("ended_s", Type.NUMBER);
    columns.put("restarts", Type.WHOLE);
    columns.put("events", Type.WHOLE);
    for (String resource : run.scenario().resources()) {
      columns.put(Columns.unitName(resource) + "_requested", Type.WHOLE);
    }
    for (String resource : run.scenario().resources()) {
      columns.put(Columns.unitName(resource) + "_init_unused", Type.WHOLE);
    }
    List<List<?>> rows = new ArrayList<>();
    for (PodRecord pod : run.pods()) {
      if (pod.outcome != null) {
        rows.add(row(pod));
      }
    }
    return new Table("pods", columns, rows);
  }

  private static List<@Nullable Object> row(PodRecord pod) {
    ObjectMeta meta = pod.input.meta();
    LifeLog life = pod.life;
    PodRecord.Outcome outcome = pod.outcome;
    List<@Nullable Object> row = new ArrayList<>();
    row.add(meta.namespace());
    row.add(meta.name());
    row.add(pod.input.owner());
    row.add(pod.node);
    row.add(outcome == null ? "" : outcome.text());
    row.add(life == null || !pod.waitsFor.isEmpty() ? pod.waitsFor : life.reason);
    row.add(seconds(pod.arrival));
    if (life == null) {
      row.addAll(Arrays.asList(new @Nullable Object[5]));
    } else {
      row.add(seconds(life.boundAt));
      row.add(seconds(life.sandboxAt));
      row.add(seconds(life.initializedAt));
      row.add(seconds(life.startedAt));
      row.add(seconds(life.readyAt));
    }
    row.add(seconds(pod.endedAt));
    row.add(life == null ? 0L : (long) life.restarts);
    row.add(life == null ? 0L : life.events);
    for (long amount : pod.input.footprint().requested()) {
      row.add(amount);
    }
    for (long amount : pod.input.footprint().unusedAfterStart()) {
      row.add(amount);
    }
    return row;
  }

  private static @Nullable Double seconds(long time) {
    return time == Times.NONE ? null : (double) time / Times.SECOND;
  }

  /** The stages' lengths at each percent; a stage nobody got through is empty. */
  private static Table latency(RunResult run) {
    Map<String, Type> columns = new LinkedHashMap<>();
    columns.put("percent", Type.WHOLE);
    List<long[]> sorted = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      columns.put(stage.key() + "_s", Type.NUMBER);
      sorted.add(sorted(run, stage));
    }
    List<List<?>> rows = new ArrayList<>();
    for (int percent = 0; percent <= QUANTILES; percent++) {
      List<@Nullable Object> row = new ArrayList<>();
      row.add((long) percent);
      for (long[] times : sorted) {
        row.add(times.length == 0 ? null : Summary.quantile(times, percent / 100.0));
      }
      rows.add(row);
    }
    return new Table("latency", columns, rows);
  }

  static long[] sorted(RunResult run, Stage stage) {
    return run.pods().stream()
        .mapToLong(pod -> stage.of(pod, run.scenario().start()))
        .filter(time -> time != Times.NONE)
        .sorted()
        .toArray();
  }
}

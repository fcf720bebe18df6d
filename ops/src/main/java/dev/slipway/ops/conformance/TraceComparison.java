package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares a recorded life with ours: calls and statuses to the millisecond, probes, events as a
 * set per instant.
 */
final class TraceComparison {
  private TraceComparison() {}

  static Verdict compare(JsonNode out, TraceRecord record, long horizon) {
    boolean loose = out.path("loose").asBoolean();
    List<String> expected = new ArrayList<>();
    List<String> actual = new ArrayList<>();
    section(
        "calls",
        before(horizon, expectedCalls(out)),
        before(horizon, actualCalls(record)),
        expected,
        actual,
        loose);
    section(
        "status",
        before(horizon, expectedStatuses(out)),
        before(horizon, actualStatuses(record)),
        expected,
        actual,
        loose);
    section(
        "probes",
        before(horizon, expectedProbes(out)),
        before(horizon, actualProbes(record)),
        expected,
        actual,
        loose);
    section(
        "events",
        before(horizon, expectedEvents(out)),
        before(horizon, actualEvents(record)),
        expected,
        actual,
        loose);
    return Verdict.of(String.join("\n", expected), String.join("\n", actual));
  }

  /** A timed line; in loose cases lines agree if their times are within one second. */
  private record Line(long t, String text) {
    @Override
    public String toString() {
      return t + " " + text;
    }
  }

  /**
   * The record ends at the horizon: what happens in that very instant is in it or not, by chance.
   */
  private static List<Line> before(long horizon, List<Line> lines) {
    return lines.stream().filter(line -> line.t() < horizon).toList();
  }

  private static void section(
      String name,
      List<Line> want,
      List<Line> have,
      List<String> expected,
      List<String> actual,
      boolean loose) {
    if (agree(want, have, loose)) {
      return;
    }
    expected.add("-- " + name);
    actual.add("-- " + name);
    want.forEach(line -> expected.addAll(line.toString().lines().toList()));
    have.forEach(line -> actual.addAll(line.toString().lines().toList()));
  }

  static boolean agree(List<Line> want, List<Line> have, boolean loose) {
    if (!loose) {
      return want.equals(have);
    }
    return byTrack(want).equals(byTrack(have)) && timesAgree(want, have);
  }

  /**
   * A loose case fixes the order of what one container does; who of two comes first within a second
   * is open.
   */
  private static Map<String, List<String>> byTrack(List<Line> lines) {
    Map<String, List<String>> tracks = new TreeMap<>();
    lines.forEach(l -> tracks.computeIfAbsent(track(l), _ -> new ArrayList<>()).add(l.text()));
    return tracks;
  }

  private static boolean timesAgree(List<Line> want, List<Line> have) {
    Map<String, List<Long>> wanted = times(want);
    Map<String, List<Long>> had = times(have);
    return wanted.entrySet().stream()
        .allMatch(e -> {
          List<Long> other = had.getOrDefault(e.getKey(), List.of());
          for (int k = 0; k < e.getValue().size(); k++) {
            if (Math.abs(e.getValue().get(k) - other.get(k)) > LOOSE_MS) {
              return false;
            }
          }
          return true;
        });
  }

  private static Map<String, List<Long>> times(List<Line> lines) {
    Map<String, List<Long>> times = new TreeMap<>();
    lines.forEach(l -> times.computeIfAbsent(track(l), _ -> new ArrayList<>()).add(l.t()));
    return times;
  }

  /** The container, probe or event a line is about: its first word; a status is about the pod. */
  private static String track(Line line) {
    int space = line.text().indexOf(' ');
    return line.text().contains("\n") || space < 0 ? "" : line.text().substring(0, space);
  }

  private static final int LOOSE_MS = 1000;

  private static List<Line> expectedCalls(JsonNode out) {
    List<TraceRecord.Call> calls = new ArrayList<>();
    for (JsonNode c : out.path("calls")) {
      StringBuilder text = new StringBuilder(c.path("op").asText());
      String op = c.path("op").asText();
      boolean hook = op.startsWith("postStart") || op.startsWith("preStop");
      if (c.has("n") && !hook && !op.startsWith("pull")) {
        text.append(" n=").append(c.path("n").asText());
      }
      for (String field : List.of("ok", "exit", "reason", "grace")) {
        if (c.has(field)
            && !(op.startsWith("node:") || (op.startsWith("api:") && !op.equals("api:delete")))) {
          text.append(' ').append(field).append('=').append(c.path(field).asText());
        }
      }
      calls.add(
          new TraceRecord.Call(c.path("t").asLong(), c.path("c").asText(""), text.toString()));
    }
    return sorted(calls);
  }

  private static List<Line> actualCalls(TraceRecord record) {
    return sorted(record.calls);
  }

  private static List<Line> sorted(List<TraceRecord.Call> calls) {
    List<TraceRecord.Call> copy = new ArrayList<>(calls);
    copy.sort(Comparator.comparingLong(TraceRecord.Call::t).thenComparing(TraceRecord.Call::c));
    List<Line> lines = new ArrayList<>();
    for (TraceRecord.Call call : copy) {
      lines.add(new Line(call.t(), call.c() + " " + call.text()));
    }
    return lines;
  }

  private static List<Line> expectedStatuses(JsonNode out) {
    List<TraceRecord.Status> statuses = new ArrayList<>();
    for (JsonNode s : out.path("status")) {
      long t = s.path("t").asLong();
      if (s.path("deleted").asBoolean()) {
        statuses.add(new TraceRecord.Status(t, "deleted " + s.path("phase").asText("")));
        continue;
      }
      StringBuilder text = new StringBuilder(s.path("phase").asText(""));
      text.append(' ').append(s.path("reason").asText("")).append('\n');
      TreeMap<String, String> conditions = new TreeMap<>();
      s.path("cond")
          .fields()
          .forEachRemaining(e -> conditions.put(e.getKey(), e.getValue().asText()));
      text.append(conditions).append('\n');
      for (String list : List.of("init", "app", "ephemeral")) {
        s.path(list).forEach(line -> text.append(line.asText()).append('\n'));
      }
      statuses.add(new TraceRecord.Status(t, text.toString()));
    }
    return changes(statuses);
  }

  private static List<Line> actualStatuses(TraceRecord record) {
    return changes(record.statuses);
  }

  /** The last status of each millisecond, and of those the ones that differ from the one before. */
  private static List<Line> changes(List<TraceRecord.Status> statuses) {
    List<Line> lines = new ArrayList<>();
    String before = "";
    for (int k = 0; k < statuses.size(); k++) {
      TraceRecord.Status status = statuses.get(k);
      boolean superseded =
          k + 1 < statuses.size()
              && statuses.get(k + 1).t() == status.t()
              && !statuses.get(k + 1).text().startsWith("deleted");
      if (!superseded && !status.text().equals(before)) {
        lines.add(new Line(status.t(), status.text()));
        before = status.text();
      }
    }
    return lines;
  }

  private static List<Line> expectedProbes(JsonNode out) {
    List<Line> lines = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    out.path("probes").forEach(row -> rows.add(row.asText()));
    Collections.sort(rows);
    rows.forEach(row -> addProbes(row, lines));
    return lines;
  }

  private static List<Line> actualProbes(TraceRecord record) {
    List<Line> lines = new ArrayList<>();
    record.probes.forEach((key, row) -> addProbes(key + row, lines));
    return lines;
  }

  private static void addProbes(String row, List<Line> lines) {
    String[] parts = row.split(" ");
    for (int k = 1; k < parts.length; k++) {
      String part = parts[k];
      lines.add(
          new Line(
              Long.parseLong(part.substring(0, part.length() - 1)),
              parts[0] + " " + part.charAt(part.length() - 1)));
    }
  }

  private static List<Line> expectedEvents(JsonNode out) {
    List<String> events = new ArrayList<>();
    for (JsonNode e : out.path("events")) {
      events.add(
          e.path("t").asText()
              + ":"
              + e.path("reason").asText()
              + "("
              + e.path("c").asText("")
              + ")");
    }
    return eventLines(events);
  }

  private static List<Line> actualEvents(TraceRecord record) {
    return eventLines(record.events);
  }

  private static List<Line> eventLines(List<String> events) {
    return events.stream()
        .filter(e -> !e.contains(":BackOff("))
        .distinct()
        .map(e ->
            new Line(
                Long.parseLong(e.substring(0, e.indexOf(':'))), e.substring(e.indexOf(':') + 1)))
        .sorted(Comparator.comparingLong(Line::t).thenComparing(Line::text))
        .toList();
  }
}

package dev.slipway.ops.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The list under a chart: what happened when, to whom, and what it changed. */
final class MomentTable {
  private static final String WARNING = "33";
  private static final String STATUS = "36";
  private static final String ACTION = "1";
  private static final String POD = "-";
  private static final int NARROWEST = 40;

  /** One line; one that repeats the line before it is counted there. */
  private static final class Line {
    final long at;
    final String container;
    final String what;
    final String detail;
    final String sgr;
    long lastAt;
    int count = 1;

    Line(long at, String container, String what, String detail, String sgr) {
      this.at = at;
      this.container = container.isEmpty() ? POD : container;
      this.what = what;
      this.detail = detail;
      this.sgr = sgr;
      this.lastAt = at;
    }

    boolean same(Line other) {
      return container.equals(other.container)
          && what.equals(other.what)
          && detail.equals(other.detail);
    }

    String detail() {
      return count == 1 ? detail : detail + "  (x" + count + " until " + Clock.text(lastAt) + ")";
    }
  }

  private MomentTable() {}

  static List<String> draw(List<Moment> moments, TextStyle style) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(0, "CONTAINER", "WHAT", "", ACTION));
    moments.forEach(moment -> lines(moment).forEach(line -> add(lines, line)));
    int container = lines.stream().mapToInt(line -> line.container.length()).max().orElse(0);
    int what = lines.stream().mapToInt(line -> line.what.length()).max().orElse(0);
    List<String> text = new ArrayList<>();
    for (Line line : lines) {
      String time = text.isEmpty() ? "TIME" : Clock.text(line.at);
      String row = pad(time, 10) + pad(line.container, container + 2) + pad(line.what, what + 2);
      for (String part :
          wrapped(line.detail(), Math.max(NARROWEST, style.width() - row.length()))) {
        text.add(style.paint((row + part).stripTrailing(), line.sgr));
        row = " ".repeat(row.length());
      }
    }
    return text;
  }

  /** The text in lines of that width at most, broken at blanks. */
  private static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private static void add(List<Line> lines, Line line) {
    Line last = lines.getLast();
    if (last.same(line)) {
      last.count++;
      last.lastAt = line.at;
    } else {
      lines.add(line);
    }
  }

  private static List<Line> lines(Moment moment) {
    return switch (moment) {
      case Moment.Action a ->
          List.of(new Line(a.at(), a.container(), a.what(), a.detail(), ACTION));
      case Moment.Runtime r -> List.of(new Line(r.at(), r.container(), r.what(), r.detail(), ""));
      case Moment.Event e ->
          List.of(
              new Line(e.at(), e.container(), e.reason(), e.message(), e.warning() ? WARNING : ""));
      case Moment.Status s -> status(s);
    };
  }

  private static List<Line> status(Moment.Status status) {
    Map<String, List<StatusChange>> perContainer = new LinkedHashMap<>();
    for (StatusChange change : status.changes()) {
      perContainer.computeIfAbsent(change.container(), _ -> new ArrayList<>()).add(change);
    }
    List<Line> lines = new ArrayList<>();
    perContainer.forEach((container, changes) ->
        lines.add(
            new Line(
                status.at(),
                container,
                "status",
                changes.stream().map(StatusChange::text).collect(Collectors.joining(", ")),
                STATUS)));
    return lines;
  }
}

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
  private static final String WHY = "2";
  private static final String POD = "-";
  private static final int NARROWEST = 40;

  /** One line; one that repeats the line before it is counted there. */
  private static final class Line {
    final long at;
    final String container;
    final String what;
    final String detail;
    final String sgr;
    final List<Reason> why;
    long lastAt;
    int count = 1;

    Line(long at, String container, String what, String detail, String sgr, List<Reason> why) {
      this.at = at;
      this.container = container.isEmpty() ? POD : container;
      this.what = what;
      this.detail = detail;
      this.sgr = sgr;
      this.why = why;
      this.lastAt = at;
    }

    boolean same(Line other) {
      return container.equals(other.container)
          && what.equals(other.what)
          && detail.equals(other.detail)
          && why.equals(other.why);
    }

    String detail() {
      return count == 1 ? detail : detail + "  (x" + count + " until " + Clock.text(lastAt) + ")";
    }
  }

  private MomentTable() {}

  /**
   * The list, line by line.
   *
   * @param explain with the reason under each line
   */
  static List<String> draw(List<Moment> moments, TextStyle style, boolean explain) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(0, "CONTAINER", "WHAT", "", ACTION, List.of()));
    for (Moment moment : moments) {
      if (explain || !(moment instanceof Moment.Decision)) {
        lines(moment, explain).forEach(line -> add(lines, line));
      }
    }
    int container = lines.stream().mapToInt(line -> line.container.length()).max().orElse(0);
    int what = lines.stream().mapToInt(line -> line.what.length()).max().orElse(0);
    List<String> text = new ArrayList<>();
    Line before = lines.getFirst();
    for (Line line : lines) {
      String time = text.isEmpty() ? "TIME" : Clock.text(line.at);
      String row = pad(time, 10) + pad(line.container, container + 2) + pad(line.what, what + 2);
      List<Reason> why = line.why;
      boolean bare = line.detail.isEmpty() && !why.isEmpty();
      if (bare) {
        write(row, why.getFirst().text(), line.sgr, style, text);
        why = why.subList(1, why.size());
      } else {
        write(row, line.detail(), line.sgr, style, text);
      }
      if (!repeats(line, before)) {
        String indent = " ".repeat(row.length());
        String mark = style.unicode() ? "└ " : "> ";
        why.forEach(reason -> write(indent + mark, reason.text(), WHY, style, text));
      }
      before = line;
    }
    return text;
  }

  /** Steps that follow each other for one reason say it once. */
  private static boolean repeats(Line line, Line before) {
    return line.container.equals(before.container)
        && line.why.equals(before.why)
        && !line.sgr.equals(STATUS);
  }

  private static void write(
      String head, String words, String sgr, TextStyle style, List<String> text) {
    String row = head;
    for (String part : wrapped(words, Math.max(NARROWEST, style.width() - head.length()))) {
      text.add(style.paint((row + part).stripTrailing(), sgr));
      row = " ".repeat(head.length());
    }
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

  private static List<Line> lines(Moment moment, boolean explain) {
    return switch (moment) {
      case Moment.Action(var at, var container, var what, var detail, var why) ->
          List.of(new Line(at, container, what, detail, ACTION, shown(why, explain)));
      case Moment.Runtime(var at, var container, var what, var detail, var why) ->
          List.of(new Line(at, container, what, detail, "", shown(why, explain)));
      case Moment.Decision(var at, var container, var what, var detail, var why) ->
          List.of(new Line(at, container, what, detail, "", shown(why, explain)));
      case Moment.Event e -> {
        String sgr = e.warning() ? WARNING : "";
        yield List.of(
            new Line(e.at(), e.container(), e.reason(), e.message(), sgr, shown(e.why(), explain)));
      }
      case Moment.Status s -> status(s, explain);
    };
  }

  private static List<Reason> shown(List<Reason> why, boolean explain) {
    return explain ? why : List.of();
  }

  /** A line for each container, or, with reasons, for each of its reasons. */
  private static List<Line> status(Moment.Status status, boolean explain) {
    record Part(String container, List<Reason> why) {}
    Map<Part, List<StatusChange>> parts = new LinkedHashMap<>();
    for (StatusChange change : status.changes()) {
      Part part = new Part(change.container(), shown(change.why(), explain));
      parts.computeIfAbsent(part, _ -> new ArrayList<>()).add(change);
    }
    List<Line> lines = new ArrayList<>();
    parts.forEach((part, changes) ->
        lines.add(
            new Line(
                status.at(),
                part.container(),
                "status",
                changes.stream().map(StatusChange::text).collect(Collectors.joining(", ")),
                STATUS,
                part.why())));
    return lines;
  }
}

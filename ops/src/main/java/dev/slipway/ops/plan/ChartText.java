package dev.slipway.ops.plan;

import dev.slipway.ops.plan.Track.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Draws a timeline as rows of characters, one per container. */
final class ChartText {
  private static final int NARROWEST = 20;
  private static final int TICK_COLUMNS = 9;

  /** Marks may stand this far right of their moment to keep them apart. */
  private static final int SHIFT = 3;

  private final TextStyle style;
  private final long end;
  private final int labels;
  private final int columns;
  private final List<Track> rows = new ArrayList<>();
  private final Set<Activity> activities = EnumSet.noneOf(Activity.class);
  private final Set<Mark.Kind> marks = EnumSet.noneOf(Mark.Kind.class);

  private ChartText(Timeline timeline, TextStyle style) {
    this.style = style;
    this.end = Math.max(1, timeline.end());
    rows.add(timeline.pod());
    rows.addAll(timeline.containers());
    this.labels = nameWidth() + roleWidth() + 4;
    this.columns = Math.max(NARROWEST, style.width() - labels - SHIFT);
  }

  /** The chart with axis and legend, line by line. */
  static List<String> draw(Timeline timeline, TextStyle style) {
    return new ChartText(timeline, style).draw();
  }

  private int nameWidth() {
    return rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
  }

  private int roleWidth() {
    return rows.stream().mapToInt(row -> label(row).length()).max().orElse(0);
  }

  /** The pod's own row needs no role. */
  private static String label(Track row) {
    return row.role().equals("pod") ? "" : row.role();
  }

  private List<String> draw() {
    List<String> lines = new ArrayList<>();
    lines.add(axis());
    for (Track row : rows) {
      lines.add(row(row));
    }
    lines.add("");
    lines.addAll(legend());
    return lines;
  }

  private String axis() {
    char[] line = blank();
    for (long tick : Axis.ticks(end, columns / TICK_COLUMNS)) {
      int column = column(tick);
      String text = (style.unicode() ? "╷" : "|") + Clock.text(tick);
      for (int k = 0; k < text.length() && column + k < line.length; k++) {
        line[column + k] = text.charAt(k);
      }
    }
    return (" ".repeat(labels) + new String(line)).stripTrailing();
  }

  private char[] blank() {
    char[] line = new char[columns + SHIFT];
    Arrays.fill(line, ' ');
    return line;
  }

  private int column(long at) {
    return (int) Math.min(columns - 1, (long) ((double) at / end * columns));
  }

  private String row(Track row) {
    char[] line = blank();
    String[] sgr = new String[line.length];
    Arrays.fill(sgr, "");
    for (int k = 0; k < columns; k++) {
      Activity activity = busiest(row, k);
      activities.add(activity);
      line[k] = activity.glyph(style.unicode());
      sgr[k] = activity.ansi();
    }
    int free = 0;
    for (Mark mark : row.marks()) {
      int exact = column(mark.at());
      int column = Math.max(exact, free);
      if (column <= exact + SHIFT) {
        line[column] = glyph(mark);
        sgr[column] = sgr(mark.kind());
        marks.add(mark.kind());
        free = column + 1;
      }
    }
    String name = row.name() + " ".repeat(nameWidth() - row.name().length() + 2);
    String role = label(row) + " ".repeat(roleWidth() - label(row).length() + 2);
    return (name + style.paint(role, "2") + painted(line, sgr)).stripTrailing();
  }

  /** What took most of the time a column stands for. */
  private Activity busiest(Track row, int column) {
    double from = (double) end * column / columns;
    double to = (double) end * (column + 1) / columns;
    return row.segments().stream()
        .max(Comparator.comparingDouble(segment -> overlap(segment, from, to)))
        .map(Segment::activity)
        .orElse(Activity.WAITING);
  }

  private static double overlap(Segment segment, double from, double to) {
    return Math.min(segment.to(), to) - Math.max(segment.from(), from);
  }

  private String painted(char[] line, String[] sgr) {
    if (!style.colour()) {
      return new String(line);
    }
    StringBuilder text = new StringBuilder();
    int from = 0;
    int length = new String(line).stripTrailing().length();
    for (int k = 1; k <= length; k++) {
      if (k == length || !sgr[k].equals(sgr[from])) {
        text.append(style.paint(new String(line, from, k - from), sgr[from]));
        from = k;
      }
    }
    return text.toString();
  }

  private char glyph(Mark mark) {
    return switch (mark.kind()) {
      case COMPLETED -> style.unicode() ? '✓' : 'o';
      case STOPPED -> style.unicode() ? '×' : 'e';
      case FAILED -> style.unicode() ? '✗' : 'x';
      case STOP_SIGNAL -> 'T';
      case KILL -> 'K';
      case RESTART -> mark.number() > 9 ? '+' : (char) ('0' + mark.number());
    };
  }

  private static String sgr(Mark.Kind kind) {
    return switch (kind) {
      case COMPLETED -> "1;32";
      case STOPPED -> "35";
      case FAILED, KILL -> "1;31";
      case STOP_SIGNAL -> "1;35";
      case RESTART -> "1;36";
    };
  }

  /** Only what the chart shows, over as many lines as it needs. */
  private List<String> legend() {
    List<String> entries = new ArrayList<>();
    List<Integer> widths = new ArrayList<>();
    activities.remove(Activity.ENDED);
    for (Activity activity : activities) {
      String glyph = String.valueOf(activity.glyph(style.unicode()));
      entries.add(style.paint(glyph, activity.ansi()) + " " + activity.text());
      widths.add(activity.text().length() + 2);
    }
    for (Mark.Kind kind : marks) {
      String glyph = kind == Mark.Kind.RESTART ? "1" : String.valueOf(glyph(new Mark(kind, 0, 0)));
      String text = kind == Mark.Kind.RESTART ? "restart, how many" : kind.text();
      entries.add(style.paint(glyph, sgr(kind)) + " " + text);
      widths.add(text.length() + 2);
    }
    return wrapped(entries, widths);
  }

  private List<String> wrapped(List<String> entries, List<Integer> widths) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int used = 0;
    for (int k = 0; k < entries.size(); k++) {
      if (used > 0 && used + 3 + widths.get(k) > style.width()) {
        lines.add(line.toString());
        line.setLength(0);
        used = 0;
      }
      line.append(used > 0 ? "   " : "").append(entries.get(k));
      used += widths.get(k) + (used > 0 ? 3 : 0);
    }
    lines.add(line.toString());
    return lines;
  }
}

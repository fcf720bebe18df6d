package dev.slipway.ops.plan;

import dev.slipway.ops.plan.Track.Segment;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Draws timelines as one self-contained SVG, one chart under the other. */
final class ChartSvg {
  private static final int WIDTH = 1120;
  private static final int MARGIN = 24;
  private static final int CHART_RIGHT = WIDTH - 40;
  private static final int CHARACTER = 7;
  private static final int LABELS_LEAST = 150;
  private static final int LABELS_MOST = 340;
  private static final int HEAD = 78;
  private static final int ROW = 36;
  private static final int BAR = 18;
  private static final int FOOT = 88;
  private static final int LEGEND_LINE = 28;
  private static final int TICKS = 12;
  private static final String INK = "#1f2933";
  private static final String FAINT = "#6b7480";
  private static final String GRID = "#e3e6ea";
  private static final String RED = "#c0322b";

  private final StringBuilder svg = new StringBuilder();

  private ChartSvg() {}

  static String draw(List<PodPlan> plans, String subtitle) {
    return new ChartSvg().all(plans, subtitle);
  }

  private String all(List<PodPlan> plans, String subtitle) {
    int height = MARGIN;
    for (PodPlan plan : plans) {
      height += height(plan);
    }
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
            + " font-family=\"system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif\""
            + " font-size=\"13\" fill=\"%s\">",
        WIDTH, height, WIDTH, height, INK);
    add("<title>%s</title>", escape(plans.size() == 1 ? plans.getFirst().title() : "Pod plans"));
    add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, height);
    int top = MARGIN / 2;
    for (PodPlan plan : plans) {
      new One(plan, top, subtitle).draw();
      top += height(plan);
    }
    return svg.append("</svg>").toString();
  }

  private static int height(PodPlan plan) {
    return HEAD + (plan.timeline().containers().size() + 1) * ROW + FOOT;
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** One pod's chart. */
  private final class One {
    private final PodPlan plan;
    private final int top;
    private final String subtitle;
    private final long end;
    private final int left;
    private final Set<Activity> activities = EnumSet.noneOf(Activity.class);
    private final Set<Mark.Kind> marks = EnumSet.noneOf(Mark.Kind.class);

    One(PodPlan plan, int top, String subtitle) {
      this.plan = plan;
      this.top = top;
      this.subtitle = subtitle;
      this.end = Math.max(1, plan.timeline().end());
      int longest =
          plan.timeline().containers().stream()
              .mapToInt(row -> row.name().length() + row.role().length() + 2)
              .max()
              .orElse(0);
      this.left = MARGIN + Math.max(LABELS_LEAST, Math.min(LABELS_MOST, longest * CHARACTER + 12));
    }

    private double x(long at) {
      return left + (double) (CHART_RIGHT - left) * at / end;
    }

    void draw() {
      add(
          "<text x=\"%d\" y=\"%d\" font-size=\"18\" font-weight=\"600\">%s</text>",
          MARGIN, top + 24, escape(plan.title()));
      add(
          "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>",
          MARGIN, top + 44, FAINT, escape(plan.outcome().text() + " · " + subtitle));
      grid();
      int y = top + HEAD;
      row(plan.timeline().pod(), y);
      for (Track row : plan.timeline().containers()) {
        y += ROW;
        row(row, y);
      }
      legend(y + ROW + 26);
    }

    private void grid() {
      int bottom = top + HEAD + (plan.timeline().containers().size() + 1) * ROW;
      for (long tick : Axis.ticks(end, TICKS)) {
        add(
            "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\"/>",
            x(tick), top + HEAD - 6, x(tick), bottom, GRID);
        add(
            "<text x=\"%.1f\" y=\"%d\" font-size=\"11\" text-anchor=\"middle\" fill=\"%s\">%s</text>",
            x(tick), top + HEAD - 11, FAINT, Clock.text(tick));
      }
    }

    private void row(Track row, int y) {
      double middle = y + ROW / 2.0 + 3;
      boolean pod = row.role().equals("pod");
      add(
          "<text x=\"%d\" y=\"%.1f\"%s>%s%s</text>",
          MARGIN,
          middle + 4.5,
          pod ? " font-weight=\"600\"" : "",
          escape(row.name()),
          pod
              ? ""
              : String.format(
                  Locale.ROOT,
                  "<tspan dx=\"7\" font-size=\"11\" fill=\"%s\">%s</tspan>",
                  FAINT,
                  row.role()));
      for (Segment segment : row.segments()) {
        segment(segment, middle);
      }
      for (Mark mark : row.marks()) {
        marks.add(mark.kind());
        mark(mark, x(mark.at()), middle);
      }
    }

    private void segment(Segment segment, double middle) {
      if (segment.activity() == Activity.ENDED) {
        return;
      }
      activities.add(segment.activity());
      double from = x(segment.from());
      int height = segment.activity() == Activity.WAITING ? 4 : BAR;
      add(
          "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" fill=\"%s\"><title>%s</title></rect>",
          from,
          middle - height / 2.0,
          Math.max(0.8, x(segment.to()) - from),
          height,
          segment.activity().colour(),
          escape(
              segment.activity().text()
                  + ", "
                  + Clock.text(segment.from())
                  + " to "
                  + Clock.text(segment.to())));
    }

    private void mark(Mark mark, double x, double middle) {
      String title =
          mark.kind().text()
              + " at "
              + Clock.text(mark.at())
              + switch (mark.kind()) {
                case FAILED, STOPPED -> ": " + mark.number();
                case RESTART -> ", number " + mark.number();
                case STOP_SIGNAL -> ", grace " + mark.number() + "s";
                case COMPLETED, KILL -> "";
              };
      add("<g><title>%s</title>%s</g>", escape(title), shape(mark, x, middle));
    }

    private String shape(Mark mark, double x, double y) {
      return switch (mark.kind()) {
        case STOP_SIGNAL -> flag(x, y, "T", "#5b2f87");
        case KILL -> flag(x, y, "K", RED);
        case RESTART -> flag(x, y, String.valueOf(mark.number()), "#1d6f80");
        case COMPLETED -> line("M%.1f %.1fl3 4l6 -9", x + 3, y + 1, "#3f9b57");
        case STOPPED -> line("M%.1f %.1fl7 8m0 -8l-7 8", x + 3, y - 4, FAINT);
        case FAILED -> line("M%.1f %.1fl7 8m0 -8l-7 8", x + 3, y - 4, RED);
      };
    }

    /** A line through the bar with a letter over it. */
    private String flag(double x, double y, String letter, String colour) {
      return String.format(
          Locale.ROOT,
          "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"1.6\"/>"
              + "<text x=\"%.1f\" y=\"%.1f\" font-size=\"10\" font-weight=\"700\""
              + " text-anchor=\"middle\" fill=\"%s\">%s</text>",
          x,
          y - 11,
          x,
          y + 10,
          colour,
          x,
          y - 12.5,
          colour,
          letter);
    }

    private String line(String path, double x, double y, String colour) {
      return String.format(
          Locale.ROOT,
          "<path d=\""
              + path
              + "\" fill=\"none\" stroke=\"#ffffff\" stroke-width=\"5\"/>"
              + "<path d=\""
              + path
              + "\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
          x,
          y,
          x,
          y,
          colour);
    }

    private void legend(int y) {
      double x = MARGIN;
      for (Activity activity : activities) {
        int height = activity == Activity.WAITING ? 4 : 12;
        add(
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"16\" height=\"%d\" fill=\"%s\"/>",
            x, y - 4 - height / 2.0, height, activity.colour());
        x = label(x + 21, y, activity.text());
      }
      x = MARGIN;
      int below = y + LEGEND_LINE;
      for (Mark.Kind kind : marks) {
        svg.append(shape(new Mark(kind, 0, 1), x + 4, below - 4.0)).append('\n');
        x = label(x + 21, below, kind.text());
      }
    }

    private double label(double x, int y, String text) {
      add("<text x=\"%.1f\" y=\"%d\" font-size=\"11\" fill=\"%s\">%s</text>", x, y, FAINT, text);
      return x + text.length() * 6.1 + 18;
    }
  }
}

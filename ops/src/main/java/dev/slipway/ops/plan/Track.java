package dev.slipway.ops.plan;

import java.util.ArrayList;
import java.util.List;

/** One row of a chart: what a container, or the pod, was busy with from when to when. */
final class Track {
  /** A stretch of one activity. */
  record Segment(Activity activity, long from, long to) {}

  private final String name;
  private final String role;
  private final List<Segment> segments = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private Activity activity = Activity.WAITING;
  private long since;
  private final List<Span> runs = new ArrayList<>();
  private long runsSince = -1;

  Track(String name, String role) {
    this.name = name;
    this.role = role;
  }

  String name() {
    return name;
  }

  /** app, init, sidecar, ephemeral; pod for the pod itself. */
  String role() {
    return role;
  }

  Activity activity() {
    return activity;
  }

  /** From now on it is busy with this. */
  void turn(Activity next, long now) {
    if (next != activity) {
      close(now);
      activity = next;
    }
  }

  void mark(Mark.Kind kind, long now, long number) {
    marks.add(new Mark(kind, now, number));
  }

  /** Its process is up from now on. */
  void up(long now) {
    runsSince = now;
  }

  /** Its process is gone. */
  void down(long now) {
    if (runsSince >= 0) {
      runs.add(new Span(runsSince, now));
      runsSince = -1;
    }
  }

  /** When its process was there. */
  List<Span> runs() {
    return List.copyOf(runs);
  }

  /** Ends the row. */
  void close(long now) {
    if (now > since) {
      segments.add(new Segment(activity, since, now));
    }
    since = now;
  }

  List<Segment> segments() {
    return List.copyOf(segments);
  }

  List<Mark> marks() {
    return List.copyOf(marks);
  }
}

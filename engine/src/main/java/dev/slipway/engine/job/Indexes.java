package dev.slipway.engine.job;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** A set of completion indexes in the form the API writes it: {@code 0,3-5,7}. */
public final class Indexes {
  static final Indexes NONE = new Indexes(List.of());

  private final List<Range> ranges;

  private Indexes(List<Range> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  private record Range(int first, int last) {}

  /** Reads the form; broken parts are left out, and what is not below {@code end}. */
  static Indexes parse(String text, int end) {
    var ranges = new ArrayList<Range>();
    if (text.isEmpty()) {
      return NONE;
    }
    for (String part : text.split(",", -1)) {
      String[] limits = part.split("-", -1);
      try {
        int first = Integer.parseInt(limits[0]);
        if (first >= end) {
          break;
        }
        int last = limits.length > 1 ? Math.min(Integer.parseInt(limits[1]), end - 1) : first;
        if (!ranges.isEmpty() && ranges.getLast().last == first - 1) {
          ranges.add(new Range(ranges.removeLast().first, last));
        } else {
          ranges.add(new Range(first, last));
        }
      } catch (NumberFormatException e) {
        continue;
      }
    }
    return new Indexes(ranges);
  }

  /** These and more, which come in order. */
  Indexes with(SortedSet<Integer> more) {
    var merged = new ArrayList<Range>();
    int next = 0;
    for (int index : more) {
      while (next < ranges.size() && ranges.get(next).first < index) {
        append(merged, ranges.get(next++));
      }
      append(merged, new Range(index, index));
    }
    while (next < ranges.size()) {
      append(merged, ranges.get(next++));
    }
    return new Indexes(merged);
  }

  /** These and those. */
  Indexes with(Indexes those) {
    var merged = new ArrayList<Range>();
    int i = 0;
    int j = 0;
    while (i < ranges.size() || j < those.ranges.size()) {
      boolean mine =
          j == those.ranges.size()
              || i < ranges.size() && ranges.get(i).first <= those.ranges.get(j).first;
      append(merged, mine ? ranges.get(i++) : those.ranges.get(j++));
    }
    return new Indexes(merged);
  }

  private static void append(List<Range> merged, Range range) {
    if (merged.isEmpty() || range.first > merged.getLast().last + 1) {
      merged.add(range);
    } else if (merged.getLast().last < range.last) {
      merged.add(new Range(merged.removeLast().first, range.last));
    }
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  boolean has(int index) {
    for (Range range : ranges) {
      if (range.first <= index && index <= range.last) {
        return true;
      }
    }
    return false;
  }

  int total() {
    int total = 0;
    for (Range range : ranges) {
      total += range.last - range.first + 1;
    }
    return total;
  }

  /** How many of these are in the other set too. */
  int common(Indexes other) {
    int common = 0;
    for (Range mine : ranges) {
      for (Range theirs : other.ranges) {
        int first = Math.max(mine.first, theirs.first);
        int last = Math.min(mine.last, theirs.last);
        common += Math.max(0, last - first + 1);
      }
    }
    return common;
  }

  /** The first indexes below {@code end} that are not in the set, in order. */
  List<Integer> firstMissing(int count, int end) {
    var missing = new ArrayList<Integer>();
    int candidate = 0;
    for (Range range : ranges) {
      for (; candidate < end && missing.size() < count && candidate < range.first; candidate++) {
        missing.add(candidate);
      }
      candidate = Math.max(candidate, range.last + 1);
    }
    for (; candidate < end && missing.size() < count; candidate++) {
      missing.add(candidate);
    }
    return missing;
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (Range range : ranges) {
      if (!text.isEmpty()) {
        text.append(',');
      }
      text.append(range.first);
      if (range.last > range.first) {
        text.append(range.last == range.first + 1 ? ',' : '-').append(range.last);
      }
    }
    return text.toString();
  }
}

package dev.slipway.ops.plan;

import dev.slipway.engine.api.Times;
import java.util.ArrayList;
import java.util.List;

/** Where the ticks of a time axis are. */
final class Axis {
  private static final long[] STEP_SECONDS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400
  };

  private static final long DAY_SECONDS = 86_400;

  private Axis() {}

  /** Round times from zero on, at most so many. */
  static List<Long> ticks(long end, int most) {
    long step = step(end, Math.max(1, most));
    List<Long> ticks = new ArrayList<>();
    for (long at = 0; at <= end; at += step) {
      ticks.add(at);
    }
    return ticks;
  }

  private static long step(long end, int most) {
    for (long seconds : STEP_SECONDS) {
      if (end / (seconds * Times.SECOND) < most) {
        return seconds * Times.SECOND;
      }
    }
    return (end / (DAY_SECONDS * Times.SECOND) / most + 1) * DAY_SECONDS * Times.SECOND;
  }
}

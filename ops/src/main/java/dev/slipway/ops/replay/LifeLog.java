package dev.slipway.ops.replay;

import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Times;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one life of a pod on a node came to. Times are nanoseconds of the run, {@link Times#NONE}:
 * not reached before the end of the run.
 */
final class LifeLog {
  /** What happened to a container or the pod. */
  enum Mark {
    /** The process of a container is up for the first time. */
    STARTED,
    /** The process is up again. */
    RESTARTED,
    EXITED,
    READY,
    UNREADY
  }

  private static final Mark[] MARKS = Mark.values();

  final long boundAt;
  long sandboxAt = Times.NONE;
  long initializedAt = Times.NONE;

  /** All app containers had been up. */
  long startedAt = Times.NONE;

  long readyAt = Times.NONE;

  /** The pod counts no more: terminal phase or gone from the API. */
  long freedAt = Times.NONE;

  boolean removed;
  @Nullable PodPhase phase;
  String reason = "";
  int restarts;

  /** Events that reached a rule: those of the pod and of its containers. */
  long events;

  private long[] times = new long[8];
  private short[] codes = new short[8];
  private int count;

  LifeLog(long boundAt) {
    this.boundAt = boundAt;
  }

  void mark(Mark mark, int container, long now) {
    if (count == times.length) {
      times = Arrays.copyOf(times, 2 * count);
      codes = Arrays.copyOf(codes, 2 * count);
    }
    times[count] = now;
    codes[count++] = (short) (container * MARKS.length + mark.ordinal());
  }

  /** Gives back the room that is not used. */
  LifeLog trimmed() {
    times = Arrays.copyOf(times, count);
    codes = Arrays.copyOf(codes, count);
    return this;
  }

  int count() {
    return count;
  }

  long time(int k) {
    return times[k];
  }

  Mark mark(int k) {
    return MARKS[codes[k] % MARKS.length];
  }

  int container(int k) {
    return codes[k] / MARKS.length;
  }
}

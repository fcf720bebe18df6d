package dev.slipway.bench.live;

import dev.slipway.actors.StatusListener;
import dev.slipway.engine.state.PodState;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * How long from the moment something is to happen to a pod until its next status is written. The
 * moment is the one the plan has, not the one the harness got to it: whatever waits counts.
 */
final class StatusWatch implements StatusListener {
  private static final long MAX = 900_000_000_000L;

  /** By pod: the moment of what happened to it, 0 if nothing did. Written by the harness. */
  private final AtomicLongArray due;

  private final SingleWriterRecorder recorder = new SingleWriterRecorder(1_000, MAX, 2);
  private volatile boolean on;

  StatusWatch(AtomicLongArray due) {
    this.due = due;
  }

  void start() {
    on = true;
  }

  Histogram taken() {
    return recorder.getIntervalHistogram();
  }

  @Override
  public void status(PodState pod, long now) {
    if (on) {
      int number = LivePods.number(pod.apiMeta);
      long moment = due.get(number);
      if (moment != 0) {
        due.set(number, 0);
        recorder.recordValue(Math.clamp(System.nanoTime() - moment, 0, MAX));
      }
    }
  }
}

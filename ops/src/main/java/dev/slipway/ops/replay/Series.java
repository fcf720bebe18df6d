package dev.slipway.ops.replay;

import dev.slipway.engine.api.Times;

/**
 * Sums over time at evenly spaced samples, kept as differences: what a pod counts for is added
 * once, from when to when, whatever the order. A sample shows everything up to and including its
 * time.
 */
final class Series {
  private static final long[] STEPS_SECONDS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400
  };

  /** Samples of a run, about: what a chart shows and a spreadsheet takes. */
  private static final int SAMPLES = 720;

  private final long start;
  private final long step;
  private final int samples;
  private final long[][] differences;

  /**
   * Sums that are all 0.
   *
   * @param columns how many
   * @param step nanoseconds between two samples
   */
  Series(int columns, long start, long end, long step) {
    this.start = start;
    this.step = step;
    this.samples = (int) ((end - start) / step) + 1;
    this.differences = new long[columns][samples + 1];
  }

  /** The smallest usual step that makes no more samples than a chart can show. */
  static long step(long start, long end) {
    for (long seconds : STEPS_SECONDS) {
      if ((end - start) / (seconds * Times.SECOND) <= SAMPLES) {
        return seconds * Times.SECOND;
      }
    }
    long days = (end - start) / (86_400 * Times.SECOND) / SAMPLES + 1;
    return days * 86_400 * Times.SECOND;
  }

  int samples() {
    return samples;
  }

  long step() {
    return step;
  }

  long time(int sample) {
    return start + sample * step;
  }

  /** Adds an amount from a time on. */
  void add(int column, long from, long amount) {
    if (from != Times.NONE) {
      differences[column][index(from)] += amount;
    }
  }

  /** Adds an amount from one time to another, to the end if that is {@link Times#NONE}. */
  void add(int column, long from, long to, long amount) {
    if (from != Times.NONE && amount != 0) {
      add(column, from, amount);
      add(column, to, -amount);
    }
  }

  /** The first sample that shows what happens at that time. */
  private int index(long time) {
    return (int) Math.clamp(Math.ceilDiv(time - start, step), 0, samples);
  }

  /** The values of a column. */
  long[] values(int column) {
    long[] values = new long[samples];
    long sum = 0;
    for (int k = 0; k < samples; k++) {
      sum += differences[column][k];
      values[k] = sum;
    }
    return values;
  }
}

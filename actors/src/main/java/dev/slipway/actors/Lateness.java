package dev.slipway.actors;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * How late deadlines are: nanoseconds between the time a deadline is for and the moment the actor
 * it is for takes it. Each is held against its own time, so a pause counts in full for every
 * deadline that fell into it (no coordinated omission).
 */
final class Lateness {
  /** Later than a quarter of an hour is all the same. */
  static final long MAX = 900_000_000_000L;

  private static final long MIN = 1_000;
  private static final int DIGITS = 2;

  private Lateness() {}

  /** Written by one thread, read by any. */
  static SingleWriterRecorder recorder() {
    return new SingleWriterRecorder(MIN, MAX, DIGITS);
  }

  /** An empty one of the same layout. */
  static Histogram empty() {
    return new Histogram(MIN, MAX, DIGITS);
  }
}

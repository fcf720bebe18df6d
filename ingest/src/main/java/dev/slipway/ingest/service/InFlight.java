package dev.slipway.ingest.service;

import java.util.concurrent.TimeUnit;

/** Bytes handed to a producer and not confirmed; counted by two threads, awaited by one. */
final class InFlight {
  private long bytes;
  private long awaited = Long.MIN_VALUE;

  synchronized void add(int count) {
    bytes += count;
  }

  synchronized void done(int count) {
    bytes -= count;
    if (bytes <= awaited) {
      notifyAll();
    }
  }

  synchronized long bytes() {
    return bytes;
  }

  /** Waits until no more than that many are left, for at most so long; true if it is so. */
  synchronized boolean await(long limit, long millis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    awaited = limit;
    try {
      while (bytes > limit) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        wait(left);
      }
      return true;
    } finally {
      awaited = Long.MIN_VALUE;
    }
  }
}

package dev.slipway.ingest.service;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes handed to a producer and not confirmed; counted by two threads. */
final class InFlight {
  private final AtomicLong bytes = new AtomicLong();

  void add(int count) {
    bytes.addAndGet(count);
  }

  void done(int count) {
    bytes.addAndGet(-count);
  }

  long bytes() {
    return bytes.get();
  }
}

package dev.slipway.tests.scenario;

import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.PodSink.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a probe worker meets in a few minutes, drawn from a seed: a probe, changes of its
 * container's status, triggers, and the target's answers. Changes, triggers and ticks never fall on
 * one instant.
 */
final class ProbeTrace {
  static final long LENGTH = 300 * Times.SECOND;
  private static final int SECONDS = 300;

  /** The cached status from that time on. */
  record Change(long at, int record, long startedAt, byte observation) {}

  final ProbeType type;
  final ProbeSpec spec;
  final List<Change> changes = new ArrayList<>();
  final List<Long> triggers = new ArrayList<>();
  private final long seed;

  ProbeTrace(long seed) {
    this.seed = seed;
    SplittableRandom random = new SplittableRandom(seed);
    type = ProbeType.values()[random.nextInt(ProbeType.values().length)];
    spec =
        new ProbeSpec(
            new Handler.Exec(List.of("probe")),
            random.nextInt(3) == 0 ? random.nextInt(30) : 0,
            1 + random.nextInt(12),
            1 + random.nextInt(12),
            type == ProbeType.READINESS ? 1 + random.nextInt(3) : 1,
            1 + random.nextInt(4),
            null);
    int record = 0;
    int count = random.nextInt(14);
    for (int second : seconds(random, count)) {
      record += record == 0 || random.nextInt(3) == 0 ? 1 : 0;
      changes.add(change(random, second * Times.SECOND + Times.MILLI, record));
    }
    if (type == ProbeType.READINESS) {
      for (int second : seconds(random, random.nextInt(6))) {
        triggers.add(second * Times.SECOND + 2 * Times.MILLI);
      }
    }
  }

  private static int[] seconds(SplittableRandom random, int count) {
    return random.ints(count, 0, SECONDS).distinct().sorted().toArray();
  }

  private static Change change(SplittableRandom random, long at, int record) {
    int kind = random.nextInt(20);
    byte state =
        kind < 14 ? Observation.RUNNING : kind < 17 ? Observation.TERMINATED : Observation.WAITING;
    long startedAt =
        state == Observation.RUNNING
            ? Math.max(0, at - random.nextInt(3000) * Times.MILLI)
            : Times.NONE;
    return new Change(
        at,
        record,
        startedAt,
        Observation.of(
            state,
            state == Observation.RUNNING && random.nextBoolean(),
            random.nextInt(8) > 0,
            random.nextInt(60) == 0));
  }

  /**
   * How long the execution that begins then takes: tenths of a second, past the period at times.
   */
  long duration(long at) {
    int draw = new SplittableRandom(seed ^ at).nextInt(100);
    return (draw < 60 ? 0 : draw) * 100 * Times.MILLI;
  }

  /** Whether it succeeds. */
  boolean succeeds(long at) {
    return new SplittableRandom(seed * 31 + at).nextInt(100) < 65;
  }
}

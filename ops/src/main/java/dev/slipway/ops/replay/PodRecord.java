package dev.slipway.ops.replay;

import dev.slipway.engine.api.Times;
import org.jspecify.annotations.Nullable;

/** Where one pod of a run stands, and at the end what became of it. */
final class PodRecord {
  /** In which one of these ways every pod ends, or is found when the run ends. */
  enum Outcome {
    /** Not admitted: quota, LimitRange. */
    REFUSED("refused"),
    /** Deleted before it had a node. */
    DELETED_PENDING("deleted while pending"),
    /** Without a node when the run ended. */
    PENDING("pending"),
    /** On a node when the run ended. */
    RUNNING("running"),
    SUCCEEDED("succeeded"),
    FAILED("failed"),
    /** Deleted as the input says. */
    DELETED("deleted"),
    /** Evicted by its node for want of memory. */
    EVICTED("evicted"),
    /** Deleted to make room. */
    PREEMPTED("preempted"),
    /** Deleted because its node was drained or removed. */
    DRAINED("drained");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    /** For tables and reports. */
    String text() {
      return text;
    }
  }

  /** What cut its life short, if anything did. */
  enum Cut {
    NONE,
    EVICTED,
    PREEMPTED,
    DRAINED
  }

  final int index;
  final PodInput input;
  final long arrival;
  String node = "";
  String waitsFor = "";
  @Nullable LifeLog life;
  Cut cut = Cut.NONE;
  long cutAt = Times.NONE;

  /** Counts lives: what was arranged for an earlier one is void. */
  int lives;

  int replacements;
  @Nullable Outcome outcome;

  /** When it left the cluster's books, {@link Times#NONE} if it never did. */
  long endedAt = Times.NONE;

  PodRecord(int index, PodInput input) {
    this.index = index;
    this.input = input;
    this.arrival = input.trace().arrival();
  }

  /** When it came to its node, {@link Times#NONE}: never. */
  long boundAt() {
    LifeLog log = life;
    return log == null ? Times.NONE : log.boundAt;
  }

  /** When deletion is asked for, by the input or by what cut its life short. */
  long deletion() {
    long wanted = input.trace().deletion();
    boolean deletes = cut == Cut.PREEMPTED || cut == Cut.DRAINED;
    return deletes && (wanted == Times.NONE || cutAt < wanted) ? cutAt : wanted;
  }

  long eviction() {
    return cut == Cut.EVICTED ? cutAt : Times.NONE;
  }
}

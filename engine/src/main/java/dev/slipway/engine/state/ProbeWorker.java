package dev.slipway.engine.state;

import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;

/** State of one probe worker (rules P-010 to P-016). Lives as long as the kubelet's worker does. */
public final class ProbeWorker {
  /** Results are kept by ordinal: a worker is small, there are millions. */
  private static final ProbeResult[] RESULTS = ProbeResult.values();

  /** What a worker is at. */
  public enum State {
    /** The start jitter is running. */
    DELAYED,
    /** Waits for a tick or a trigger. */
    IDLE,
    /** An execution is in progress. */
    PROBING,
    /** Executes nothing before the next instance. */
    HOLDING
  }

  public final ProbeType type;

  /** Frozen at creation (rule P-014). */
  public final ProbeSpec spec;

  /** The pod was being deleted when the worker was made (rule P-036). */
  public final boolean deleting;

  /** The instance the worker has taken on, 0 before the first. */
  public int containerId;

  /** SUCCESS before the first result (rule P-015). */
  private byte lastResult = (byte) ProbeResult.SUCCESS.ordinal();

  public int resultRun;
  public boolean onHold;

  /** What the result cache holds for {@link #containerId}. */
  private byte cached = (byte) ProbeResult.NONE.ordinal();

  /** A tick of the grid, to which periods are added. */
  public long base;

  /**
   * The first tick of the grid that was not used yet; it may lie in the past of a parked worker.
   */
  public long nextTick;

  /** The start jitter is running; the first evaluation comes at {@link #nextTick}. */
  public boolean waiting;

  public boolean probing;

  /** Attempts of the execution in progress that ended in an error (rule P-071). */
  public byte errors;

  /** Attempts that were cut and whose answers are not waited for any more. */
  public short abandoned;

  public boolean triggered;
  public boolean stopped;

  /** The tick the armed deadline stands for, {@link Times#NONE} if none is armed. */
  public long armed = Times.NONE;

  public int generation;

  public ProbeWorker(ProbeType type, ProbeSpec spec, boolean deleting) {
    this.type = type;
    this.spec = spec;
    this.deleting = deleting;
  }

  /** What the worker is at. */
  public State state() {
    if (waiting) {
      return State.DELAYED;
    }
    if (probing) {
      return State.PROBING;
    }
    return onHold ? State.HOLDING : State.IDLE;
  }

  /** The period in nanoseconds. */
  public long period() {
    return spec.periodSeconds() * Times.SECOND;
  }

  /** The result before, of which a run is counted. */
  public ProbeResult lastResult() {
    return RESULTS[lastResult];
  }

  /** Sets the result before. */
  public void lastResult(ProbeResult value) {
    lastResult = (byte) value.ordinal();
  }

  /** The result in force. */
  public ProbeResult cached() {
    return RESULTS[cached];
  }

  /** Sets the result in force. */
  public void cached(ProbeResult value) {
    cached = (byte) value.ordinal();
  }
}

package dev.slipway.engine.status;

import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.why.Cause;
import java.util.Arrays;

/**
 * Which rule decided each part of a status draft; reused from computation to computation. What was
 * not computed keeps an answer of before, which nobody asks for.
 */
public final class StatusCauses {
  private static final Cause NOT_COMPUTED = Cause.PHASE_UNKNOWN;

  Cause phase = NOT_COMPUTED;

  /** The container that decided the phase, -1 if there is none. */
  int phaseAbout = -1;

  private final Cause[] conditions = new Cause[OwnedCondition.count()];
  private final int[] abouts = new int[OwnedCondition.count()];
  private final int[] numbers = new int[OwnedCondition.count()];
  private Cause[] states = new Cause[0];
  private Cause[] started = new Cause[0];
  private Cause[] ready = new Cause[0];

  public StatusCauses() {
    Arrays.fill(conditions, NOT_COMPUTED);
  }

  void reset(int containers) {
    if (states.length < containers) {
      states = new Cause[containers];
      started = new Cause[containers];
      ready = new Cause[containers];
      Arrays.fill(states, NOT_COMPUTED);
      Arrays.fill(started, NOT_COMPUTED);
      Arrays.fill(ready, NOT_COMPUTED);
    }
  }

  /**
   * What decided a condition.
   *
   * @param about the container that did, -1: none
   * @param more how many did beside it
   */
  void condition(OwnedCondition which, Cause cause, int about, int more) {
    conditions[which.ordinal()] = cause;
    abouts[which.ordinal()] = about;
    numbers[which.ordinal()] = more;
  }

  void condition(OwnedCondition which, Cause cause) {
    condition(which, cause, -1, 0);
  }

  Cause condition(int k) {
    return conditions[k];
  }

  int about(int k) {
    return abouts[k];
  }

  int more(int k) {
    return numbers[k];
  }

  void state(int c, Cause cause) {
    states[c] = cause;
  }

  Cause state(int c) {
    return states[c];
  }

  void started(int c, Cause cause) {
    if (c < started.length) {
      started[c] = cause;
    }
  }

  Cause started(int c) {
    return started[c];
  }

  void ready(int c, Cause cause) {
    if (c < ready.length) {
      ready[c] = cause;
    }
  }

  Cause ready(int c) {
    return ready[c];
  }
}

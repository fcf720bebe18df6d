package dev.slipway.engine.status;

import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.state.ConditionValue;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.StatusCell;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A pod status being computed; reused from computation to computation. */
public final class StatusDraft {
  StatusCell[] cells = new StatusCell[0];
  @Nullable PodPhase phase;
  final StatusCauses causes = new StatusCauses();
  String reason = "";
  String message = "";
  final @Nullable ConditionValue[] conditions = new ConditionValue[OwnedCondition.count()];

  /** Transition times the conditions came with, {@link Times#NONE} if they have none yet. */
  final long[] transitions = new long[OwnedCondition.count()];

  /** Start time to take over if the pod has none yet. */
  long startTime = Times.NONE;

  /** Restart-all is wanted in this computation (rule L-305). */
  boolean restartAll;

  void reset(int containers) {
    if (cells.length < containers) {
      int had = cells.length;
      cells = Arrays.copyOf(cells, containers);
      for (int c = had; c < containers; c++) {
        cells[c] = new StatusCell();
      }
    }
    causes.reset(containers);
    phase = null;
    reason = "";
    message = "";
    Arrays.fill(conditions, null);
    Arrays.fill(transitions, Times.NONE);
    startTime = Times.NONE;
    restartAll = false;
  }

  /** The status of a container, by ordinal, to be filled. */
  public StatusCell cell(int container) {
    return cells[container];
  }

  /** Sets one of the node's own conditions, with the transition time it came with. */
  public void condition(OwnedCondition which, ConditionValue value, long transition) {
    conditions[which.ordinal()] = value;
    transitions[which.ordinal()] = transition;
  }

  /** Sets everything but container statuses and conditions. */
  public void pod(
      @Nullable PodPhase newPhase, String newReason, String newMessage, long newStartTime) {
    phase = newPhase;
    reason = newReason;
    message = newMessage;
    startTime = newStartTime;
  }
}

package dev.slipway.engine.status;

import dev.slipway.engine.api.PodPhase;
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
    restartAll = false;
  }
}

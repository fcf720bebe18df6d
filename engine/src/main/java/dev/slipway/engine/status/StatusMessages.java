package dev.slipway.engine.status;

import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.Utf8;
import dev.slipway.engine.state.StatusCell;

/**
 * How much of a termination message a status keeps (rule L-535; status_manager.go normalizeStatus,
 * 1.37.2).
 */
final class StatusMessages {
  /** Bytes for the messages of all containers of a pod; each container has an equal share. */
  private static final int LIMIT = 12 * 1024;

  private StatusMessages() {}

  static void cut(StatusCell[] cells, int count) {
    int limit = count == 0 ? LIMIT : LIMIT / count;
    for (int c = 0; c < count; c++) {
      cells[c].state = cut(cells[c].state, limit);
      cells[c].lastState = cut(cells[c].lastState, limit);
    }
  }

  private static ContainerState cut(ContainerState state, int limit) {
    if (!(state instanceof ContainerState.Terminated end)) {
      return state;
    }
    String message = Utf8.cut(end.message(), limit);
    return message.equals(end.message())
        ? state
        : new ContainerState.Terminated(
            end.exitCode(),
            end.reason(),
            message,
            end.startedAt(),
            end.finishedAt(),
            end.containerID());
  }
}

package dev.slipway.engine.status;

import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.state.StatusCell;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How much of a termination message a status keeps (rule L-531; status_manager.go normalizeStatus,
 * 1.37.2).
 */
final class StatusMessages {
  /** Bytes for the messages of all containers of a pod; each container has an equal share. */
  private static final int LIMIT = 12 * 1024;

  /** A character takes at most so many bytes of UTF-8; a pair of surrogates takes four. */
  private static final int BYTES_PER_CHAR = 3;

  private StatusMessages() {}

  static void cut(StatusCell[] cells, int count) {
    int limit = count == 0 ? LIMIT : LIMIT / count;
    for (int c = 0; c < count; c++) {
      cells[c].state = cut(cells[c].state, limit);
      cells[c].lastState = cut(cells[c].lastState, limit);
    }
  }

  private static ContainerState cut(ContainerState state, int limit) {
    if (!(state instanceof ContainerState.Terminated end)
        || end.message().length() <= limit / BYTES_PER_CHAR) {
      return state;
    }
    byte[] bytes = end.message().getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= limit) {
      return state;
    }
    return new ContainerState.Terminated(
        end.exitCode(),
        end.reason(),
        new String(Arrays.copyOf(bytes, limit), StandardCharsets.UTF_8),
        end.startedAt(),
        end.finishedAt(),
        end.containerID());
  }
}

package dev.slipway.engine.status;

import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.StatusCell;

/** The container lists in the messages of Initialized and ContainersReady. */
final class Names {
  /** Which containers are listed beside those without status. */
  enum Kind {
    INCOMPLETE("containers with incomplete status: "),
    UNREADY("containers with unready status: ");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  private Names() {}

  /** The message: containers without status first, then those that are incomplete or not ready. */
  static String message(PodShape shape, StatusCell[] cells, Kind kind) {
    StringBuilder text = new StringBuilder();
    append(text, "containers with unknown status: ", shape, cells, kind, false);
    append(text, kind.text, shape, cells, kind, true);
    return text.toString();
  }

  private static void append(
      StringBuilder text,
      String words,
      PodShape shape,
      StatusCell[] cells,
      Kind kind,
      boolean present) {
    int found = 0;
    int end = kind == Kind.INCOMPLETE ? shape.appStart : shape.ephemeralStart;
    for (int c = 0; c < end; c++) {
      if (cells[c].present == present && lists(shape, c, cells[c], kind)) {
        if (found == 0) {
          text.append(text.isEmpty() ? "" : ", ").append(words);
        }
        text.append(found == 0 ? '[' : ' ').append(shape.container(c).name());
        found++;
      }
    }
    text.append(found > 0 ? "]" : "");
  }

  private static boolean lists(PodShape shape, int c, StatusCell cell, Kind kind) {
    return switch (kind) {
      case INCOMPLETE -> !cell.present || ConditionRules.incomplete(shape, c, cell);
      case UNREADY -> shape.mayHaveProbes(c) && !cell.ready;
    };
  }
}

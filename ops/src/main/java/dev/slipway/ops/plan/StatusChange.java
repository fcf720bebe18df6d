package dev.slipway.ops.plan;

import java.util.List;

/**
 * One field of a status before and after; empty: not there.
 *
 * @param container name, empty for the pod
 * @param field phase, a condition's type, state, started, ready, restartCount
 * @param why empty if nobody said
 */
record StatusChange(String container, String field, String from, String to, List<Reason> why) {
  StatusChange {
    why = List.copyOf(why);
  }

  /** The same change with these reasons. */
  StatusChange because(List<Reason> reasons) {
    return new StatusChange(container, field, from, to, reasons);
  }

  /** The short form in tables. */
  String text() {
    if (field.equals("state")) {
      return to;
    }
    return switch (field) {
      case "phase", "restartCount" ->
          field + " " + (from.isEmpty() || from.equals("0") ? to : from + " -> " + to);
      case "started", "ready" -> to.equals("true") ? field : "not " + field;
      default -> field + " " + (to.isEmpty() ? "removed" : to);
    };
  }
}

package dev.slipway.ingest.trace;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.runtime.BehaviorText;
import java.util.Map;

/** One line of a table; a value that is wrong is told and read as absent. */
record Row(Map<String, String> values, int line, TraceBuilder out) {
  String text(String column) {
    return values.getOrDefault(column, "");
  }

  boolean has(String column) {
    return !text(column).isEmpty();
  }

  void problem(String column, String reason) {
    out.problem("line " + line + ": " + column, reason);
  }

  /** A whole number, what is given where absent or wrong. */
  long whole(String column, long otherwise) {
    try {
      return has(column) ? Long.parseLong(text(column)) : otherwise;
    } catch (NumberFormatException e) {
      problem(column, "must be a whole number: " + text(column));
      return otherwise;
    }
  }

  /** A time or length such as 90, 1.5s or 2h, {@link Times#NONE} where absent or wrong. */
  long time(String column) {
    try {
      return has(column) ? BehaviorText.duration(text(column)) : Times.NONE;
    } catch (IllegalArgumentException e) {
      problem(column, String.valueOf(e.getMessage()));
      return Times.NONE;
    }
  }

  /** An amount, zero where absent or wrong. */
  Quantity amount(String column) {
    try {
      return has(column) ? Quantity.parse(text(column)) : Quantity.ZERO;
    } catch (IllegalArgumentException e) {
      problem(column, String.valueOf(e.getMessage()));
      return Quantity.ZERO;
    }
  }
}

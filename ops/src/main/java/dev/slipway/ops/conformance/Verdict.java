package dev.slipway.ops.conformance;

/** What came of one recorded case. */
public sealed interface Verdict {
  /** The answers agree. */
  record Passed() implements Verdict {}

  /** The answers differ; both are shown side by side, one fact a line. */
  record Failed(String expected, String actual) implements Verdict {}

  /** The build cannot answer this case; never a way to hide a difference. */
  record Unsupported(String why) implements Verdict {}

  Verdict PASSED = new Passed();

  /** Compares two answers in the form they are printed in. */
  static Verdict of(String expected, String actual) {
    return expected.equals(actual) ? PASSED : new Failed(expected, actual);
  }
}

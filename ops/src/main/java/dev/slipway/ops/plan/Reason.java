package dev.slipway.ops.plan;

/**
 * Why something was done or changed.
 *
 * @param rule id of the rule, see {@code slipway rules}
 * @param fact what set it off, in words
 */
record Reason(String rule, String fact) {
  String text() {
    return rule + ": " + fact;
  }
}

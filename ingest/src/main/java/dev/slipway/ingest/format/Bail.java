package dev.slipway.ingest.format;

/**
 * Ends the fast reading of a record that is not plain enough for it: the tree then decides, also
 * whether it is good at all. One instance without a stack trace, since nobody looks at it.
 */
final class Bail extends RuntimeException {
  static final Bail OUT = new Bail();

  private Bail() {
    super("not for the fast path", null, false, false);
  }
}

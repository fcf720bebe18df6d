package dev.slipway.ops.plan;

/**
 * How text is written.
 *
 * @param unicode block and line characters may be used
 * @param colour the terminal's colours may be used
 * @param width columns of a chart, labels included
 */
public record TextStyle(boolean unicode, boolean colour, int width) {
  /** The text in that colour, given as the number of an SGR sequence. */
  String paint(String text, String sgr) {
    return colour && !sgr.isEmpty() ? "\u001b[" + sgr + "m" + text + "\u001b[0m" : text;
  }
}

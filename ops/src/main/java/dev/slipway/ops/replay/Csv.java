package dev.slipway.ops.replay;

/** Fields of a table: quoted where they have to be. */
final class Csv {
  private Csv() {}

  static String field(String text) {
    boolean plain =
        text.indexOf(',') < 0
            && text.indexOf('"') < 0
            && text.indexOf('\n') < 0
            && text.indexOf('\r') < 0;
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}

package dev.slipway.ops.plan;

/** What a container is busy with, as charts show it. */
enum Activity {
  WAITING("waiting", '·', '.', "90", "#d5d8dd"),
  PULLING("pulling", '░', ':', "34", "#7aa7d9"),
  STARTING("starting", '▒', 's', "36", "#59b7c4"),
  RUNNING("running", '━', '=', "33", "#e9b949"),
  READY("ready", '█', '#', "32", "#3f9b57"),
  PRE_STOP("preStop hook", '▚', 'p', "35", "#b58bd6"),
  STOPPING("stopping", '▓', '~', "35", "#8a5bb8"),
  BACK_OFF("back-off", '╌', '-', "31", "#e7a3a0"),
  /** Ended, not to run again as far as is known. */
  ENDED("ended", ' ', ' ', "", "#f3f4f6");

  private final String text;
  private final char block;
  private final char ascii;
  private final String ansi;
  private final String colour;

  Activity(String text, char block, char ascii, String ansi, String colour) {
    this.text = text;
    this.block = block;
    this.ascii = ascii;
    this.ansi = ansi;
    this.colour = colour;
  }

  /** The word in legends. */
  String text() {
    return text;
  }

  char glyph(boolean unicode) {
    return unicode ? block : ascii;
  }

  /** The terminal's colour. */
  String ansi() {
    return ansi;
  }

  /** The drawing's colour. */
  String colour() {
    return colour;
  }
}

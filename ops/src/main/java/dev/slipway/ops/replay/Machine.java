package dev.slipway.ops.replay;

/** The machine a run was made on. */
final class Machine {
  private Machine() {}

  static String text() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " processors, Java "
        + Runtime.version().feature();
  }
}

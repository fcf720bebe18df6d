package dev.slipway.ops.rules;

/**
 * One rule.
 *
 * @param id such as L-113
 * @param section heading it stands under
 * @param sentence what it says
 * @param file of Kubernetes it was read from, or Slipway for a rule of our own
 * @param version of Kubernetes, or of the library; empty for a rule of our own
 */
public record Rule(String id, String section, String sentence, String file, String version) {
  /** Where it comes from, in one line. */
  public String source() {
    return version.isEmpty() ? file : file + ", " + version;
  }
}

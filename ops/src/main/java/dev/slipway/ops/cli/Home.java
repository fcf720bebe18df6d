package dev.slipway.ops.cli;

import java.nio.file.Path;

/**
 * The project's root folder: system property {@code slipway.home} or environment variable {@code
 * SLIPWAY_HOME}, both set by the launcher; else the working folder.
 */
final class Home {
  private Home() {}

  static Path folder() {
    String property = System.getProperty("slipway.home");
    if (property != null) {
      return Path.of(property);
    }
    String variable = System.getenv("SLIPWAY_HOME");
    return Path.of(variable == null ? "" : variable).toAbsolutePath();
  }
}

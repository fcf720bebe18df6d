package dev.slipway.ops.cli;

import dev.slipway.ops.pods.PortFile;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which running slipway is asked. */
final class ServerOptions {
  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "Where to ask (default: the slipway of this user started last).")
  private @Nullable URI server;

  /**
   * Its address.
   *
   * @throws IOException if none is running
   */
  URI address() throws IOException {
    URI named = server;
    if (named != null) {
      return named;
    }
    return PortFile.find()
        .orElseThrow(() ->
            new IOException(
                "no slipway is running: start one with slipway serve or slipway demo, or name it"
                    + " with --server"));
  }

  /** What to say when asking failed. */
  static String reason(IOException e) {
    if (e instanceof java.net.ConnectException) {
      return "nobody answers: the slipway has ended";
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}

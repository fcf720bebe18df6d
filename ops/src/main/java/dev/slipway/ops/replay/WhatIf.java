package dev.slipway.ops.replay;

/** One what-if, read. */
public record WhatIf(String name) {
  /** Reads a file; empty and a problem for each mistake where it has any. */
  public static java.util.Optional<WhatIf> read(
      String file, String text, java.util.List<dev.slipway.ingest.manifest.Problem> problems) {
    problems.add(new dev.slipway.ingest.manifest.Problem(file, "", "not yet"));
    return java.util.Optional.empty();
  }

  Scenario scenario(Replay.Request request, long start, long end) {
    throw new UnsupportedOperationException(name);
  }
}

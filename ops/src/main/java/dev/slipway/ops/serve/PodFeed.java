package dev.slipway.ops.serve;

import java.io.IOException;

/** Where the pods come from. */
interface PodFeed {
  /** Brings everything there is, in order; returns at the end of the feed or of the run. */
  void run(Intake intake, Binder binder) throws IOException;
}

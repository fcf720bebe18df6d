package dev.slipway.ops.probe;

import dev.slipway.engine.probe.ProbeTransport.ExecReply;
import java.util.List;

/** Runs a command in a container: the part of a transport that only a container runtime can do. */
@FunctionalInterface
public interface CommandRunner {
  /** There is no runtime. */
  CommandRunner NONE = (_, _) -> new ExecReply.Failed("no container runtime", "", 0);

  /**
   * Runs it to its end.
   *
   * @param timeoutSeconds handed to the runtime, 0 for none
   */
  ExecReply run(List<String> command, int timeoutSeconds);
}

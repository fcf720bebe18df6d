package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.probe.ProbeExecution;
import dev.slipway.engine.probe.ProbeTarget;
import dev.slipway.engine.probe.ProbeTarget.Address;
import dev.slipway.engine.probe.ProbeTransport;
import dev.slipway.engine.state.ProbeResult;
import dev.slipway.ops.probe.NetworkTransport;
import java.io.IOException;
import java.util.List;

/**
 * Runs cases over real sockets so that what is measured is the case and not the machine. Clients
 * and servers are used once without a case before, because the first use loads them; and a second
 * of a case lasts several.
 */
final class Loopback {
  /** Seconds of the clock per second of a case: limits and delays of servers alike. */
  static final int STRETCH = 3;

  private static final int WARM_UP_SECONDS = 60;

  private static boolean warm;

  /** One run of a case. */
  @FunctionalInterface
  interface Run {
    Verdict run(LoopbackSituation situation, ProbeTransport transport) throws IOException;
  }

  private Loopback() {}

  static Verdict check(JsonNode in, Run run) throws IOException {
    warmUp();
    return once(in, run);
  }

  private static Verdict once(JsonNode in, Run run) throws IOException {
    try (var situation = new LoopbackSituation(in);
        var transport = new NetworkTransport(situation::run)) {
      return run.run(situation, new StretchedTransport(transport, STRETCH));
    }
  }

  /** What the servers and the runtime were asked, where the record says so. */
  static void compareCalls(JsonNode out, LoopbackSituation situation, Comparison facts) {
    if (out.has("requests")) {
      facts.add("requests", out.path("requests"), situation.requests());
    }
    if (out.has("attempts")) {
      facts
          .add("attempts", out.path("attempts"), situation.commands())
          .add("timeout", out.path("runtimeTimeoutSeconds"), situation.runtimeTimeout());
    }
  }

  /** The pod of all cases. */
  static ProbeTarget target(LoopbackSituation situation, Address address) {
    return new ProbeTarget("pod_ns(pod-1)", "c", address, situation.ports());
  }

  /** Not in a class initializer: that would hold the threads the servers need. */
  private static synchronized void warmUp() throws IOException {
    if (warm) {
      return;
    }
    for (String server : List.of("plain", "tls", "grpc", "grpcTLS")) {
      boolean grpc = server.startsWith("grpc");
      ObjectNode in = JsonFacts.object();
      in.put("server", server)
          .put("handler", grpc ? "grpc" : "httpGet")
          .put("timeoutSeconds", WARM_UP_SECONDS);
      if (server.equals("grpcTLS")) {
        in.put("mode", "TLS").putObject("gates").put("GRPCContainerProbeTLS", true);
      }
      once(
          in,
          (situation, transport) -> used(ProberDecisionsCheck.execute(in, situation, transport)));
    }
    warm = true;
  }

  private static Verdict used(ProbeExecution execution) {
    if (execution.counted() != ProbeResult.SUCCESS) {
      throw new IllegalStateException("no use of servers on this machine: " + execution);
    }
    return Verdict.PASSED;
  }
}

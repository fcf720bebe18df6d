package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.probe.HookExecution;
import dev.slipway.engine.probe.ProbeTarget.Address;
import dev.slipway.engine.probe.ProbeTransport;
import dev.slipway.ops.loopback.LoopbackServer;
import java.io.IOException;

/** Runs of lifecycle hooks (prober/hooks), over real sockets to servers of this process. */
final class ProberHooksCheck implements VectorCheck {
  @Override
  public boolean waits() {
    return true;
  }

  @Override
  public Verdict check(JsonNode vector, DataFolders data) throws IOException {
    JsonNode in = vector.path("in");
    JsonNode out = vector.path("out");
    return Loopback.check(
        in,
        (situation, transport) -> compare(in, out, situation, execute(in, situation, transport)));
  }

  private static HookExecution execute(
      JsonNode in, LoopbackSituation situation, ProbeTransport transport) throws IOException {
    long grace =
        in.has("cancelMs") ? in.path("cancelMs").asLong() * Times.MILLI : ProbeTransport.NO_LIMIT;
    return HookExecution.run(
        situation.handler(), Loopback.target(situation, address(in)), transport, grace);
  }

  private static Verdict compare(
      JsonNode in, JsonNode out, LoopbackSituation situation, HookExecution hook) {
    var texts = new LoopbackTexts(in);
    String output = in.path("output").asText("");
    String reason = hook.reason();
    var facts =
        new Comparison()
            .add("failed", out.path("failed"), hook.failed())
            .add("reason", out.path("events").path(0).path(1), reason.isEmpty() ? null : reason)
            .addTexts(
                "message",
                texts.compared(out.path("message").asText(""), output, 0),
                texts.compared(hook.message(), output, situation.port()));
    Loopback.compareCalls(out, situation, facts);
    if (out.has("tookMs")) {
      facts.add("tookMs", out.path("tookMs"), hook.took() / Times.MILLI);
    }
    return facts.verdict();
  }

  /** What the runtime says of the pod. */
  private static Address address(JsonNode in) {
    return switch (in.path("pod").asText("")) {
      case "" -> Address.of(LoopbackServer.HOST);
      case "no status" -> Address.unknown("runtime is down");
      default -> Address.NONE;
    };
  }
}

package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.probe.Attempt;
import dev.slipway.engine.probe.ProbeExecution;
import dev.slipway.engine.probe.ProbeTarget;
import dev.slipway.engine.probe.ProbeTransport;
import dev.slipway.engine.state.ProbeResult;
import dev.slipway.ops.loopback.LoopbackServer;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Single executions of probes (prober/decisions), over real sockets to servers of this process. */
final class ProberDecisionsCheck implements VectorCheck {
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

  private static Verdict compare(
      JsonNode in, JsonNode out, LoopbackSituation situation, ProbeExecution execution) {
    String reason = execution.reason();
    var facts =
        new Comparison()
            .add("counted", out.path("counted"), counted(execution.counted()))
            .add("reason", out.path("events").path(0).path(1), reason.isEmpty() ? null : reason);
    execution.last().ifPresent(last -> compare(in, out, last, situation, facts));
    var texts = new LoopbackTexts(in);
    String recorded = out.path("events").path(0).path(2).asText("");
    String output = execution.last().map(Attempt::output).orElse("");
    return facts
        .addTexts(
            "message",
            texts.compared(recorded, out.path("output").asText(""), 0),
            texts.compared(execution.message(), output, situation.port()))
        .verdict();
  }

  static ProbeExecution execute(JsonNode in, LoopbackSituation situation, ProbeTransport transport)
      throws IOException {
    Optional<ProbeType> type = ProbeType.of(in.path("type").asText("Liveness"));
    if (type.isEmpty()) {
      return ProbeExecution.ofUnknownType();
    }
    var target = Loopback.target(situation, ProbeTarget.Address.of(LoopbackServer.HOST));
    return ProbeExecution.run(type.get(), probe(in, situation), target, transport);
  }

  private static @Nullable ProbeSpec probe(JsonNode in, LoopbackSituation situation)
      throws IOException {
    if (in.path("handler").asText().equals("nil probe")) {
      return null;
    }
    Handler handler = situation.handler();
    return new ProbeSpec(handler, 0, in.path("timeoutSeconds").asInt(), 10, 1, 3, null);
  }

  private static void compare(
      JsonNode in, JsonNode out, Attempt last, LoopbackSituation situation, Comparison facts) {
    boolean whole = last.took() >= in.path("timeoutSeconds").asLong() * Times.SECOND;
    facts
        .add("raw", out.path("raw"), last.raw().text())
        .add("took", out.path("took"), whole ? "timeout" : "less");
    Loopback.compareCalls(out, situation, facts);
  }

  private static String counted(ProbeResult result) {
    return switch (result) {
      case SUCCESS -> "Success";
      case FAILURE -> "Failure";
      case UNKNOWN, NONE -> "discarded";
    };
  }
}

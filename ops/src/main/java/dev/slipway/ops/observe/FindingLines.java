package dev.slipway.ops.observe;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.Finding;
import dev.slipway.engine.observe.ObservedPod;
import dev.slipway.ingest.service.OutputJson;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Prints findings as they come, a few lines each or a JSON line each. Thread safe. */
public final class FindingLines {
  private final PrintWriter out;
  private final boolean json;
  private final OutputJson writer = new OutputJson();

  public FindingLines(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /** One finding. */
  public synchronized void print(ObservedPod pod, Finding finding) {
    if (json) {
      out.println(new String(writer.finding(pod, finding), StandardCharsets.UTF_8));
    } else {
      text(pod, finding);
    }
    out.flush();
  }

  private void text(ObservedPod pod, Finding finding) {
    StringBuilder head = new StringBuilder();
    if (finding.atNanos() != Times.NONE) {
      head.append(Instant.ofEpochSecond(Math.floorDiv(finding.atNanos(), Times.SECOND)))
          .append(' ');
    }
    head.append(finding.kind().severity().text())
        .append(' ')
        .append(finding.kind().id())
        .append(' ')
        .append(pod.namespace())
        .append('/')
        .append(pod.name());
    if (!finding.container().isEmpty()) {
      head.append(" container ").append(finding.container());
    }
    head.append(": ").append(finding.kind().title());
    head.append(" (").append(finding.kind().rule()).append(')');
    out.println(head);
    for (Finding.Fact fact : finding.evidence()) {
      out.println("    " + fact.what() + ": " + fact.value());
    }
  }
}

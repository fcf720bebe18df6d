package dev.slipway.bench.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What {@link IngestBench} found. Rates are of record values, without keys and framing.
 *
 * @param ownThread the work behind polling had a thread of its own
 * @param appliedBytesPerSecond polled, decoded, repaired and put into the table of pods
 * @param observedBytesPerSecond the same, and every version held against the one before by the
 *     observing engine
 * @param changes versions of pods that were applied
 * @param ends pods that went
 * @param pods left in the end
 */
public record IngestReport(
    long records,
    String compression,
    boolean ownThread,
    long bytesPerRecord,
    double pollBytesPerSecond,
    double appliedBytesPerSecond,
    double observedBytesPerSecond,
    double recordsPerSecond,
    long refused,
    long changes,
    long ends,
    long pods,
    long anomalies,
    long transitions,
    long findings) {
  /** Applied bytes for each polled one. */
  public double ratio() {
    return appliedBytesPerSecond / pollBytesPerSecond;
  }

  /** Observed bytes for each polled one. */
  public double observedRatio() {
    return observedBytesPerSecond / pollBytesPerSecond;
  }

  /** One JSON object. */
  public String json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("records", records).put("bytesPerRecord", bytesPerRecord);
    node.put("compression", compression).put("threads", ownThread ? 2 : 1);
    node.put("pollBytesPerSecond", Math.round(pollBytesPerSecond));
    node.put("appliedBytesPerSecond", Math.round(appliedBytesPerSecond));
    node.put("recordsPerSecond", Math.round(recordsPerSecond));
    node.put("ratio", Math.round(ratio() * 1000) / 1000.0);
    node.put("observedBytesPerSecond", Math.round(observedBytesPerSecond));
    node.put("observedRatio", Math.round(observedRatio() * 1000) / 1000.0);
    node.put("transitions", transitions).put("findings", findings);
    node.put("refused", refused).put("changes", changes).put("ends", ends);
    node.put("pods", pods).put("anomalies", anomalies);
    return node.toString();
  }

  /** A few lines for people. */
  public String text() {
    return String.format(
        Locale.ROOT,
        """
        records  %,d of %,d bytes, compression %s; %,d versions applied, %,d pods ended, %,d left; %d refused, %d anomalies
        poll     %,.0f MB/s: a loop that polls and does nothing
        applied  %,.0f MB/s, %,.0f records/s: polled, decoded, repaired, applied, on %s
        ratio    %.2f
        observed %,.0f MB/s, ratio %.2f: the same with the observing engine; %,d transitions, %,d findings
        """,
        records,
        bytesPerRecord,
        compression,
        changes,
        ends,
        pods,
        refused,
        anomalies,
        pollBytesPerSecond / 1e6,
        appliedBytesPerSecond / 1e6,
        recordsPerSecond,
        ownThread ? "two threads" : "one thread",
        ratio(),
        observedBytesPerSecond / 1e6,
        observedRatio(),
        transitions,
        findings);
  }
}

package dev.slipway.bench.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What {@link IngestBench} found. Rates are of record values, without keys and framing.
 *
 * @param decodeBytesPerSecond records in memory, by one thread
 * @param modelBytesPerSecond the same records by fabric8's model
 */
public record IngestReport(Topic topic, double decodeBytesPerSecond, double modelBytesPerSecond) {
  /**
   * Of a topic.
   *
   * @param ownThread the work behind polling had a thread of its own
   * @param appliedBytesPerSecond polled, decoded, repaired and put into the table of pods
   * @param observedBytesPerSecond the same, and every version held against the one before by the
   *     observing engine
   * @param changes versions of pods that were applied
   * @param ends pods that went
   * @param pods left in the end
   */
  public record Topic(
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
  }

  /** Bytes decoded for each that fabric8's model reads in the same time. */
  public double modelRatio() {
    return decodeBytesPerSecond / modelBytesPerSecond;
  }

  /** Records nobody could read. */
  public long refused() {
    return topic.refused;
  }

  /** One JSON object. */
  public String json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("records", topic.records).put("bytesPerRecord", topic.bytesPerRecord);
    node.put("compression", topic.compression).put("threads", topic.ownThread ? 2 : 1);
    node.put("pollBytesPerSecond", Math.round(topic.pollBytesPerSecond));
    node.put("appliedBytesPerSecond", Math.round(topic.appliedBytesPerSecond));
    node.put("recordsPerSecond", Math.round(topic.recordsPerSecond));
    node.put("ratio", rounded(topic.ratio()));
    node.put("observedBytesPerSecond", Math.round(topic.observedBytesPerSecond));
    node.put("observedRatio", rounded(topic.observedRatio()));
    node.put("decodeBytesPerSecond", Math.round(decodeBytesPerSecond));
    node.put("modelBytesPerSecond", Math.round(modelBytesPerSecond));
    node.put("modelRatio", rounded(modelRatio()));
    node.put("transitions", topic.transitions).put("findings", topic.findings);
    node.put("refused", topic.refused).put("changes", topic.changes).put("ends", topic.ends);
    node.put("pods", topic.pods).put("anomalies", topic.anomalies);
    return node.toString();
  }

  private static double rounded(double ratio) {
    return Math.round(ratio * 1000) / 1000.0;
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
        decoded  %,.0f MB/s in memory on one thread, fabric8's model %,.0f MB/s: %.1f times
        """,
        topic.records,
        topic.bytesPerRecord,
        topic.compression,
        topic.changes,
        topic.ends,
        topic.pods,
        topic.refused,
        topic.anomalies,
        topic.pollBytesPerSecond / 1e6,
        topic.appliedBytesPerSecond / 1e6,
        topic.recordsPerSecond,
        topic.ownThread ? "two threads" : "one thread",
        topic.ratio(),
        topic.observedBytesPerSecond / 1e6,
        topic.observedRatio(),
        topic.transitions,
        topic.findings,
        decodeBytesPerSecond / 1e6,
        modelBytesPerSecond / 1e6,
        modelRatio());
  }
}

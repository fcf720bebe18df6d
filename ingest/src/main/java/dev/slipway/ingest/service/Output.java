package dev.slipway.ingest.service;

/** The topics the service writes, named after a common prefix. */
public enum Output {
  POD_STATUS("pod-status", true, true),
  TRANSITIONS("transitions", false, true),
  FINDINGS("findings", false, true),
  TOTALS("totals", true, true),
  DEAD_LETTERS("dead-letters", false, false),
  POD_STATE("pod-state", true, true);

  private final String suffix;
  private final boolean compacted;
  private final boolean partitioned;

  Output(String suffix, boolean compacted, boolean partitioned) {
    this.suffix = suffix;
    this.compacted = compacted;
    this.partitioned = partitioned;
  }

  /** The topic's name. */
  public String topic(String prefix) {
    return prefix + suffix;
  }

  /** Kafka keeps the last record of each key. */
  public boolean compacted() {
    return compacted;
  }

  /** It has the feed's partitions: what follows from partition 3 is in partition 3. */
  public boolean partitioned() {
    return partitioned;
  }
}

package dev.slipway.ingest.kafka;

/**
 * What a feed has done so far and where it stands.
 *
 * @param delivered records the sink took
 * @param rejected records refused
 * @param deadLettersWritten refused records confirmed in the dead-letter topic
 * @param deadLettersLost refused records Kafka did not take either; only their count and sample
 *     remain
 * @param pauses how often a partition had to wait for the sink
 * @param inFlight offsets handed over and not acknowledged
 * @param lag records in Kafka not yet fetched, as of the last commit; -1 before the first
 * @param partitions partitions owned
 */
public record FeedStats(
    long delivered,
    long rejected,
    long deadLettersWritten,
    long deadLettersLost,
    long pauses,
    long inFlight,
    long lag,
    int partitions) {}

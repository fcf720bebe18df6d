package dev.slipway.ingest.format;

/** Takes the events of a record, in the order the record has them. */
@FunctionalInterface
public interface FeedEventSink {
  void accept(FeedEvent event);
}

package dev.slipway.ingest.feed;

import java.util.List;

/** What one record says of pods, in order: of a list many things, of another matter none. */
public record FeedRecords(List<FeedRecord> records) implements Decoded {
  public FeedRecords {
    records = List.copyOf(records);
  }
}

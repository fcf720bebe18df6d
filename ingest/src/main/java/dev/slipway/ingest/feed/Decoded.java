package dev.slipway.ingest.feed;

/**
 * What became of the bytes of one record: {@link FeedRecords}, or a {@link Rejected} with the
 * reason.
 */
public sealed interface Decoded permits FeedRecords, Rejected {}

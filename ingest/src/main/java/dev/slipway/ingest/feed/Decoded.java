package dev.slipway.ingest.feed;

/**
 * What became of the bytes of one record: a {@link FeedRecord}, or a {@link Rejected} with the
 * reason.
 */
public sealed interface Decoded permits FeedRecord, Rejected {}

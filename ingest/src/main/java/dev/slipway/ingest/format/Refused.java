package dev.slipway.ingest.format;

import dev.slipway.ingest.feed.Rejected;

/** The record is not readable; nothing of it was handed on. */
public record Refused(Rejected why) implements Outcome {}

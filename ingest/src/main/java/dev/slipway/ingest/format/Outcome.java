package dev.slipway.ingest.format;

/** What became of the bytes of one record: the format they were in, or a refusal. */
public sealed interface Outcome permits Format, Refused {}

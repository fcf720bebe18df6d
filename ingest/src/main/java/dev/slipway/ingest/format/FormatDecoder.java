package dev.slipway.ingest.format;

/** Reads the records of one format out of trees. One instance for one thread. */
interface FormatDecoder {
  Format format();

  /** Whether the record is of this format, by the names of its fields; the values may be bad. */
  boolean recognises(Envelope record, RecordHeaders headers);

  /** Says what the record says. */
  void decode(Envelope record, RecordHeaders headers, FeedEventSink sink) throws Refusal;
}

package dev.slipway.ingest.feed;

/** Why a record was refused; the name goes into the dead letter's header and the metrics. */
public enum RejectReason {
  /** No bytes at all, or a tombstone. */
  EMPTY,
  /** More bytes than one object can have. */
  TOO_LARGE,
  /** Not JSON, cut off, or something after its end. */
  MALFORMED,
  /**
   * JSON beyond a limit of the decoder: depth, a string, a name, a number, the number of tokens.
   */
  LIMIT_EXCEEDED,
  /** JSON, but of no format that is known. */
  UNKNOWN_FORMAT,
  /** A field of the record occurs twice. */
  REPEATED_FIELD,
  /** JSON, but not an object with one {@code type} and one {@code object}. */
  NOT_A_WATCH_RECORD,
  /** A {@code type} or another word for what happened that the format does not have. */
  UNKNOWN_TYPE,
  /** The object has neither a UID nor namespace and name, or of another kind no name. */
  NO_IDENTITY,
  /** A field of the pod has the wrong type or an impossible value. */
  INVALID_POD,
  /** A field of another object, or of the record around it, has the wrong type. */
  INVALID_OBJECT,
  /** The reader of pods failed in a way it should not: a fault of ours, not of the record. */
  READER_FAILED
}

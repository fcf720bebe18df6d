package dev.slipway.ingest.format;

/** Why a good record says nothing to us. */
public enum Skip {
  /** An object of a kind that is not taken in, or an event about one. */
  OTHER_KIND,
  /** An audit record of a stage before the response, or of one that panicked. */
  OTHER_STAGE,
  /** An audit record of a request that reads, or that was tried out only. */
  NO_CHANGE,
  /** An audit record of a request the API server refused. */
  REFUSED_REQUEST,
  /** An audit record of a subresource that changes no field we read. */
  OTHER_SUBRESOURCE,
  /** An audit record whose policy level leaves the object out. */
  NO_OBJECT,
  /** A mark of the source's own, such as the end of a pull. */
  MARK
}

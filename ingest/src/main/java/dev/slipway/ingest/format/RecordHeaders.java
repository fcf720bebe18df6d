package dev.slipway.ingest.format;

/** The headers of a record, by name. */
@FunctionalInterface
public interface RecordHeaders {
  /** A record without headers. */
  RecordHeaders NONE = _ -> "";

  /** The value of the last header of that name as UTF-8, empty if there is none. */
  String text(String name);
}

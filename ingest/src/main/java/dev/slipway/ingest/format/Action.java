package dev.slipway.ingest.format;

/** What a source says it did to an object. */
public enum Action {
  /** New, or new to this watch: a watch begins with one for every object there is. */
  ADDED,
  MODIFIED,
  /** Gone from the API; the object is its last version. */
  DELETED,
  /** Stood in a list, or by itself: it is so, nobody says since when. */
  LISTED
}

package dev.slipway.ingest.repair;

/**
 * A list of objects that is being read, or the last one that was: as of which version. What stood
 * in it carries its mark.
 */
final class Listing {
  final long version;
  final int mark;

  /** A part of it has ended and another is to follow. */
  boolean partial;

  /** When its end arrived, and which of the sources of this stream it came by. */
  long endedNanos;

  int source;

  Listing(long version, int mark) {
    this.version = version;
    this.mark = mark;
  }

  /** True if a list of that version goes on with this one. */
  boolean goesOn(long otherVersion) {
    return partial && version == otherVersion;
  }

  /** True if an object of that version would have to be in the list. */
  boolean covers(long objectVersion) {
    return version == Versions.NONE || objectVersion == Versions.NONE || objectVersion <= version;
  }
}

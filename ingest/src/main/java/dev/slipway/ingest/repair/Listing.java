package dev.slipway.ingest.repair;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A list of objects that is being read: as of which version, and what stood in it so far. */
final class Listing {
  final long version;
  private final Set<String> seen = new HashSet<>();

  /** A part of it has ended and another is to follow. */
  boolean partial;

  Listing(long version) {
    this.version = version;
  }

  void add(String identity) {
    seen.add(identity);
  }

  boolean has(String identity) {
    return seen.contains(identity);
  }

  /** True if a list of that version goes on with this one. */
  boolean goesOn(long otherVersion) {
    return partial && version == otherVersion;
  }

  /** True if an object of that version would have to be in the list. */
  boolean covers(long objectVersion) {
    return version == Track.NO_VERSION
        || objectVersion == Track.NO_VERSION
        || objectVersion <= version;
  }

  /** What stood in it, in order. */
  List<String> list() {
    return List.copyOf(new TreeSet<>(seen));
  }
}

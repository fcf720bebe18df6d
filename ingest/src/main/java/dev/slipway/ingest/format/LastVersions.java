package dev.slipway.ingest.format;

import org.jspecify.annotations.Nullable;

/**
 * What of the pods' last versions is remembered, because the next version will repeat it. A fixed
 * number of pods; the one used longest ago makes room. A key decides only where to look.
 */
final class LastVersions {
  /** Sets of so many, chosen by the key. */
  private static final int WAYS = 4;

  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private final long[] keys;
  private final int[] used;
  private final @Nullable LastVersion[] versions;
  private final int setMask;
  private int clock;

  /** Room for that many, a power of two and at least {@code WAYS}. */
  LastVersions(int size) {
    this.keys = new long[size];
    this.used = new int[size];
    this.versions = new LastVersion[size];
    this.setMask = size / WAYS - 1;
  }

  /** What is remembered under a key, nothing if it is new. */
  LastVersion of(long key) {
    int first = ((int) (key * FACTOR >>> 32) & setMask) * WAYS;
    int place = first;
    for (int i = first; i < first + WAYS; i++) {
      if (keys[i] == key && versions[i] != null) {
        place = i;
        break;
      }
      if (used[i] - used[place] < 0) {
        place = i;
      }
    }
    used[place] = ++clock;
    LastVersion version = versions[place];
    if (version == null) {
      version = new LastVersion();
      versions[place] = version;
    } else if (keys[place] != key) {
      version.clear();
    }
    keys[place] = key;
    return version;
  }
}

package dev.slipway.ingest.repair;

import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A pod that is there: its last version, and the few before it by number. */
final class Tracked {
  /** Enough to tell a repetition from a straggler in a feed that repeats its last seconds. */
  private static final int RECENT = 8;

  final String identity;
  Pod pod;
  long version;
  long atNanos;
  long arrivalNanos;
  private final long[] recent = new long[RECENT];
  private int next;

  Tracked(String identity, Pod pod, long version, long atNanos, long arrivalNanos) {
    this.identity = identity;
    this.pod = pod;
    this.version = version;
    this.atNanos = atNanos;
    this.arrivalNanos = arrivalNanos;
    forget();
    remember(version);
  }

  private void forget() {
    Arrays.fill(recent, Track.NO_VERSION);
    next = 0;
  }

  static Tracked of(Track track, Pod pod) {
    var tracked =
        new Tracked(track.identity(), pod, track.version(), track.atNanos(), track.arrivalNanos());
    tracked.forget();
    List<Long> recent = track.recent();
    for (int i = recent.size() - 1; i >= 0; i--) {
      tracked.remember(recent.get(i));
    }
    return tracked;
  }

  Track toTrack() {
    List<Long> seen = new ArrayList<>();
    for (int i = 1; i <= RECENT; i++) {
      long value = recent[Math.floorMod(next - i, RECENT)];
      if (value != Track.NO_VERSION) {
        seen.add(value);
      }
    }
    return new Track(identity, Optional.of(pod), version, atNanos, arrivalNanos, seen);
  }

  /** The same pod under another identity. */
  Tracked as(String newIdentity) {
    var moved = new Tracked(newIdentity, pod, version, atNanos, arrivalNanos);
    System.arraycopy(recent, 0, moved.recent, 0, RECENT);
    moved.next = next;
    return moved;
  }

  void apply(Pod newer, long newVersion, long newAtNanos, long newArrivalNanos) {
    pod = newer;
    version = newVersion;
    atNanos = newAtNanos == Times.NONE ? atNanos : newAtNanos;
    arrivalNanos = newArrivalNanos;
    remember(newVersion);
  }

  /** Remembers a version that came, applied or not. */
  void remember(long seen) {
    if (seen != Track.NO_VERSION && !saw(seen)) {
      recent[next] = seen;
      next = (next + 1) % RECENT;
    }
  }

  boolean saw(long seen) {
    for (long one : recent) {
      if (one == seen) {
        return seen != Track.NO_VERSION;
      }
    }
    return false;
  }
}

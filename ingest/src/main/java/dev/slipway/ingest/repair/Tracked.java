package dev.slipway.ingest.repair;

import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.Bytes;
import dev.slipway.engine.observe.SnapshotException;
import dev.slipway.ingest.format.PodRef;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pod that is there: not its last version, but what the next one has to be held against, and the
 * numbers of the few before it.
 */
final class Tracked {
  /** Enough to tell a repetition from a straggler in a feed that repeats its last seconds. */
  private static final int RECENT = 8;

  /** The UID, or {@code namespace/name} of a pod whose source names none. */
  String identity;

  final String namespace;
  final String name;
  private final long[] recent = new long[RECENT];
  private int next;

  /** The version as a number, {@link Versions#NONE} if it has none. */
  long version = Versions.NONE;

  /** The source's time of that version, {@link Times#NONE} if it had none. */
  long atNanos = Times.NONE;

  long arrivalNanos;
  long created = Times.NONE;

  /** How far its life has come, see {@link Versions#rank}. */
  int rank;

  /** The mark of the last list that had it. */
  int mark;

  private long generation;

  /** What a version without a number says, as a hash; 0 for one with a number. */
  private long content;

  /** Restarts of the init containers, then of the others; null while nothing has restarted. */
  private int @Nullable [] restarts;

  private int inits;

  Tracked(String identity, String namespace, String name) {
    this.identity = identity;
    this.namespace = namespace;
    this.name = name;
    Arrays.fill(recent, Versions.NONE);
  }

  static Tracked of(String identity, ObjectMeta metadata) {
    return new Tracked(identity, metadata.namespace(), metadata.name());
  }

  /** False for a pod that is known by its name only. */
  boolean hasUid() {
    return !identity.equals(namespace + "/" + name);
  }

  PodRef ref() {
    return new PodRef(hasUid() ? identity : "", namespace, name);
  }

  /** The last version, for a sample. */
  String detail() {
    return version == Versions.NONE ? "version=" : "version=" + version;
  }

  void apply(Pod pod, long newVersion, long newAtNanos, long newArrivalNanos) {
    version = newVersion;
    atNanos = newAtNanos == Times.NONE ? atNanos : newAtNanos;
    arrivalNanos = newArrivalNanos;
    created = pod.metadata().creationTimestamp();
    generation = pod.metadata().generation();
    rank = Versions.rank(pod);
    content = newVersion == Versions.NONE ? Versions.content(pod) : 0;
    List<ContainerStatus> first = pod.status().initContainerStatuses();
    List<ContainerStatus> others = pod.status().containerStatuses();
    restarts = restarted(first) || restarted(others) ? counts(first, others) : null;
    inits = first.size();
    remember(newVersion);
  }

  private static boolean restarted(List<ContainerStatus> statuses) {
    for (int i = 0; i < statuses.size(); i++) {
      if (statuses.get(i).restartCount() > 0) {
        return true;
      }
    }
    return false;
  }

  private static int[] counts(List<ContainerStatus> first, List<ContainerStatus> others) {
    int[] counts = new int[first.size() + others.size()];
    for (int i = 0; i < counts.length; i++) {
      ContainerStatus status = i < first.size() ? first.get(i) : others.get(i - first.size());
      counts[i] = status.restartCount();
    }
    return counts;
  }

  /** True if a version without a number says what the last one says. */
  boolean says(Pod pod) {
    return content != 0 && content == Versions.content(pod);
  }

  /** True if between the last version and that one some were never seen. */
  boolean missed(Pod newer) {
    return (newer.metadata().generation() - generation > 1 && generation > 0)
        || missed(newer.status().initContainerStatuses(), 0, inits)
        || missed(newer.status().containerStatuses(), inits, Integer.MAX_VALUE);
  }

  private boolean missed(List<ContainerStatus> newer, int from, int to) {
    int[] before = restarts;
    for (int i = 0; i < newer.size() && from + i < to; i++) {
      int known = before == null || from + i >= before.length ? 0 : before[from + i];
      if (newer.get(i).restartCount() > known + 1) {
        return true;
      }
    }
    return false;
  }

  /** Remembers a version that came, applied or not; false if it was known. */
  boolean remember(long seen) {
    if (seen == Versions.NONE || saw(seen)) {
      return false;
    }
    recent[next] = seen;
    next = (next + 1) % RECENT;
    return true;
  }

  boolean saw(long seen) {
    for (long one : recent) {
      if (one == seen) {
        return seen != Versions.NONE;
      }
    }
    return false;
  }

  /** All but what it is called. */
  void write(Bytes out) {
    out.putSigned(version);
    out.putTime(atNanos);
    out.putTime(arrivalNanos);
    out.putTime(created);
    out.put(rank);
    out.put(mark);
    out.putSigned(generation);
    out.putFixed(content);
    int[] counts = restarts;
    out.put(counts == null ? 0 : 1 + counts.length);
    if (counts != null) {
      for (int count : counts) {
        out.putSigned(count);
      }
    }
    out.put(inits);
    out.put(next);
    for (long one : recent) {
      out.putSigned(one == Versions.NONE ? 0 : one - version);
      out.put(one != Versions.NONE);
    }
  }

  void read(Bytes in) {
    version = in.getSigned();
    atNanos = in.getTime();
    arrivalNanos = in.getTime();
    created = in.getTime();
    rank = in.getInt();
    mark = in.getInt();
    generation = in.getSigned();
    content = in.getFixed();
    int length = in.getInt() - 1;
    if (length > Short.MAX_VALUE) {
      throw new SnapshotException("too many containers: " + length);
    }
    int[] counts = length < 0 ? null : new int[length];
    for (int i = 0; i < length && counts != null; i++) {
      counts[i] = (int) in.getSigned();
    }
    restarts = counts;
    inits = in.getInt();
    next = Math.floorMod(in.getInt(), RECENT);
    for (int i = 0; i < RECENT; i++) {
      long distance = in.getSigned();
      recent[i] = in.getBoolean() ? version + distance : Versions.NONE;
    }
  }
}

package dev.slipway.ingest.format;

import dev.slipway.engine.api.OwnerReference;
import dev.slipway.engine.api.PodSpec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Metadata and spec of the last version of a pod: the bytes from the value of its name to the end
 * of its spec, and what they were read as. Where the next version repeats them they are compared
 * and not read: that costs a fraction of finding where values end. Different may be the digits of
 * the resource version and the times of the managed fields, which nobody reads.
 *
 * <p>Everything lies in as few objects as possible, for what makes remembering slow is fetching
 * from memory.
 */
final class LastVersion implements Recent.Entry {
  /*
   * A part begins where a value or a member of an object may begin and ends behind one, so whatever stands in it was
   * passed by the cursor as a whole. Where the record repeats all of it, the cursor would come to the same place in the
   * same state.
   */
  private static final int BUFFER_STEP = 64;
  private static final int BYTES_MAX = 64 * 1024;

  String name = "";
  String namespace = "";
  String uid = "";
  long generation;
  Map<String, String> labels = Map.of();
  Map<String, String> annotations = Map.of();
  List<OwnerReference> ownerReferences = List.of();
  List<String> finalizers = List.of();
  long creationTimestamp;
  long deletionTimestamp;
  @Nullable Long deletionGracePeriodSeconds;
  long template;
  @Nullable PodSpec spec;

  private byte[] bytes = new byte[0];
  private int length;
  private int depth;
  private final Parts parts = new Parts();

  /**
   * Forgets it if it would stand deeper in the record than it did then: what was not too deep may
   * be so here.
   */
  void at(int now) {
    if (now > depth) {
      length = 0;
    }
  }

  /** Whether all of it stands at the cursor, which then stands behind the spec. */
  boolean takeAll(JsonCursor cursor) {
    if (length == 0 || !parts.all || !near(cursor, length) || !stands(cursor)) {
      return false;
    }
    cursor.jumpOut(length, parts.tokens);
    return true;
  }

  private boolean stands(JsonCursor cursor) {
    int at = cursor.at;
    if (!same(cursor, at, 0, parts.versionFrom)
        || !cursor.digits(at + parts.versionFrom, at + parts.versionTo)) {
      return false;
    }
    int from = parts.versionTo;
    for (int i = 0; i < parts.managers; i++) {
      int hole = parts.hole(i);
      if (hole != Parts.NO_HOLE) {
        if (!same(cursor, at + from, from, hole) || !cursor.plainTime(at + hole)) {
          return false;
        }
        from = hole + FastTimes.LENGTH;
      }
    }
    return same(cursor, at + from, from, length);
  }

  /** Whether what stands before the version stands at the cursor, which then stands behind it. */
  boolean takeHead(JsonCursor cursor) {
    return parts.all && takePart(cursor, 0, parts.versionFrom - 1, parts.headTokens);
  }

  /** The same of what follows the version, up to the value of the managed fields. */
  boolean takeTail(JsonCursor cursor) {
    return parts.all && takePart(cursor, parts.versionTo + 1, parts.tailTo, parts.tailTokens);
  }

  /** The same of the spec. */
  boolean takeSpec(JsonCursor cursor) {
    return spec != null && takePart(cursor, parts.specFrom, length, parts.specTokens);
  }

  /** The same of what a manager of fields wrote. */
  boolean takeManager(int place, JsonCursor cursor) {
    if (length == 0 || place >= parts.managers) {
      return false;
    }
    int from = parts.from(place);
    int to = parts.to(place);
    int hole = parts.hole(place);
    if (hole == Parts.NO_HOLE) {
      return takePart(cursor, from, to, parts.tokens(place));
    }
    int at = cursor.at;
    int behind = hole + FastTimes.LENGTH;
    boolean stands =
        near(cursor, to - from)
            && same(cursor, at, from, hole)
            && cursor.plainTime(at + hole - from)
            && same(cursor, at + behind - from, behind, to);
    if (stands) {
      cursor.jump(to - from, parts.tokens(place));
    }
    return stands;
  }

  /** The resource version of a record all of which stood there. */
  String resourceVersion(JsonCursor cursor, int from) {
    int at = from + parts.versionFrom;
    int size = parts.versionTo - parts.versionFrom;
    return new String(cursor.bytes, at, size, StandardCharsets.ISO_8859_1);
  }

  /** Where the time of a manager is, whose bytes were taken from there on. */
  int holeOf(int place, int from) {
    int hole = parts.hole(place);
    return hole == Parts.NO_HOLE ? hole : hole - parts.from(place) + from;
  }

  /** The fields before the version, and those behind it. */
  int headSeen() {
    return parts.headSeen;
  }

  int tailSeen() {
    return parts.tailSeen;
  }

  private boolean takePart(JsonCursor cursor, int from, int to, int tokens) {
    boolean stands = length > 0 && near(cursor, to - from) && same(cursor, cursor.at, from, to);
    if (stands) {
      cursor.jump(to - from, tokens);
    }
    return stands;
  }

  /** Whether so many bytes can follow. */
  private static boolean near(JsonCursor cursor, int size) {
    return cursor.at + size <= cursor.bytes.length;
  }

  private boolean same(JsonCursor cursor, int at, int from, int to) {
    return Arrays.equals(bytes, from, to, cursor.bytes, at, at + to - from);
  }

  /**
   * Remembers the bytes between there and the cursor; the values are set by the caller.
   *
   * @param atDepth where it begins
   * @param places where the parts are, in bytes of the record
   * @return whether there is room for them
   */
  boolean put(JsonCursor cursor, int from, int atDepth, Parts places, Budget budget) {
    int size = cursor.at - from;
    length = 0;
    if (size > BYTES_MAX || !hasRoom(size, budget)) {
      return false;
    }
    System.arraycopy(cursor.bytes, from, bytes, 0, size);
    length = size;
    depth = atDepth;
    parts.set(places, from);
    return true;
  }

  /**
   * A buffer is kept for whatever comes next: copies that live long and die often are what a
   * generational collector likes least.
   */
  private boolean hasRoom(int size, Budget budget) {
    if (bytes.length >= size) {
      return true;
    }
    int larger = (size / BUFFER_STEP + 1) * BUFFER_STEP;
    if (!budget.take(larger - bytes.length)) {
      return false;
    }
    bytes = new byte[larger];
    return true;
  }

  @Override
  public void clear() {
    length = 0;
    spec = null;
  }

  /** How many bytes all versions of one reader may hold. */
  static final class Budget {
    private final long max;
    private long held;

    Budget(long max) {
      this.max = max;
    }

    boolean take(int more) {
      if (held + more > max) {
        return false;
      }
      held += more;
      return true;
    }
  }
}

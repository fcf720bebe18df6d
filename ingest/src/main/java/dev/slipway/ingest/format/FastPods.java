package dev.slipway.ingest.format;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.PodStatus;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pod at a cursor, straight from the bytes. For every record it takes, the result is what
 * {@code PodReader} makes of the tree; everything else is a {@link Bail}.
 */
final class FastPods {
  private static final int METADATA = 0;
  private static final int SPEC = 1;
  private static final int STATUS = 2;
  private static final int KIND = 3;
  private static final int API_VERSION = 4;
  private static final Names OBJECT = Names.of("metadata", "spec", "status", "kind", "apiVersion");

  private static final Names POD_KIND = Names.of("Pod");
  private static final Names POD_VERSION = Names.of("v1");

  private final JsonCursor cursor;
  private final Texts texts;
  private final FastStatus statuses;
  private final FastSpecs specs;
  private final FastMetadata metas;

  private @Nullable ObjectMeta metadata;
  private @Nullable PodSpec spec;
  private @Nullable PodStatus status;
  private int seen;

  /**
   * Reads at that cursor.
   *
   * @param remembered pods whose last version is remembered, a power of two
   */
  FastPods(JsonCursor cursor, int remembered) {
    this.cursor = cursor;
    this.texts = new Texts(cursor);
    FastAmounts amounts = new FastAmounts(cursor, texts);
    this.statuses = new FastStatus(cursor, texts, amounts);
    this.specs = new FastSpecs(cursor, texts, amounts);
    this.metas = new FastMetadata(cursor, texts, remembered);
  }

  Texts texts() {
    return texts;
  }

  /** Forgets what was read of a pod before. */
  void begin() {
    metadata = null;
    spec = null;
    status = null;
    seen = 0;
    metas.clear();
  }

  /** Reads the pod at the cursor, an object. */
  Pod pod() {
    begin();
    for (boolean more = cursor.enter(); more; more = cursor.next()) {
      field();
    }
    return end();
  }

  /** Kind and version were read before, and were a pod's. */
  void headRead() {
    seen = 1 << KIND | 1 << API_VERSION;
  }

  /** Reads the field of a pod whose name the cursor has just passed; false if pods have no such. */
  boolean field() {
    int field = OBJECT.find(cursor.bytes, cursor.from, cursor.to);
    seen = once(seen, field);
    switch (field) {
      case METADATA -> metadata();
      case SPEC -> spec = spec();
      case STATUS -> status = cursor.takeNull() ? PodStatus.EMPTY : statuses.status();
      case KIND -> word(POD_KIND);
      case API_VERSION -> word(POD_VERSION);
      default -> {
        cursor.skip();
        return false;
      }
    }
    return true;
  }

  /** The pod of the fields read since {@link #begin}. */
  Pod end() {
    if (metadata == null || spec == null) {
      throw Bail.OUT;
    }
    boolean named = !metadata.namespace().isEmpty() && !metadata.name().isEmpty();
    if (metadata.uid().isEmpty() && !named) {
      throw Bail.OUT;
    }
    return new Pod(metadata, spec, status == null ? PodStatus.EMPTY : status);
  }

  /** Marks a field as seen; a second one of the same name is for the tree to weigh. */
  static int once(int seen, int field) {
    if (field == Names.UNKNOWN) {
      return seen;
    }
    int bit = 1 << field;
    if ((seen & bit) != 0) {
      throw Bail.OUT;
    }
    return seen | bit;
  }

  /** The same for up to 64 fields. */
  static long once(long seen, int field) {
    if (field == Names.UNKNOWN) {
      return seen;
    }
    long bit = 1L << field;
    if ((seen & bit) != 0) {
      throw Bail.OUT;
    }
    return seen | bit;
  }

  /** Whether the last pod said that it is one. */
  boolean named() {
    return (seen & 1 << KIND) != 0;
  }

  private void word(Names only) {
    cursor.string();
    if (only.find(cursor.bytes, cursor.from, cursor.to) == Names.UNKNOWN) {
      throw Bail.OUT;
    }
  }

  private void metadata() {
    metadata = metas.read();
    PodSpec same = metas.specRead();
    if (same != null) {
      seen = once(seen, SPEC);
      spec = same;
    }
  }

  private PodSpec spec() {
    PodSpec same = metas.spec();
    PodSpec read = same;
    if (read == null) {
      read = specs.spec();
      metas.offerTemplate(read, specs);
    }
    metas.remember(read);
    return read;
  }
}

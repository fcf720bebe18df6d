package dev.slipway.ingest.format;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.OwnerReference;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pod at a cursor, straight from the bytes. For every record it takes, the result is what
 * {@code PodReader} makes of the tree; everything else is a {@link Bail}.
 */
final class FastPods {
  private static final int SPEC_BYTES_MAX = 64 * 1024;
  private static final int FIELDS_BYTES_MAX = 16 * 1024;

  /** A usual spec, and a usual pod's managed fields. */
  private static final long BYTES_A_POD = 3 * 1024;

  private static final int SHARED_OWNERS = 1 << 13;
  private static final int SHARED_OWNERS_BYTES_MAX = 1024;

  private static final int METADATA = 0;
  private static final int SPEC = 1;
  private static final int STATUS = 2;
  private static final int KIND = 3;
  private static final int API_VERSION = 4;
  private static final Names OBJECT = Names.of("metadata", "spec", "status", "kind", "apiVersion");

  private static final Names META =
      Names.of(
          "name",
          "namespace",
          "uid",
          "generation",
          "resourceVersion",
          "labels",
          "annotations",
          "ownerReferences",
          "finalizers",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "managedFields");
  private static final Names MANAGED = Names.of("fieldsV1");

  private static final Names OWNER = Names.of("apiVersion", "kind", "name", "uid", "controller");
  private static final Names POD_KIND = Names.of("Pod");
  private static final Names POD_VERSION = Names.of("v1");

  private final JsonCursor cursor;
  private final Texts texts;
  private final FastStatus statuses;
  private final FastSpecs specs;
  private final LastSeen<PodSpec> lastSpecs;
  private final LastSeen<Boolean> lastFields;
  private final Memo<List<OwnerReference>> owners =
      new Memo<>(SHARED_OWNERS, SHARED_OWNERS_BYTES_MAX);

  private @Nullable ObjectMeta metadata;
  private @Nullable PodSpec spec;
  private @Nullable PodStatus status;
  private int seen;
  private long uidHash;

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
    this.lastSpecs = new LastSeen<>(remembered, SPEC_BYTES_MAX, remembered * BYTES_A_POD);
    this.lastFields = new LastSeen<>(2 * remembered, FIELDS_BYTES_MAX, remembered * BYTES_A_POD);
    this.specs = new FastSpecs(cursor, texts, amounts);
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
    uidHash = 0;
    texts.labelsHash = 0;
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
      case METADATA -> metadata = metadata();
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

  private ObjectMeta metadata() {
    String name = "";
    String namespace = "";
    String uid = "";
    long generation = 0;
    String resourceVersion = "";
    var labels = Map.<String, String>of();
    var annotations = Map.<String, String>of();
    List<OwnerReference> ownerReferences = List.of();
    List<String> finalizers = List.of();
    long creationTimestamp = Times.NONE;
    long deletionTimestamp = Times.NONE;
    Long deletionGracePeriodSeconds = null;
    int fields = 0;
    for (boolean more = cursor.enter(); more; more = cursor.next()) {
      int field = META.find(cursor.bytes, cursor.from, cursor.to);
      fields = once(fields, field);
      switch (field) {
        case 0 -> name = texts.own();
        case 1 -> namespace = texts.shared();
        case 2 -> {
          uid = texts.own();
          uidHash = Bytes.hash(cursor.bytes, cursor.from, cursor.to);
        }
        case 3 -> generation = texts.whole();
        case 4 -> resourceVersion = texts.own();
        case 5 -> labels = texts.labels();
        case 6 -> annotations = texts.annotations();
        case 7 -> ownerReferences = owners();
        case 8 -> finalizers = finalizers();
        case 9 -> creationTimestamp = texts.time();
        case 10 -> deletionTimestamp = texts.time();
        case 11 -> deletionGracePeriodSeconds = texts.wholeOrNull();
        case 12 -> managedFields();
        default -> cursor.skip();
      }
    }
    return new ObjectMeta(
        name,
        namespace,
        uid,
        generation,
        resourceVersion,
        labels,
        annotations,
        ownerReferences,
        finalizers,
        creationTimestamp,
        deletionTimestamp,
        deletionGracePeriodSeconds);
  }

  /**
   * Nobody reads them, and most of them does not change. The first manager is the one that made the
   * pod and says the same of all pods of a template; the others write what only this pod has.
   */
  private void managedFields() {
    if (cursor.takeNull()) {
      return;
    }
    int place = 0;
    long key = texts.labelsHash;
    for (boolean more = cursor.enterList(); more; more = cursor.nextElement()) {
      for (boolean has = cursor.enter(); has; has = cursor.next()) {
        boolean fields = MANAGED.find(cursor.bytes, cursor.from, cursor.to) == 0;
        if (!fields || cursor.peek() != '{') {
          cursor.skip();
        } else if (lastFields.take(cursor, key, place) == null) {
          int from = cursor.at;
          int tokens = cursor.tokens();
          cursor.skip();
          lastFields.put(cursor, from, tokens, key, place, true);
        }
      }
      place++;
      key = uidHash;
    }
  }

  private List<String> finalizers() {
    if (cursor.takeNull()) {
      return List.of();
    }
    var finalizers = new ArrayList<String>(2);
    for (boolean more = cursor.enterList(); more; more = cursor.nextElement()) {
      finalizers.add(texts.shared());
    }
    return finalizers;
  }

  private List<OwnerReference> owners() {
    if (cursor.takeNull()) {
      return List.of();
    }
    int from = cursor.at;
    int tokens = cursor.tokens();
    cursor.skip();
    List<OwnerReference> shared = owners.get(cursor.bytes, from, cursor.at);
    if (shared == null) {
      cursor.back(from, tokens);
      shared = ownerList();
      owners.put(cursor.bytes, from, cursor.at, shared);
    }
    return shared;
  }

  private List<OwnerReference> ownerList() {
    var list = new ArrayList<OwnerReference>(1);
    for (boolean more = cursor.enterList(); more; more = cursor.nextElement()) {
      list.add(owner());
    }
    return List.copyOf(list);
  }

  private OwnerReference owner() {
    String apiVersion = "";
    String kind = "";
    String name = "";
    String uid = "";
    boolean controller = false;
    int fields = 0;
    for (boolean more = cursor.enter(); more; more = cursor.next()) {
      int field = OWNER.find(cursor.bytes, cursor.from, cursor.to);
      fields = once(fields, field);
      switch (field) {
        case 0 -> apiVersion = texts.shared();
        case 1 -> kind = texts.shared();
        case 2 -> name = texts.shared();
        case 3 -> uid = texts.shared();
        case 4 -> controller = texts.bool();
        default -> cursor.skip();
      }
    }
    return new OwnerReference(apiVersion, kind, name, uid, controller);
  }

  private PodSpec spec() {
    PodSpec same = lastSpecs.take(cursor, uidHash, 0);
    if (same != null) {
      return same;
    }
    int from = cursor.at;
    int before = cursor.tokens();
    PodSpec read = specs.spec();
    lastSpecs.put(cursor, from, before, uidHash, 0, read);
    return read;
  }
}

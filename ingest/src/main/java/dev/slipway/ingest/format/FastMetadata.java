package dev.slipway.ingest.format;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.OwnerReference;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the metadata of a pod at a cursor, and so finds out which pod it is and what is remembered
 * of it.
 */
final class FastMetadata {
  private static final int SHARED_OWNERS = 1 << 13;
  private static final int SHARED_OWNERS_BYTES_MAX = 1024;

  /** A name and what follows it far enough to tell namesakes apart, and not to the version. */
  private static final int KEY_BYTES = 56;

  /** A usual pod without its status. */
  private static final long BYTES_A_POD = 6 * 1024;

  /** {@code ,"spec":} as it follows the metadata. */
  private static final int SPEC_NAME_BYTES = 8;

  /** The fields that stand before the version, and itself. */
  private static final int HEAD_FIELDS = 0b11111;

  private static final int NAME = 0;
  private static final int UID = 3;
  private static final int RESOURCE_VERSION = 4;
  private static final int LABELS = 9;
  private static final int MANAGED_FIELDS = 13;

  /** In the order of the API server (ObjectMeta of k8s.io/apimachinery pkg/apis/meta/v1, 1.37). */
  private static final Names META =
      Names.of(
          "name",
          "generateName",
          "namespace",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "labels",
          "annotations",
          "ownerReferences",
          "finalizers",
          "managedFields");

  private static final int TIME = 3;
  private static final Names MANAGED =
      Names.of(
          "manager", "operation", "apiVersion", "time", "fieldsType", "fieldsV1", "subresource");

  private static final Names OWNER =
      Names.of("apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion");

  private final JsonCursor cursor;
  private final Texts texts;
  private final LastVersion.Budget budget;
  private final Recent<LastVersion> pods;
  private final Recent<SpecTemplate> templates;
  private final Memo<List<OwnerReference>> owners =
      new Memo<>(SHARED_OWNERS, SHARED_OWNERS_BYTES_MAX);

  private String name = "";
  private String namespace = "";
  private String uid = "";
  private String resourceVersion = "";
  private long generation;
  private Map<String, String> labels = Map.of();
  private Map<String, String> annotations = Map.of();
  private List<OwnerReference> ownerReferences = List.of();
  private List<String> finalizers = List.of();
  private long creationTimestamp;
  private long deletionTimestamp;
  private @Nullable Long deletionGracePeriodSeconds;
  private long template;
  private int seen;

  /** What is remembered of the pod, null while it is not known which pod it is. */
  private @Nullable LastVersion last;

  private @Nullable PodSpec specRead;

  /** Where the parts of this version are. */
  private final Parts parts = new Parts();

  private final Parts ofTemplate = new Parts();

  /** Whether the metadata stood in the usual order. */
  private boolean whole;

  private int begin;
  private int beginTokens;
  private int end;
  private int specBegin;
  private int specTokens;

  FastMetadata(JsonCursor cursor, Texts texts, int remembered) {
    this.cursor = cursor;
    this.texts = texts;
    this.budget = new LastVersion.Budget(remembered * BYTES_A_POD);
    this.pods = new Recent<>(remembered, LastVersion::new);
    this.templates = new Recent<>(remembered, SpecTemplate::new);
  }

  ObjectMeta read() {
    clear();
    int field = cursor.first(META);
    if (field == NAME && cursor.peek() == '"') {
      field = known();
    }
    for (; field != Names.END; field = cursor.next(META, field + 1)) {
      seen = FastPods.once(seen, field);
      value(field);
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

  /** The spec that followed the metadata, if all of it was as before; else null, and not read. */
  @Nullable PodSpec specRead() {
    return specRead;
  }

  /** Forgets what was read of a pod before. */
  void clear() {
    name = "";
    namespace = "";
    uid = "";
    resourceVersion = "";
    generation = 0;
    labels = Map.of();
    annotations = Map.of();
    ownerReferences = List.of();
    finalizers = List.of();
    creationTimestamp = Times.NONE;
    deletionTimestamp = Times.NONE;
    deletionGracePeriodSeconds = null;
    template = 0;
    seen = 0;
    last = null;
    specRead = null;
    whole = false;
  }

  private void value(int field) {
    switch (field) {
      case NAME -> name = texts.own();
      case 2 -> namespace = texts.shared();
      case UID -> uid = texts.own();
      case RESOURCE_VERSION -> resourceVersion = texts.own();
      case 5 -> generation = texts.whole();
      case 6 -> creationTimestamp = texts.time();
      case 7 -> deletionTimestamp = texts.time();
      case 8 -> deletionGracePeriodSeconds = texts.wholeOrNull();
      case LABELS -> {
        int from = cursor.at;
        labels = texts.labels();
        if (ownerReferences.isEmpty()) {
          template = Bytes.hash(cursor.bytes, from, cursor.at);
        }
      }
      case 10 -> annotations = texts.annotations();
      case 11 -> ownerReferences = owners();
      case 12 -> finalizers = finalizers();
      case MANAGED_FIELDS -> managedFields();
      default -> cursor.skip();
    }
  }

  /** Reads on from the value of the name, which came first; the next field is left to read. */
  private int known() {
    begin = cursor.at;
    beginTokens = cursor.tokens();
    int keyEnd = Math.min(begin + KEY_BYTES, cursor.bytes.length);
    LastVersion version = pods.of(Bytes.hash(cursor.bytes, begin, keyEnd));
    last = version;
    version.at(cursor.depth());
    if (version.takeAll(cursor)) {
      headOf(version);
      tailOf(version);
      specRead = version.spec;
      resourceVersion = version.resourceVersion(cursor, begin);
      return Names.END;
    }
    parts.managers = 0;
    if (version.takeHead(cursor)) {
      headOf(version);
      seen = version.headSeen();
    } else {
      int field = headAnew();
      if (field == Names.END) {
        return field;
      }
    }
    return tail(version);
  }

  private void headOf(LastVersion version) {
    name = version.name;
    namespace = version.namespace;
    uid = version.uid;
  }

  private void tailOf(LastVersion version) {
    generation = version.generation;
    labels = version.labels;
    template = version.template;
    annotations = version.annotations;
    ownerReferences = version.ownerReferences;
    finalizers = version.finalizers;
    creationTimestamp = version.creationTimestamp;
    deletionTimestamp = version.deletionTimestamp;
    deletionGracePeriodSeconds = version.deletionGracePeriodSeconds;
  }

  /** Reads from the name to the version's name; that is the field it returns, if there is one. */
  private int headAnew() {
    int field = NAME;
    for (; field != Names.END && field != RESOURCE_VERSION; field = cursor.next(META, field + 1)) {
      seen = FastPods.once(seen, field);
      value(field);
    }
    seen = FastPods.once(seen, field);
    return field;
  }

  /** Reads on from the value of the version; the next field is left to read. */
  private int tail(LastVersion version) {
    parts.headSeen = seen;
    parts.headTokens = cursor.tokens() - beginTokens;
    cursor.string();
    boolean plain = cursor.digits(cursor.from, cursor.to) && (seen & ~HEAD_FIELDS) == 0;
    parts.versionFrom = cursor.from;
    parts.versionTo = cursor.to;
    resourceVersion = cursor.text();
    int tokens = cursor.tokens();
    int field;
    if (version.takeTail(cursor)) {
      if ((seen & version.tailSeen()) != 0) {
        throw Bail.OUT;
      }
      seen |= version.tailSeen();
      tailOf(version);
      field = (seen & 1 << MANAGED_FIELDS) != 0 ? MANAGED_FIELDS : Names.UNKNOWN;
    } else {
      field = tailAnew();
    }
    parts.tailTo = cursor.at;
    parts.tailTokens = cursor.tokens() - tokens;
    parts.tailSeen = seen & ~parts.headSeen;
    if (field == MANAGED_FIELDS) {
      managedFields();
    }
    field = cursor.next(META, MANAGED_FIELDS + 1);
    whole = plain && field == Names.END && (parts.tailSeen & HEAD_FIELDS) == 0;
    end = cursor.at;
    return field;
  }

  /** Reads up to the value of the managed fields, or to the end of the object. */
  private int tailAnew() {
    int field = RESOURCE_VERSION;
    while (cursor.peek() != '}') {
      field = cursor.next(META, field + 1);
      seen = FastPods.once(seen, field);
      if (field == MANAGED_FIELDS) {
        return field;
      }
      value(field);
    }
    return Names.UNKNOWN;
  }

  /** The spec at the cursor, if it is the pod's last one, and the cursor then stands behind it. */
  @Nullable PodSpec spec() {
    cursor.peek();
    specBegin = cursor.at;
    specTokens = cursor.tokens();
    if (last == null && !uid.isEmpty()) {
      last = pods.of(uid.hashCode());
      last.at(cursor.depth() + 1);
    }
    return last != null && last.takeSpec(cursor)
        ? last.spec
        : templates.of(template).take(cursor, texts);
  }

  /** The spec was read by that reader: others of the template may have the same. */
  void offerTemplate(PodSpec read, FastSpecs specs) {
    int seam = specs.seam();
    int nodeTo = specs.nodeTo();
    templates.of(template).put(cursor, specBegin, seam, nodeTo, read, specs::spec, budget);
  }

  /** The spec was read, or was the last one: remembers the pod's version up to here. */
  void remember(PodSpec spec) {
    LastVersion version = last;
    if (version == null) {
      return;
    }
    parts.specFrom = specBegin;
    parts.specTokens = cursor.tokens() - specTokens;
    parts.tokens = cursor.tokens() - beginTokens;
    parts.all = whole && specBegin - end == SPEC_NAME_BYTES;
    int from = parts.all ? begin : specBegin;
    if (!version.put(cursor, from, cursor.depth() + 1, parts, budget)) {
      return;
    }
    version.name = name;
    version.namespace = namespace;
    version.uid = uid;
    version.generation = generation;
    version.labels = labels;
    version.template = template;
    version.annotations = annotations;
    version.ownerReferences = ownerReferences;
    version.finalizers = finalizers;
    version.creationTimestamp = creationTimestamp;
    version.deletionTimestamp = deletionTimestamp;
    version.deletionGracePeriodSeconds = deletionGracePeriodSeconds;
    version.spec = spec;
  }

  /**
   * Nobody reads them, and most of them does not change but for the time. The first manager is the
   * one that made the pod and says the same of all pods of a template; the others write what only
   * this pod has.
   */
  private void managedFields() {
    if (cursor.takeNull()) {
      return;
    }
    int place = 0;
    for (boolean more = cursor.enterList(); more; more = cursor.nextElement()) {
      cursor.peek();
      int from = cursor.at;
      int tokens = cursor.tokens();
      int hole = place == 0 ? first() : later(place);
      parts.addManager(from, cursor.at, hole, cursor.tokens() - tokens);
      place++;
    }
  }

  /** Passes over what a manager wrote; where its time is, if there is one. */
  private int later(int place) {
    LastVersion version = last;
    int from = cursor.at;
    return version != null && version.takeManager(place, cursor)
        ? version.holeOf(place, from)
        : manager();
  }

  private int first() {
    LastVersion version = last;
    LastVersion maker = templates.of(template).maker;
    maker.at(cursor.depth());
    int from = cursor.at;
    if (version != null && version.takeManager(0, cursor)) {
      return version.holeOf(0, from);
    }
    if (maker.takeManager(0, cursor)) {
      return maker.holeOf(0, from);
    }
    int tokens = cursor.tokens();
    int hole = manager();
    ofTemplate.managers = 0;
    ofTemplate.addManager(from, cursor.at, hole, cursor.tokens() - tokens);
    maker.put(cursor, from, cursor.depth(), ofTemplate, budget);
    return hole;
  }

  private int manager() {
    int hole = Parts.NO_HOLE;
    int fields = 0;
    for (int field = cursor.first(MANAGED);
        field != Names.END;
        field = cursor.next(MANAGED, field + 1)) {
      fields = FastPods.once(fields, field);
      boolean time = field == TIME && cursor.peek() == '"';
      cursor.skip();
      if (time && cursor.lastIsPlain(FastTimes.LENGTH)) {
        hole = cursor.from;
      }
    }
    return hole;
  }

  private List<String> finalizers() {
    if (cursor.takeNull()) {
      return List.of();
    }
    var list = new ArrayList<String>(2);
    for (boolean more = cursor.enterList(); more; more = cursor.nextElement()) {
      list.add(texts.shared());
    }
    return List.copyOf(list);
  }

  private List<OwnerReference> owners() {
    if (cursor.takeNull()) {
      return List.of();
    }
    int from = cursor.at;
    int tokens = cursor.tokens();
    cursor.skip();
    template = Bytes.hash(cursor.bytes, from, cursor.at);
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
    String ownerName = "";
    String ownerUid = "";
    boolean controller = false;
    int fields = 0;
    for (int field = cursor.first(OWNER);
        field != Names.END;
        field = cursor.next(OWNER, field + 1)) {
      fields = FastPods.once(fields, field);
      switch (field) {
        case 0 -> apiVersion = texts.shared();
        case 1 -> kind = texts.shared();
        case 2 -> ownerName = texts.shared();
        case 3 -> ownerUid = texts.shared();
        case 4 -> controller = texts.bool();
        default -> cursor.skip();
      }
    }
    return new OwnerReference(apiVersion, kind, ownerName, ownerUid, controller);
  }
}

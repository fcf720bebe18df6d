package dev.slipway.ingest.format;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Audit records about pods, and those that say nothing to us, which are most. Needs what decides
 * that to stand before the objects, as the API server writes it.
 */
final class FastAudit {
  private static final Names RECORD =
      Names.of(
          "stage",
          "verb",
          "requestURI",
          "objectRef",
          "responseStatus",
          "requestObject",
          "responseObject",
          "stageTimestamp",
          "level",
          "auditID",
          "user",
          "impersonatedUser",
          "sourceIPs",
          "userAgent",
          "requestReceivedTimestamp",
          "annotations",
          "authenticationMetadata");
  private static final int RESPONSE_OBJECT = 6;

  /** What the verdict stands on: stage, verb, URI, reference, status. */
  private static final int BASIS = 0b11111;

  private static final Names TARGET =
      Names.of("apiGroup", "resource", "subresource", "namespace", "name", "uid");
  private static final Names STATUS = Names.of("code");

  private final JsonCursor cursor;
  private final FastPods pods;

  private String group = "";
  private String resource = "";
  private String subresource = "";
  private long code;

  FastAudit(JsonCursor cursor, FastPods pods) {
    this.cursor = cursor;
    this.pods = pods;
  }

  /** Reads the record the cursor is in, behind kind and version. */
  void read(List<FeedEvent> events) {
    String stage = "";
    String verb = "";
    String uri = "";
    Pod pod = null;
    long at = Times.NONE;
    int seen = 0;
    group = "";
    resource = "";
    subresource = "";
    code = 0;
    boolean more = true;
    for (; more; more = cursor.next()) {
      int field = RECORD.find(cursor.bytes, cursor.from, cursor.to);
      seen = FastPods.once(seen, field);
      switch (field) {
        case 0 -> stage = pods.texts().shared();
        case 1 -> verb = pods.texts().shared();
        case 2 -> uri = pods.texts().own();
        case 3 -> target();
        case 4 -> status();
        case RESPONSE_OBJECT -> {
          boolean early = (seen & BASIS) != BASIS;
          if (early || skip(stage, verb, uri) == null) {
            pod = pods.pod();
          } else {
            cursor.skip();
          }
        }
        case 7 -> at = pods.texts().time();
        case Names.UNKNOWN -> throw Bail.OUT;
        default -> cursor.skip();
      }
    }
    Skip skip = skip(stage, verb, uri);
    events.add(skip == null ? changed(verb, pod, at) : new FeedEvent.Skipped(skip));
  }

  private @Nullable Skip skip(String stage, String verb, String uri) {
    return AuditRules.skip(
        stage, verb, uri, code, ObjectKind.ofResource(group, resource), subresource);
  }

  private FeedEvent changed(String verb, @Nullable Pod pod, long at) {
    boolean usual =
        pod != null
            && group.isEmpty()
            && resource.equals("pods")
            && !subresource.equals("binding")
            && !subresource.equals("eviction");
    if (!usual || pod == null) {
      throw Bail.OUT;
    }
    ObjectMeta meta = pod.metadata();
    Long grace = meta.deletionGracePeriodSeconds();
    Action action =
        AuditRules.podAction(
            verb, meta.deleting(), grace == null ? 0 : grace, !meta.finalizers().isEmpty());
    return new FeedEvent.PodSeen(action, pod, at);
  }

  private void target() {
    int fields = 0;
    for (boolean more = cursor.enter(); more; more = cursor.next()) {
      int field = TARGET.find(cursor.bytes, cursor.from, cursor.to);
      fields = FastPods.once(fields, field);
      switch (field) {
        case 0 -> group = pods.texts().shared();
        case 1 -> resource = pods.texts().shared();
        case 2 -> subresource = pods.texts().shared();
        default -> cursor.skip();
      }
    }
  }

  private void status() {
    int fields = 0;
    for (boolean more = cursor.enter(); more; more = cursor.next()) {
      int field = STATUS.find(cursor.bytes, cursor.from, cursor.to);
      fields = FastPods.once(fields, field);
      if (field == 0) {
        code = pods.texts().whole();
      } else {
        cursor.skip();
      }
    }
  }
}

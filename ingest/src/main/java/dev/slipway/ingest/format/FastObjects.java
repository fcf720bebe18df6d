package dev.slipway.ingest.format;

import dev.slipway.engine.api.Times;
import java.util.List;

/** Records that begin with kind and version: a pod, a list of pods, an audit record. */
final class FastObjects {
  private static final int KIND = 0;
  private static final Names HEAD = Names.of("kind", "apiVersion");
  private static final Names LIST = Names.of("kind", "apiVersion", "metadata", "items");
  private static final Names LIST_META = Names.of("resourceVersion", "continue");
  private static final int METADATA = 2;
  private static final int ITEMS = 3;

  private final JsonCursor cursor;
  private final FastPods pods;
  private final FastAudit audit;

  FastObjects(JsonCursor cursor, FastPods pods) {
    this.cursor = cursor;
    this.pods = pods;
    this.audit = new FastAudit(cursor, pods);
  }

  /** Reads the record whose first name the cursor has passed. */
  Format read(List<FeedEvent> events) {
    String kind = "";
    String version = "";
    int seen = 0;
    for (int i = 0; i < 2; i++) {
      int field = HEAD.find(cursor.bytes, cursor.from, cursor.to);
      seen = FastPods.once(seen, field);
      cursor.string();
      if (field == KIND) {
        kind = pods.texts().lastShared();
      } else if (field == Names.UNKNOWN) {
        throw Bail.OUT;
      } else {
        version = pods.texts().lastShared();
      }
      if (!cursor.next()) {
        throw Bail.OUT;
      }
    }
    if (version.startsWith("audit.k8s.io/") && kind.equals("Event")) {
      audit.read(events);
      return Format.AUDIT;
    }
    if (!version.equals("v1")) {
      throw Bail.OUT;
    }
    return switch (kind) {
      case "Pod" -> pod(events);
      case "PodList" -> list(events);
      default -> throw Bail.OUT;
    };
  }

  private Format pod(List<FeedEvent> events) {
    pods.begin();
    pods.headRead();
    boolean more = true;
    for (; more; more = cursor.next()) {
      if (!pods.field()) {
        // another format may have a name for it
        throw Bail.OUT;
      }
    }
    events.add(new FeedEvent.PodSeen(Action.LISTED, pods.end(), Times.NONE));
    return Format.OBJECT;
  }

  private Format list(List<FeedEvent> events) {
    String version = "";
    boolean partial = false;
    int seen = 0b11;
    int first = events.size();
    boolean more = true;
    for (; more; more = cursor.next()) {
      int field = LIST.find(cursor.bytes, cursor.from, cursor.to);
      seen = FastPods.once(seen, field);
      switch (field) {
        case METADATA -> {
          for (boolean has = cursor.enter(); has; has = cursor.next()) {
            switch (LIST_META.find(cursor.bytes, cursor.from, cursor.to)) {
              case 0 -> version = pods.texts().own();
              case 1 -> partial = !pods.texts().own().isEmpty();
              default -> cursor.skip();
            }
          }
        }
        case ITEMS -> items(events);
        default -> throw Bail.OUT;
      }
    }
    if ((seen & 1 << ITEMS) == 0) {
      throw Bail.OUT;
    }
    events.add(first, new FeedEvent.ListBegun(ObjectKind.POD, version));
    events.add(new FeedEvent.ListEnded(ObjectKind.POD, version, partial));
    return Format.LIST;
  }

  private void items(List<FeedEvent> events) {
    for (boolean more = cursor.enterList(); more; more = cursor.nextElement()) {
      events.add(new FeedEvent.PodSeen(Action.LISTED, pods.pod(), Times.NONE));
    }
  }
}

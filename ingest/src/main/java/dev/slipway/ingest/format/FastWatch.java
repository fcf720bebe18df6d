package dev.slipway.ingest.format;

import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import java.util.List;

/** Watch events about pods, and the like lines of the scheduler simulator. */
final class FastWatch {
  private static final int TYPE = 0;
  private static final int OBJECT = 1;
  private static final int TIME = 2;
  private static final int EVENT = 3;
  private static final int RESOURCE = 4;
  private static final Names RECORD = Names.of("type", "object", "time", "event", "resource");

  private static final int WATCH = 1 << TYPE | 1 << OBJECT;
  private static final int SIMULATOR = 1 << EVENT | 1 << RESOURCE;

  private static final Action[] ACTIONS = {Action.ADDED, Action.MODIFIED, Action.DELETED};
  private static final Names TYPES = Names.of("ADDED", "MODIFIED", "DELETED");
  private static final Names EVENTS = Names.of("Add", "Update", "Delete");

  private final JsonCursor cursor;
  private final FastPods pods;

  FastWatch(JsonCursor cursor, FastPods pods) {
    this.cursor = cursor;
    this.pods = pods;
  }

  /** Reads the record whose first name the cursor has passed. */
  Format read(List<FeedEvent> events) {
    Action action = Action.LISTED;
    Pod pod = null;
    long at = Times.NONE;
    int seen = 0;
    boolean more = true;
    for (; more; more = cursor.next()) {
      int field = RECORD.find(cursor.bytes, cursor.from, cursor.to);
      seen = FastPods.once(seen, field);
      switch (field) {
        case TYPE -> action = action(TYPES);
        case EVENT -> action = action(EVENTS);
        case TIME -> at = pods.texts().time();
        case OBJECT, RESOURCE -> pod = pods.pod();
        default -> throw Bail.OUT;
      }
    }
    int form = seen & ~(1 << TIME);
    boolean plain = form == WATCH || (form == SIMULATOR && pods.named());
    if (!plain || pod == null) {
      throw Bail.OUT;
    }
    events.add(new FeedEvent.PodSeen(action, pod, at));
    return form == WATCH ? Format.WATCH : Format.SCHEDULER_SIMULATOR;
  }

  private Action action(Names words) {
    cursor.string();
    int word = words.find(cursor.bytes, cursor.from, cursor.to);
    if (word == Names.UNKNOWN) {
      throw Bail.OUT;
    }
    return ACTIONS[word];
  }
}

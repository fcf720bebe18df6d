package dev.slipway.ingest.format;

import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import java.util.List;

/** CloudEvents of Knative's ApiServerSource about pods. */
final class FastCloudEvents {
  private static final Names RECORD =
      Names.of(
          "type",
          "time",
          "data",
          "specversion",
          "id",
          "source",
          "subject",
          "datacontenttype",
          "apiversion",
          "kind",
          "name",
          "namespace",
          "knativearrivaltime");
  private static final int SPECVERSION = 3;

  private final JsonCursor cursor;
  private final FastPods pods;

  FastCloudEvents(JsonCursor cursor, FastPods pods) {
    this.cursor = cursor;
    this.pods = pods;
  }

  /** Reads the object that is all of the value. */
  Format binary(String type, RecordHeaders headers, List<FeedEvent> events) {
    long at = Json.time(headers.text(CloudEventDecoder.TIME_HEADER));
    add(type, pods.pod(), at, events);
    return Format.CLOUD_EVENT;
  }

  /** Reads the record whose first name the cursor has passed. */
  Format structured(List<FeedEvent> events) {
    String type = "";
    Pod pod = null;
    long at = Times.NONE;
    int seen = 0;
    boolean more = true;
    for (; more; more = cursor.next()) {
      int field = RECORD.find(cursor.bytes, cursor.from, cursor.to);
      seen = FastPods.once(seen, field);
      switch (field) {
        case 0 -> type = pods.texts().shared();
        case 1 -> at = pods.texts().time();
        case 2 -> pod = pods.pod();
        case Names.UNKNOWN -> throw Bail.OUT;
        default -> cursor.skip();
      }
    }
    if ((seen & 1 << SPECVERSION) == 0 || pod == null) {
      throw Bail.OUT;
    }
    add(type, pod, at, events);
    return Format.CLOUD_EVENT;
  }

  private void add(String type, Pod pod, long at, List<FeedEvent> events) {
    Action action = CloudEventDecoder.action(type);
    if (action == null || !pods.named()) {
      throw Bail.OUT;
    }
    events.add(new FeedEvent.PodSeen(action, pod, at));
  }
}

package dev.slipway.ingest.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records that come by the million, pods in the usual formats, straight from the bytes.
 * What it takes it reads as the tree decoders would; what it does not take is theirs, bad records
 * among it.
 */
final class FastRecords {
  private static final Names WATCH = Names.of("type", "object", "time", "event", "resource");
  private static final Names OBJECT = Names.of("kind", "apiVersion");
  private static final Names CLOUD_EVENT = Names.of("specversion", "id", "source");

  private final JsonCursor cursor = new JsonCursor();
  private final FastWatch watch;
  private final FastObjects objects;
  private final FastCloudEvents cloudEvents;

  /**
   * A reader of its own.
   *
   * @param remembered pods whose last version is remembered, a power of two
   */
  FastRecords(int remembered) {
    var pods = new FastPods(cursor, remembered);
    this.watch = new FastWatch(cursor, pods);
    this.objects = new FastObjects(cursor, pods);
    this.cloudEvents = new FastCloudEvents(cursor, pods);
  }

  /** The record's format with its events added to the list; null, and none added: not plain. */
  @Nullable Format read(byte[] value, RecordHeaders headers, List<FeedEvent> events) {
    cursor.reset(value);
    try {
      Format format = read(headers, events);
      cursor.end();
      return format;
    } catch (Bail | IndexOutOfBoundsException _) {
      events.clear();
      return null;
    }
  }

  private Format read(RecordHeaders headers, List<FeedEvent> events) {
    String cloudEvent = headers.text(CloudEventDecoder.TYPE_HEADER);
    if (!cloudEvent.isEmpty()) {
      return cloudEvents.binary(cloudEvent, headers, events);
    }
    if (!cursor.enter()) {
      throw Bail.OUT;
    }
    if (first(WATCH)) {
      return watch.read(events);
    }
    if (first(OBJECT)) {
      return objects.read(events);
    }
    if (first(CLOUD_EVENT)) {
      return cloudEvents.structured(events);
    }
    throw Bail.OUT;
  }

  private boolean first(Names names) {
    return names.find(cursor.bytes, cursor.from, cursor.to) != Names.UNKNOWN;
  }
}

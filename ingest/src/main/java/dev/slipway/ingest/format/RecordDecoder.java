package dev.slipway.ingest.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.slipway.ingest.feed.FeedLimits;
import dev.slipway.ingest.feed.RejectReason;
import dev.slipway.ingest.feed.Rejected;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of every known format, which it tells from the record itself and, for binary
 * CloudEvents, from the headers. Whatever the bytes are, it returns: time and memory are bounded by
 * {@link FeedLimits}, and no exception leaves it.
 *
 * <p>A record is taken whole or not at all. Holds what it shares between pods: one instance for one
 * thread.
 */
public final class RecordDecoder {
  /** The pods that change within a minute or two of a cluster of a few thousand nodes. */
  public static final int REMEMBERED = 1 << 14;

  private static final int REMEMBERED_MAX = 1 << 22;

  private final List<FeedEvent> events = new ArrayList<>();
  private final @Nullable FastRecords fast;
  private final Formats formats = new Formats();

  private RecordDecoder(@Nullable FastRecords fast) {
    this.fast = fast;
  }

  /** One that remembers {@link #REMEMBERED} pods. */
  public static RecordDecoder create() {
    return create(REMEMBERED);
  }

  /**
   * One that remembers the last version of that many pods, about 8 KB each, to find again what did
   * not change; others are read anew.
   */
  public static RecordDecoder create(int remembered) {
    if (remembered < 1 || remembered > REMEMBERED_MAX) {
      throw new IllegalArgumentException("remembered must be 1 to " + REMEMBERED_MAX);
    }
    int power = Math.max(4, Integer.highestOneBit(2 * remembered - 1));
    return new RecordDecoder(new FastRecords(power));
  }

  /** Reads every record as a tree: slower, with the same answers. */
  static RecordDecoder treesOnly() {
    return new RecordDecoder(null);
  }

  /**
   * Hands out what later records of a recording build on and has changed since the last call: one
   * value a key, null if it is gone. All else that is remembered only saves time.
   */
  public void save(BiConsumer<String, byte @Nullable []> sink) {
    formats.kept().save(sink);
  }

  /** Takes up what {@link #save} handed out, in that order. */
  public void restore(String key, byte @Nullable [] value) {
    formats.kept().restore(key, value);
  }

  /** Decodes a record without headers; null stands for one without a value. */
  public Outcome decode(byte @Nullable [] value, FeedEventSink sink) {
    return decode(value, RecordHeaders.NONE, sink);
  }

  /** Decodes a record; its events go to the sink if all of it is good. */
  public Outcome decode(byte @Nullable [] value, RecordHeaders headers, FeedEventSink sink) {
    if (value == null || value.length == 0) {
      return new Refused(Rejected.of(RejectReason.EMPTY, "record has no value", -1, new byte[0]));
    }
    if (value.length > FeedLimits.RECORD_BYTES_MAX) {
      String detail =
          "record is too large: bytes=" + value.length + " max=" + FeedLimits.RECORD_BYTES_MAX;
      return new Refused(Rejected.of(RejectReason.TOO_LARGE, detail, -1, value));
    }
    events.clear();
    Format plain = fast == null ? null : fast.read(value, headers, events);
    Outcome outcome = plain == null ? byTree(value, headers) : plain;
    if (outcome instanceof Format) {
      for (FeedEvent event : events) {
        sink.accept(event);
      }
    }
    events.clear();
    return outcome;
  }

  private Outcome byTree(byte[] value, RecordHeaders headers) {
    try {
      Envelope record = Envelope.read(value);
      FormatDecoder decoder = formats.of(record, headers);
      decoder.decode(record, headers, events::add);
      return decoder.format();
    } catch (Refusal e) {
      return refused(e.reason, e.detail, e.position, value);
    } catch (StreamConstraintsException e) {
      return refused(RejectReason.LIMIT_EXCEEDED, e.getOriginalMessage(), positionOf(e), value);
    } catch (JsonProcessingException e) {
      return refused(RejectReason.MALFORMED, e.getOriginalMessage(), positionOf(e), value);
    } catch (IOException e) {
      return refused(RejectReason.MALFORMED, e.getMessage(), -1, value);
    } catch (RuntimeException e) {
      return refused(RejectReason.READER_FAILED, e.toString(), -1, value);
    }
  }

  private static Refused refused(
      RejectReason reason, @Nullable String detail, long position, byte[] value) {
    return new Refused(Rejected.of(reason, detail == null ? "" : detail, position, value));
  }

  private static long positionOf(JsonProcessingException e) {
    return e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
  }
}

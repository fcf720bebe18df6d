package dev.slipway.ops.serve;

import dev.slipway.actors.EngineCommand;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.feed.Decoded;
import dev.slipway.ingest.feed.FeedLimits;
import dev.slipway.ingest.feed.FeedRecord;
import dev.slipway.ingest.feed.FeedRecords;
import dev.slipway.ingest.feed.RejectReason;
import dev.slipway.ingest.feed.Rejected;
import dev.slipway.ingest.format.PodRecords;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A feed of JSON lines: records of every format, or pods as they are. A line that cannot be read is
 * reported and the feed goes on.
 *
 * <p>{@code ADDED}, {@code MODIFIED} and a pod without record bring a pod or change it; a {@code
 * deletionTimestamp} and {@code DELETED} ask for its deletion, which is carried out with grace.
 */
final class LineFeed implements PodFeed {
  private static final byte[] ADDED =
      "{\"type\":\"ADDED\",\"object\":".getBytes(StandardCharsets.UTF_8);

  private final String name;
  private final Opener opener;
  private final RefusedLines refused;
  private final PodRecords decoder = new PodRecords();

  /** Opens the feed's bytes. */
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }

  /**
   * A feed.
   *
   * @param name stands for the file in reports
   */
  LineFeed(String name, Opener opener, RefusedLines refused) {
    this.name = name;
    this.opener = opener;
    this.refused = refused;
  }

  @Override
  public void run(Intake intake, Binder binder) throws IOException {
    try (InputStream in = new BufferedInputStream(opener.open(), 1 << 16)) {
      Lines lines = new Lines(in);
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        if (!take(line, lines.number, intake, binder)) {
          return;
        }
      }
    }
  }

  /** False once the run is over. */
  private boolean take(byte[] line, long number, Intake intake, Binder binder) {
    return switch (decode(line)) {
      case Rejected rejected -> {
        refused.add(name, number, rejected);
        yield true;
      }
      case FeedRecords(List<FeedRecord> records) -> submit(records, intake, binder);
    };
  }

  private Decoded decode(byte[] line) {
    Decoded decoded = decoder.decode(line);
    boolean bare =
        decoded instanceof Rejected rejected
            && rejected.reason() == RejectReason.UNKNOWN_FORMAT
            && line.length > 0
            && line[0] == '{';
    return bare ? decoder.decode(wrapped(line)) : decoded;
  }

  private static byte[] wrapped(byte[] object) {
    var record = new ByteArrayOutputStream(ADDED.length + object.length + 1);
    record.writeBytes(ADDED);
    record.writeBytes(object);
    record.write('}');
    return record.toByteArray();
  }

  private static boolean submit(List<FeedRecord> records, Intake intake, Binder binder) {
    for (FeedRecord record : records) {
      if (!submit(record, intake, binder)) {
        return false;
      }
    }
    return true;
  }

  /** Brings a record to the shards; false once the run is over. */
  static boolean submit(FeedRecord record, Intake intake, Binder binder) {
    ObjectMeta meta = record.pod().metadata();
    if (record instanceof FeedRecord.Deleted) {
      return intake.submit(new EngineCommand.Delete(Binder.uid(meta), null));
    }
    Pod pod = binder.bind(record.pod());
    if (!meta.deleting()) {
      return intake.submit(put(pod, binder));
    }
    // Somebody asked for the deletion: the pod is here or comes without it, then it is deleted.
    Pod alive = new Pod(notDeleting(pod.metadata()), pod.spec(), pod.status());
    return intake.submit(put(alive, binder))
        && intake.submit(
            new EngineCommand.Delete(alive.metadata().uid(), meta.deletionGracePeriodSeconds()));
  }

  private static EngineCommand put(Pod pod, Binder binder) {
    return new EngineCommand.Put(EngineCommand.Create.of(pod, binder.shape(pod.spec())));
  }

  private static ObjectMeta notDeleting(ObjectMeta meta) {
    return new ObjectMeta(
        meta.name(),
        meta.namespace(),
        meta.uid(),
        meta.generation(),
        meta.resourceVersion(),
        meta.labels(),
        meta.annotations(),
        meta.ownerReferences(),
        meta.finalizers(),
        meta.creationTimestamp(),
        Times.NONE,
        null);
  }

  /** Lines of a stream; one that is too long is cut so that it is refused, not kept. */
  private static final class Lines {
    private final InputStream in;
    long number;

    Lines(InputStream in) {
      this.in = in;
    }

    /** The next line that is not blank, null at the end. */
    byte @Nullable [] next() throws IOException {
      while (true) {
        var line = new ByteArrayOutputStream(4096);
        int b = in.read();
        if (b < 0) {
          return null;
        }
        number++;
        boolean blank = true;
        while (b >= 0 && b != '\n') {
          if (line.size() <= FeedLimits.RECORD_BYTES_MAX && !(blank && b <= ' ')) {
            blank = false;
            line.write(b);
          }
          b = in.read();
        }
        if (!blank) {
          return line.toByteArray();
        }
      }
    }
  }
}

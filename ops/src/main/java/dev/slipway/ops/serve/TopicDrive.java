package dev.slipway.ops.serve;

import dev.slipway.engine.api.Pod;
import dev.slipway.ingest.kafka.DeadLetters;
import dev.slipway.ingest.kafka.StatusReader;
import dev.slipway.ingest.kafka.StatusSink;
import dev.slipway.ingest.manifest.JsonPodCodec;
import dev.slipway.ingest.repair.RepairLimits;
import dev.slipway.ingest.service.Output;
import dev.slipway.ingest.service.ServiceSettings;
import dev.slipway.ingest.service.ServiceTopics;
import dev.slipway.ops.log.Console;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Drives the pods of a feed on Kafka and writes their statuses to the compacted status topic: of
 * each pod the latest counts, and a run that begins anew writes them again.
 */
public final class TopicDrive {
  private final DriveOptions options;
  private final ServiceSettings settings;
  private final RepairLimits limits;
  private final int createFeed;
  private final Console console;
  private final AtomicReference<@Nullable Drive> drive = new AtomicReference<>();
  private volatile boolean stopped;

  /**
   * A run.
   *
   * @param createFeed partitions of the feed's topic if there is none, 0: it has to be there
   */
  public TopicDrive(
      DriveOptions options,
      ServiceSettings settings,
      RepairLimits limits,
      int createFeed,
      Console console) {
    this.options = options;
    this.settings = settings;
    this.limits = limits;
    this.createFeed = createFeed;
    this.console = console;
  }

  /** Ends it; any thread may call it. */
  public void stop() {
    stopped = true;
    Drive running = drive.get();
    if (running != null) {
      running.stop();
    }
  }

  /** Runs it; true if the feed could be read and every status was written. */
  public boolean run() throws IOException, InterruptedException {
    if (createFeed > 0) {
      ServiceTopics.createFeed(settings, createFeed);
    }
    ServiceTopics.create(settings, EnumSet.of(Output.POD_STATUS, Output.DEAD_LETTERS));
    String servers = settings.bootstrapServers();
    Map<String, String> properties = settings.properties();
    String topic = Output.POD_STATUS.topic(settings.prefix());
    var codec = new JsonPodCodec();
    Map<String, Pod> left = StatusReader.read(servers, topic, codec, properties);
    try (StatusSink sink = StatusSink.connect(servers, topic, codec, properties);
        DeadLetters letters =
            DeadLetters.connect(
                servers, Output.DEAD_LETTERS.topic(settings.prefix()), properties)) {
      boolean whole;
      try (StatusOutbox outbox = StatusOutbox.start(sink, _ -> {}, _ -> {})) {
        whole = drive(new StatusTopic(outbox, left), outbox, letters);
      }
      if (sink.lost() > 0) {
        console.info("statuses that could not be written: " + sink.lost());
      }
      return whole && sink.lost() == 0;
    }
  }

  private boolean drive(StatusTopic statuses, StatusOutbox outbox, DeadLetters letters)
      throws IOException, InterruptedException {
    var refused = new RefusedLines(console);
    var feed = new TopicFeed(settings, limits, !options.untilDone(), letters, refused, statuses);
    var running = new Drive(options, feed, refused, outbox, console);
    drive.set(running);
    if (stopped) {
      running.stop();
    }
    return running.run();
  }
}

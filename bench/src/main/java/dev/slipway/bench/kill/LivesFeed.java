package dev.slipway.bench.kill;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.replay.PodHost;
import dev.slipway.engine.replay.PodObserver;
import dev.slipway.engine.replay.VirtualDriver;
import dev.slipway.engine.runtime.PodRuntime;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.status.PublishedStatus;
import dev.slipway.ingest.feed.FeedEncoder;
import dev.slipway.ingest.feed.FeedRecord;
import dev.slipway.ingest.manifest.JsonPodCodec;
import dev.slipway.ingest.manifest.PodSource;
import dev.slipway.ops.demo.DemoSamples;
import dev.slipway.ops.serve.ModelRuntimes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A feed as a cluster's API server would bring it: the pods of the demo's workloads live in virtual
 * time under the engine, and each version of their objects is a record. The same seed gives the
 * same bytes. Some records come twice and some are no pods, as in real feeds.
 */
public final class LivesFeed {
  private static final long BEGIN = 1_750_000_000L * Times.SECOND;

  /** Made over a minute, deleted from the third to the sixth; what crashes does so meanwhile. */
  private static final long MADE_WITHIN = 60 * Times.SECOND;

  private static final long DELETED_FROM = 120 * Times.SECOND;
  private static final long DELETED_WITHIN = 180 * Times.SECOND;
  private static final long HORIZON = 420 * Times.SECOND;
  private static final int DOUBLED_PER_MILLE = 20;
  private static final int UNREADABLE_PER_MILLE = 2;
  private static final int WRONG_QOS_IN = 10;

  /** One record of the feed. */
  public record Line(String key, byte[] value, long atMillis) {}

  private final SplittableRandom random;
  private final FeedEncoder encoder = new FeedEncoder(new JsonPodCodec());
  private final List<Line> lines = new ArrayList<>();
  private long resourceVersion = 1000;

  private LivesFeed(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The feed of so many pods. */
  public static List<Line> of(int pods, long seed) throws IOException {
    var feed = new LivesFeed(seed);
    feed.live(pods, new ModelRuntimes(DemoSamples.behavior(), seed));
    return feed.lines;
  }

  private void live(int pods, ModelRuntimes runtimes) throws IOException {
    List<PodSource> sources = DemoSamples.sources();
    VirtualDriver driver = new VirtualDriver(Profile.K8S_1_37, BEGIN);
    for (int k = 0; k < pods; k++) {
      PodSource source = sources.get(k % sources.size());
      int number = k;
      long at = BEGIN + random.nextLong(MADE_WITHIN);
      boolean deleted = random.nextInt(4) != 0;
      long deleteAt = BEGIN + DELETED_FROM + random.nextLong(DELETED_WITHIN);
      driver.at(at, () -> make(driver, runtimes, source, number, deleted ? deleteAt : Times.NONE));
    }
    driver.runUntil(BEGIN + HORIZON);
  }

  private void make(
      VirtualDriver driver, ModelRuntimes runtimes, PodSource source, int number, long deleteAt) {
    Pod template = source.pod();
    ObjectMeta meta = born(template.metadata(), number, driver.now());
    PodShape shape = PodShape.of(onNode(template.spec(), number));
    PodRuntime runtime = runtimes.create(meta, shape);
    write(driver, "ADDED", meta, shape.spec, PodStatus.EMPTY);
    PodHost host = driver.add(new PodState(meta, shape, false), runtime, new Writer(driver));
    if (deleteAt != Times.NONE) {
      driver.at(deleteAt, () -> delete(driver, host));
    }
  }

  private void delete(VirtualDriver driver, PodHost host) {
    if (host.removed()) {
      return;
    }
    host.delete(null, driver.now());
    driver.at(driver.now() + Times.MILLI, () -> deletionAsked(driver, host));
  }

  private void deletionAsked(VirtualDriver driver, PodHost host) {
    ObjectMeta meta = host.state().apiMeta;
    if (!host.removed() && meta.deleting()) {
      PodStatus status = PublishedStatus.of(host.state());
      write(driver, "MODIFIED", meta, host.state().apiShape.spec, status);
    }
  }

  private static ObjectMeta born(ObjectMeta meta, int number, long now) {
    String name = meta.name() + "-" + number;
    return new ObjectMeta(
        name,
        meta.namespace().isEmpty() ? "default" : meta.namespace(),
        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString(),
        1,
        "",
        meta.labels(),
        meta.annotations(),
        meta.ownerReferences(),
        meta.finalizers(),
        Times.truncateToSecond(now),
        Times.NONE,
        null);
  }

  private static PodSpec onNode(PodSpec spec, int number) {
    return new PodSpec(
        spec.restartPolicy(),
        spec.terminationGracePeriodSeconds(),
        spec.activeDeadlineSeconds(),
        spec.hostNetwork(),
        "node-" + (1 + number % 20),
        spec.readinessGates(),
        spec.initContainers(),
        spec.containers(),
        spec.ephemeralContainers(),
        spec.resources(),
        spec.overhead(),
        spec.priority(),
        spec.priorityClassName());
  }

  private void write(
      VirtualDriver driver, String type, ObjectMeta meta, PodSpec spec, PodStatus status) {
    resourceVersion++;
    ObjectMeta versioned =
        new ObjectMeta(
            meta.name(),
            meta.namespace(),
            meta.uid(),
            meta.generation(),
            Long.toString(resourceVersion),
            meta.labels(),
            meta.annotations(),
            meta.ownerReferences(),
            meta.finalizers(),
            meta.creationTimestamp(),
            meta.deletionTimestamp(),
            meta.deletionGracePeriodSeconds());
    Pod pod = new Pod(versioned, spec, misnamed(meta, status));
    FeedRecord record =
        switch (type) {
          case "ADDED" -> new FeedRecord.Added(pod);
          case "DELETED" -> new FeedRecord.Deleted(pod);
          default -> new FeedRecord.Modified(pod);
        };
    Line line = new Line(meta.uid(), encoder.encode(record), driver.now() / Times.MILLI);
    lines.add(line);
    int chance = random.nextInt(1000);
    if (chance < DOUBLED_PER_MILLE) {
      lines.add(line);
    } else if (chance < DOUBLED_PER_MILLE + UNREADABLE_PER_MILLE) {
      byte[] broken =
          ("{\"type\":\"MODIFIED\",\"object\":" + resourceVersion).getBytes(StandardCharsets.UTF_8);
      lines.add(new Line(meta.uid(), broken, line.atMillis()));
    }
  }

  /** One pod in ten is given a QoS class its spec does not make, so that there are findings. */
  private static PodStatus misnamed(ObjectMeta meta, PodStatus status) {
    if (Math.floorMod(meta.uid().hashCode(), WRONG_QOS_IN) != 0 || status == PodStatus.EMPTY) {
      return status;
    }
    return new PodStatus(
        status.phase(),
        status.reason(),
        status.message(),
        status.startTime(),
        status.podIP(),
        status.qosClass().equals("Guaranteed") ? "BestEffort" : "Guaranteed",
        status.observedGeneration(),
        status.conditions(),
        status.initContainerStatuses(),
        status.containerStatuses(),
        status.ephemeralContainerStatuses());
  }

  /** Writes what the API server would tell a watch. */
  private final class Writer implements PodObserver {
    private final VirtualDriver driver;
    private boolean gone;

    Writer(VirtualDriver driver) {
      this.driver = driver;
    }

    @Override
    public void status(PodHost pod, long now) {
      if (!gone) {
        version(pod, "MODIFIED");
      }
    }

    private void version(PodHost pod, String type) {
      PodState state = pod.state();
      write(driver, type, state.apiMeta, state.apiShape.spec, PublishedStatus.of(state));
    }

    @Override
    public void removed(PodHost pod, long now) {
      if (!gone) {
        gone = true;
        version(pod, "DELETED");
      }
    }

    @Override
    public void event(
        PodHost pod, String type, String reason, int container, String message, long now) {}
  }
}

package dev.slipway.ops.observe;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.Finding;
import dev.slipway.engine.observe.ObservedPod;
import dev.slipway.ingest.manifest.JsonPodCodec;
import dev.slipway.ingest.service.ObserveListener;
import dev.slipway.ingest.service.ObserveShard;
import dev.slipway.ingest.service.RekeyShard;
import dev.slipway.ingest.service.ServiceSettings;
import dev.slipway.ingest.service.ServiceStats;
import dev.slipway.ingest.service.ServiceTopics;
import dev.slipway.ops.log.Console;
import dev.slipway.ops.pods.ObservedPods;
import dev.slipway.ops.pods.PodRoutes;
import dev.slipway.ops.pods.PortFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Follows a feed on Kafka, exactly once, until interrupted, done or over. */
public final class Observe {
  /** How the line begins that tells of the first transaction. */
  public static final String FIRST_COMMIT = "first transaction committed";

  private static final long TURN_MILLIS = 100;
  private static final long SHOW_NANOS = Times.SECOND;

  /** Longer than the loop waits before it tells what it keeps back. */
  private static final long QUIET_NANOS = 3 * Times.SECOND;

  private final ObserveOptions options;
  private final PrintWriter out;
  private final Console console;
  private final ObserveCounts counts = new ObserveCounts();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final AtomicReference<Optional<Services>> running =
      new AtomicReference<>(Optional.empty());

  public Observe(ObserveOptions options, PrintWriter out, Console console) {
    this.options = options;
    this.out = out;
    this.console = console;
  }

  /** Ends it; any thread may call it. */
  public void stop() {
    stop.countDown();
  }

  /**
   * Runs it; true unless it had to give up. The door is open from the beginning: live, not ready.
   *
   * @throws BindException if its port is taken
   */
  public boolean run() throws IOException, InterruptedException {
    StageHistograms times = new StageHistograms();
    ObservedPods pods = new ObservedPods(options.podsMax(), options.rules(), times::lines);
    try (ObserveMetrics metrics = new ObserveMetrics(options.perPod());
        OpsServer server = door(metrics, PodRoutes.of(pods));
        PortFile _ = PortFile.write(server.port())) {
      if (options.perOwner()) {
        metrics.stages(times::lines);
      }
      say(
          "metrics and health: http://%s:%d/metrics; in another terminal: slipway get pods -A"
              .formatted(options.address(), server.port()));
      return follow(metrics, List.of(counts, metrics, times, pods));
    }
  }

  private boolean follow(ObserveMetrics metrics, List<ObserveListener> listeners)
      throws InterruptedException {
    if (options.createFeed() > 0) {
      ServiceTopics.createFeed(options.service(), options.createFeed());
    }
    ServiceSettings feed = options.service();
    ServiceSettings settings = options.rekey() ? feed.rekeyed() : feed;
    if (options.rekey()) {
      int rekeyed = ServiceTopics.createRekeyed(feed);
      say(
          "re-keying %s into %s, %d partitions"
              .formatted(feed.feedTopic(), feed.rekeyedTopic(), rekeyed));
    }
    int partitions = ServiceTopics.create(settings);
    say(
        "following %s, %d partitions, group %s"
            .formatted(settings.feedTopic(), partitions, settings.group()));
    FindingLines lines = new FindingLines(out, options.json());
    boolean scattered = partitions > 1 && !options.rekey();
    ObserveListener printer =
        new ObserveListener() {
          private final AtomicBoolean warned = new AtomicBoolean();

          @Override
          public void finding(ObservedPod pod, Finding finding) {
            lines.print(pod, finding);
          }

          @Override
          public void aboutAllPods() {
            if (scattered && !warned.getAndSet(true)) {
              say(
                  "a list or an expired watch came in one of several partitions and tells the"
                      + " others nothing: run with --rekey");
            }
          }
        };
    JsonPodCodec codec = new JsonPodCodec();
    List<ObserveListener> everyone = new ArrayList<>(listeners);
    everyone.add(printer);
    ObserveListener all = new Listeners(everyone);
    Optional<Throwable> failure;
    try (Services service =
        Services.start(
            feed,
            settings,
            RekeyShard.factory(partitions, all),
            partition ->
                new ObserveShard(partition, codec, options.rules(), options.limits(), all))) {
      running.set(Optional.of(service));
      metrics.follow(service::stats);
      watch(service);
      failure = service.failure();
    } finally {
      running.set(Optional.empty());
    }
    failure.ifPresent(cause -> console.error("the service has given up: " + reason(cause)));
    return failure.isEmpty();
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return cause instanceof IllegalStateException && message != null ? message : cause.toString();
  }

  private OpsServer door(ObserveMetrics metrics, PodRoutes routes) throws IOException {
    return OpsServer.start(
        options.address(),
        options.port(),
        metrics::scrape,
        () -> running.get().flatMap(Services::failure).isEmpty(),
        () -> running.get().filter(Observe::ready).isPresent(),
        routes);
  }

  private static boolean ready(Services service) {
    return service.failure().isEmpty() && service.stats().caughtUp();
  }

  private void watch(Services service) throws InterruptedException {
    long began = System.nanoTime();
    long shown = began;
    long heard = began;
    ServiceStats before = service.stats();
    ServiceStats last = before;
    while (!stop.await(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
      long now = System.nanoTime();
      ServiceStats stats = service.stats();
      if (stats.records() != last.records() || !stats.caughtUp() || stats.lag() != 0) {
        heard = now;
      }
      milestones(now - began, last, stats);
      last = stats;
      if (now - shown >= SHOW_NANOS) {
        if (!options.quiet()) {
          console.status(
              line(now - began, now - shown, before, stats),
              fields(now - began, now - shown, before, stats));
        }
        before = stats;
        shown = now;
      }
      boolean over = options.seconds() > 0 && now - began >= options.seconds() * Times.SECOND;
      boolean done = options.untilDone() && now - heard >= QUIET_NANOS;
      if (over || done || service.failure().isPresent()) {
        return;
      }
    }
  }

  private void milestones(long elapsed, ServiceStats before, ServiceStats now) {
    double seconds = elapsed / (double) Times.SECOND;
    boolean restoring = before.restoring() > 0 || before.restored() < now.restored();
    if (restoring && now.restoring() == 0 && now.partitions() > 0) {
      say(
          String.format(
              Locale.ROOT,
              "restored %,d pods in %d partitions from %,d records, %.1f s after the start",
              now.keys(),
              now.partitions(),
              now.restored(),
              seconds));
    }
    if (before.transactions() == 0 && now.transactions() > 0) {
      say(String.format(Locale.ROOT, "%s %.1f s after the start", FIRST_COMMIT, seconds));
    }
  }

  private String line(long elapsed, long step, ServiceStats before, ServiceStats now) {
    double seconds = step / (double) Times.SECOND;
    String restoring =
        now.restoring() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "; restoring %d partitions, %,d records so far",
                now.restoring(),
                now.restored());
    return String.format(
        Locale.ROOT,
        "%ds  pods %,d; records %,d (%,d/s), behind %s; transactions %,d; transitions %,d;"
            + " findings %,d, violations %,d; refused %,d%s",
        elapsed / Times.SECOND,
        now.keys(),
        now.records(),
        Math.round((now.records() - before.records()) / seconds),
        now.lag() < 0 ? "?" : String.format(Locale.ROOT, "%,d", now.lag()),
        now.transactions(),
        counts.transitions(),
        counts.findings(),
        counts.violations(),
        counts.refused(),
        restoring);
  }

  private Map<String, Object> fields(
      long elapsed, long step, ServiceStats before, ServiceStats now) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("elapsedSeconds", elapsed / Times.SECOND);
    fields.put("pods", now.keys());
    fields.put("records", now.records());
    fields.put(
        "recordsPerSecond",
        Math.round((now.records() - before.records()) * (double) Times.SECOND / step));
    if (now.lag() >= 0) {
      fields.put("lagRecords", now.lag());
    }
    fields.put("transactions", now.transactions());
    fields.put("transitions", counts.transitions());
    fields.put("findings", counts.findings());
    fields.put("violations", counts.violations());
    fields.put("refused", counts.refused());
    fields.put("partitionsRestoring", now.restoring());
    fields.put("restoredRecords", now.restored());
    return fields;
  }

  private void say(String text) {
    console.info(text);
  }
}

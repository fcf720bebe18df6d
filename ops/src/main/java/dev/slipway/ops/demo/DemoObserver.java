package dev.slipway.ops.demo;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.Finding;
import dev.slipway.engine.observe.FindingKind;
import dev.slipway.engine.observe.ObserveSettings;
import dev.slipway.engine.observe.ObservedPod;
import dev.slipway.engine.observe.ObservedTransition;
import dev.slipway.ingest.feed.PodCodec;
import dev.slipway.ingest.feed.Rejected;
import dev.slipway.ingest.kafka.Topics;
import dev.slipway.ingest.service.ObserveListener;
import dev.slipway.ingest.service.ObserveShard;
import dev.slipway.ingest.service.ServiceSettings;
import dev.slipway.ingest.service.ServiceStats;
import dev.slipway.ingest.service.ServiceTopics;
import dev.slipway.ingest.service.StreamService;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Follows what the demo's kubelets write, as it would a real cluster's: the status topic is the
 * feed of the streaming service. What it finds is our own fault.
 */
final class DemoObserver implements ObserveListener, AutoCloseable {
  private static final String PREFIX = "slipway.observed.";
  private static final long WAIT_NANOS_MAX = 20 * Times.SECOND;
  private static final long TURN_MILLIS = 100;
  private static final int SHOWN_MAX = 5;

  private final LongAdder transitions = new LongAdder();
  private final LongAdder findings = new LongAdder();
  private final LongAdder violations = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final ArrayDeque<String> shown = new ArrayDeque<>();
  private final StreamService service;

  /** What was seen in all. */
  record Seen(
      long versions,
      long transitions,
      long findings,
      long violations,
      long refused,
      List<String> shown) {
    Seen {
      shown = List.copyOf(shown);
    }
  }

  DemoObserver(String servers, PodCodec codec) {
    ServiceSettings usual = ServiceSettings.of(servers, Topics.POD_STATUS);
    ServiceSettings settings = usual.withPrefix(PREFIX);
    ServiceTopics.create(settings);
    service =
        StreamService.start(
            settings,
            partition -> new ObserveShard(partition, codec, ObserveSettings.DEFAULT, this));
  }

  /** Waits until everything written has been followed. */
  Seen last() throws InterruptedException {
    long deadline = System.nanoTime() + WAIT_NANOS_MAX;
    ServiceStats before = service.stats();
    int still = 0;
    while (still < 10 && System.nanoTime() < deadline) {
      Thread.sleep(TURN_MILLIS);
      ServiceStats now = service.stats();
      boolean rests = now.caughtUp() && now.lag() == 0 && now.records() == before.records();
      still = rests ? still + 1 : 0;
      before = now;
    }
    return seen();
  }

  Seen seen() {
    synchronized (shown) {
      return new Seen(
          service.stats().records(),
          transitions.sum(),
          findings.sum(),
          violations.sum(),
          refused.sum(),
          List.copyOf(shown));
    }
  }

  @Override
  public void transition(ObservedPod pod, ObservedTransition transition) {
    transitions.increment();
  }

  @Override
  public void finding(ObservedPod pod, Finding finding) {
    findings.increment();
    if (finding.kind().severity() == FindingKind.Severity.VIOLATION) {
      violations.increment();
    }
    synchronized (shown) {
      if (shown.size() < SHOWN_MAX) {
        shown.add(
            finding.kind().id()
                + " "
                + pod.namespace()
                + "/"
                + pod.name()
                + " "
                + finding.container()
                + " "
                + finding.evidence());
      }
    }
  }

  @Override
  public void refused(Rejected rejected) {
    refused.increment();
  }

  @Override
  public void close() {
    service.close();
  }
}

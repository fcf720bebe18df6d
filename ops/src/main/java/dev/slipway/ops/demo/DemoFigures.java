package dev.slipway.ops.demo;

import dev.slipway.actors.Totals;
import dev.slipway.ingest.kafka.FeedStats;
import dev.slipway.ops.pods.PodLine;
import java.util.List;

/**
 * What there is to show at one moment.
 *
 * @param seconds since the first pod
 * @param startsPerSecond containers started, over the last second
 * @param messagesPerSecond between pods and containers, over the last second
 * @param written records written to the feed
 * @param statuses confirmed by the status topic
 * @param observed what observe mode has seen of them
 */
record DemoFigures(
    long seconds,
    long secondsTotal,
    Totals totals,
    long startsPerSecond,
    long messagesPerSecond,
    long written,
    FeedStats feed,
    long statuses,
    DemoObserver.Seen observed,
    List<PodLine> pods) {}

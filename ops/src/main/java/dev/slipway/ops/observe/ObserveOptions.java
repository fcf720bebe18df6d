package dev.slipway.ops.observe;

import dev.slipway.engine.observe.ObserveSettings;
import dev.slipway.ingest.repair.RepairLimits;
import dev.slipway.ingest.service.ServiceSettings;

/**
 * How a feed on Kafka is followed.
 *
 * @param limits of the repair of the feed
 * @param rekey the feed's keys do not keep a pod's records together: it is re-keyed first
 * @param createFeed partitions of a feed topic to be created where there is none, 0: it has to
 *     exist
 * @param address the HTTP door listens on
 * @param perPod metrics of single pods too
 * @param perOwner metrics of the stage times of workloads too
 * @param podsMax pods that are kept for lists and descriptions, 0: none
 * @param port of the HTTP door, 0: a free one
 * @param seconds how long it runs at most, 0: until interrupted
 * @param untilDone ends when the end of the feed is reached and nothing has come for a while
 * @param json findings as JSON lines
 * @param quiet no status line
 */
public record ObserveOptions(
    ServiceSettings service,
    ObserveSettings rules,
    RepairLimits limits,
    boolean rekey,
    int createFeed,
    String address,
    int port,
    boolean perPod,
    boolean perOwner,
    int podsMax,
    long seconds,
    boolean untilDone,
    boolean json,
    boolean quiet) {}

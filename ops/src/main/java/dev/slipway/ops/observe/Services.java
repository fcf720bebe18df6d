package dev.slipway.ops.observe;

import dev.slipway.ingest.service.ServiceSettings;
import dev.slipway.ingest.service.ServiceStats;
import dev.slipway.ingest.service.Shard;
import dev.slipway.ingest.service.StreamService;
import java.util.Optional;

/** The service that observes and, where its feed has to be re-keyed, the one before it. */
final class Services implements AutoCloseable {
  private final Optional<StreamService> rekeying;
  private final StreamService observing;

  private Services(Optional<StreamService> rekeying, StreamService observing) {
    this.rekeying = rekeying;
    this.observing = observing;
  }

  /** Starts both, or one where the two settings are the same. */
  static Services start(
      ServiceSettings feed, ServiceSettings observed, Shard.Factory rekey, Shard.Factory observe) {
    Optional<StreamService> rekeying =
        feed == observed
            ? Optional.empty()
            : Optional.of(StreamService.start(feed.rekeying(), rekey));
    return new Services(rekeying, StreamService.start(observed, observe));
  }

  /** Those of the service that observes; behind is what either has still to read. */
  ServiceStats stats() {
    ServiceStats own = observing.stats();
    return rekeying.map(first -> own.behind(first.stats())).orElse(own);
  }

  Optional<Throwable> failure() {
    return rekeying.flatMap(StreamService::failure).or(observing::failure);
  }

  @Override
  public void close() {
    rekeying.ifPresent(StreamService::close);
    observing.close();
  }
}

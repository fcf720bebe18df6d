package dev.slipway.ingest.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service: so many threads, each a consumer with its partitions and their shards as plain
 * objects. A thread whose session fails begins anew from what was committed; there is no other way
 * of recovering, so a failure in process takes the same way as a killed process.
 */
public final class StreamService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamService.class);

  /** Pause between sessions: a broker that restarts needs seconds. */
  private static final long PAUSE_MILLIS = 500;

  /** Failures in a row that are not Kafka's, without a commit between: it is our own fault. */
  private static final int BROKEN_MAX = 3;

  private static final long CLOSE_SECONDS_MAX = 20;

  private final List<Worker> workers = new ArrayList<>();
  private volatile boolean closing;

  private StreamService() {}

  /** Starts it; the topics must exist. */
  public static StreamService start(ServiceSettings settings, Shard.Factory factory) {
    return start(settings, SinkLimits.DEFAULT, factory);
  }

  static StreamService start(ServiceSettings settings, SinkLimits limits, Shard.Factory factory) {
    var service = new StreamService();
    for (int thread = 0; thread < settings.threads(); thread++) {
      Worker worker = service.new Worker(settings, thread, limits, factory);
      service.workers.add(worker);
    }
    service.workers.forEach(worker -> worker.thread.start());
    return service;
  }

  /** Sums over all threads. */
  public ServiceStats stats() {
    ServiceStats sum = ServiceStats.NONE;
    boolean caughtUp = true;
    long lag = 0;
    for (Worker worker : workers) {
      ServiceStats own = worker.stats;
      caughtUp &= own.caughtUp();
      lag = own.lag() < 0 || lag < 0 ? -1 : lag + own.lag();
      sum =
          new ServiceStats(
              sum.records() + own.records(),
              sum.transactions() + own.transactions(),
              sum.restored() + own.restored(),
              sum.sessions() + own.sessions(),
              sum.pauses() + own.pauses(),
              sum.partitions() + own.partitions(),
              sum.restoring() + own.restoring(),
              sum.keys() + own.keys(),
              lag,
              caughtUp);
    }
    return sum;
  }

  /** Why a thread has given up for good, empty while all go on. */
  public Optional<Throwable> failure() {
    for (Worker worker : workers) {
      Throwable failure = worker.failure;
      if (failure != null) {
        return Optional.of(failure);
      }
    }
    return Optional.empty();
  }

  /** Commits what was processed, leaves the group, waits for all threads. */
  @Override
  public void close() {
    closing = true;
    for (Worker worker : workers) {
      try {
        worker.thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS_MAX));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      if (worker.thread.isAlive()) {
        LOG.warn("a thread of the service did not end in {} s", CLOSE_SECONDS_MAX);
        worker.thread.interrupt();
      }
    }
  }

  private final class Worker implements ServiceLoop.Progress {
    final Thread thread;
    private final ServiceSettings settings;
    private final int number;
    private final SinkLimits limits;
    private final Shard.Factory factory;

    /** The same for all sessions: each ends at once what the one before it left open. */
    private final String producerName;

    volatile ServiceStats stats = ServiceStats.NONE;
    volatile @Nullable Throwable failure;
    private long records;
    private long transactions;
    private long restored;
    private long sessions;
    private long pauses;
    private int broken;

    Worker(ServiceSettings settings, int number, SinkLimits limits, Shard.Factory factory) {
      this.settings = settings;
      this.number = number;
      this.limits = limits;
      this.factory = factory;
      String name =
          settings.instance().isEmpty() ? UUID.randomUUID().toString() : settings.instance();
      this.producerName = name + "-" + number;
      this.thread = Thread.ofPlatform().name("slipway-service-" + number).unstarted(this::run);
    }

    private void run() {
      while (!closing && failure == null) {
        sessions++;
        try (ServiceLoop loop =
            new ServiceLoop(settings, number, producerName, limits, factory, this)) {
          session(loop);
        } catch (InterruptException e) {
          LOG.debug("interrupted", e);
          return;
        } catch (RuntimeException e) {
          ended(e);
        } catch (Error e) {
          failure = e;
          throw e;
        } finally {
          nothingOwned();
        }
      }
    }

    private void session(ServiceLoop loop) {
      try {
        loop.begin();
        while (!closing) {
          loop.turn();
        }
        loop.end();
      } catch (InterruptException | AuthenticationException | AuthorizationException e) {
        throw e;
      } catch (RuntimeException e) {
        if (takenOver(loop)) {
          throw new FencedInstanceIdException(settings.instance(), e);
        }
        throw e;
      }
    }

    /** Without an answer there is no next session either. */
    private boolean takenOver(ServiceLoop loop) {
      while (!closing) {
        try {
          return loop.takenOver();
        } catch (InterruptException e) {
          throw e;
        } catch (KafkaException e) {
          LOG.warn("{}, trying again", e.getMessage());
          LOG.debug("why", e);
          pause();
        }
      }
      return false;
    }

    private void ended(RuntimeException e) {
      Optional<String> hopeless = Hopeless.reason(e, settings);
      if (hopeless.isPresent()) {
        failure = new IllegalStateException(hopeless.get(), e);
        return;
      }
      LOG.warn("a session ended, the next one begins with what was committed: {}", e.toString());
      LOG.debug("why the session ended", e);
      if (!(e instanceof KafkaException) && ++broken > BROKEN_MAX) {
        failure = e;
        return;
      }
      pause();
    }

    private void nothingOwned() {
      state(0, 0, 0, -1, false);
    }

    private void pause() {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void records(int count) {
      records += count;
    }

    @Override
    public void committed() {
      transactions++;
      broken = 0;
    }

    @Override
    public void restored(int count) {
      restored += count;
    }

    @Override
    public void paused() {
      pauses++;
    }

    @Override
    public void state(int partitions, int restoring, long keys, long lag, boolean caughtUp) {
      stats =
          new ServiceStats(
              records,
              transactions,
              restored,
              sessions,
              pauses,
              partitions,
              restoring,
              keys,
              lag,
              caughtUp);
    }
  }
}

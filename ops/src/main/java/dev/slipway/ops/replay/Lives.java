package dev.slipway.ops.replay;

import dev.slipway.engine.api.Times;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs lives, ahead of time where there are threads to spare.
 *
 * <p>A life is a function of the pod and of when it is bound. Most pods are bound the moment they
 * arrive, so helpers run the lives of the next arrivals on that guess. A guess that comes true is
 * taken as it is, one that does not is thrown away and the life is run again: the result is the
 * same on any number of threads, only the time it takes differs.
 */
final class Lives implements AutoCloseable {
  /** Lives ahead of the cluster: enough to keep helpers busy, few enough to hold in memory. */
  private static final int AHEAD = 512;

  private final Scenario scenario;
  private final @Nullable ExecutorService helpers;
  private final @Nullable FutureTask<LifeLog>[] guesses;
  private int guessed;

  @SuppressWarnings({"unchecked", "rawtypes"})
  Lives(Scenario scenario, int threads) {
    this.scenario = scenario;
    this.guesses = new FutureTask[scenario.pods().size()];
    this.helpers = threads > 1 ? Executors.newFixedThreadPool(threads - 1, Lives::helper) : null;
  }

  private static Thread helper(Runnable task) {
    Thread thread = new Thread(task, "replay-helper");
    thread.setDaemon(true);
    return thread;
  }

  /** The cluster has come to that pod: helpers may go further. */
  void reached(int arrival) {
    ExecutorService pool = helpers;
    List<PodInput> pods = scenario.pods();
    if (pool == null) {
      return;
    }
    for (; guessed < pods.size() && guessed <= arrival + AHEAD; guessed++) {
      PodInput pod = pods.get(guessed);
      long at = Math.max(pod.trace().arrival(), scenario.start());
      if (pod.refused().isEmpty() && at <= scenario.end()) {
        var guess =
            new FutureTask<>(() -> Life.run(pod, terms(at, pod.trace().deletion(), Times.NONE)));
        guesses[guessed] = guess;
        pool.execute(guess);
      }
    }
  }

  private Life.Terms terms(long boundAt, long deletion, long eviction) {
    return new Life.Terms(scenario.profile(), boundAt, deletion, eviction, scenario.end());
  }

  /** The life of a pod that was bound then. */
  LifeLog of(PodRecord pod, long boundAt) {
    FutureTask<LifeLog> guess = pod.index < guesses.length ? guesses[pod.index] : null;
    boolean asGuessed =
        guess != null
            && boundAt == Math.max(pod.arrival, scenario.start())
            && pod.cut == PodRecord.Cut.NONE;
    if (asGuessed && guess != null) {
      guesses[pod.index] = null;
      guess.run();
      return got(guess);
    }
    if (guess != null) {
      guess.cancel(false);
      guesses[pod.index] = null;
    }
    return Life.run(pod.input, terms(boundAt, pod.deletion(), pod.eviction()));
  }

  private static LifeLog got(FutureTask<LifeLog> guess) {
    try {
      return guess.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a life was run", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a life failed: " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void close() {
    ExecutorService pool = helpers;
    if (pool != null) {
      pool.shutdownNow();
      try {
        boolean ended = pool.awaitTermination(1, TimeUnit.MINUTES);
        if (!ended) {
          throw new IllegalStateException("a helper does not end");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

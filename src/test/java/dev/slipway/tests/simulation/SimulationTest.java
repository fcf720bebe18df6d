package dev.slipway.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Lives of random pods under random faults. {@code -Dslipway.simulation.pods=N} lives N of them,
 * {@code -Dslipway.simulation.seed=S} begins with that seed, {@code -Dslipway.simulation.threads=T}
 * lives them on T threads.
 *
 * <p>To repeat one life: {@code mvn -pl src/test -am verify -Dtest=SimulationTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dslipway.simulation.seed=S -Dslipway.simulation.pods=1}.
 * A seed that failed goes to {@code seeds/regressions.txt}, with a word on what it found.
 */
final class SimulationTest {
  private static final int PODS = Integer.getInteger("slipway.simulation.pods", 100_000);
  private static final long FIRST_SEED = Long.getLong("slipway.simulation.seed", 1);
  private static final int THREADS =
      Integer.getInteger(
          "slipway.simulation.threads", Math.min(2, Runtime.getRuntime().availableProcessors()));
  private static final int REPEATED = 40;
  private static final int TAIL = 60;

  @Test
  void everyLifeKeepsTheInvariants() throws InterruptedException, ExecutionException {
    long began = System.nanoTime();
    AtomicLong next = new AtomicLong(FIRST_SEED);
    long events = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Long>> parts = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        parts.add(threads.submit(() -> live(next)));
      }
      for (Future<Long> part : parts) {
        events += part.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError failure) {
        throw failure;
      }
      throw e;
    }
    System.out.printf(
        "simulation: %d lives from seed %d, %d events, %d ms on %d threads%n",
        PODS, FIRST_SEED, events, (System.nanoTime() - began) / 1_000_000, THREADS);
  }

  /** Takes seeds until none is left or one fails. */
  private static long live(AtomicLong next) {
    long events = 0;
    for (long seed = next.getAndIncrement(); seed < FIRST_SEED + PODS; ) {
      try {
        events += live(seed);
      } catch (AssertionError e) {
        next.set(FIRST_SEED + PODS);
        throw e;
      }
      seed = next.getAndIncrement();
    }
    return events;
  }

  @Test
  void livesThatOnceFailedKeepTheInvariants() throws IOException {
    for (String line : regressions().lines().toList()) {
      if (!line.startsWith("#") && !line.isBlank()) {
        live(Long.parseLong(line.strip().split("\\s+")[0]));
      }
    }
  }

  @Test
  void sameSeedGivesTheSameLog() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + REPEATED; seed++) {
      assertThat(log(seed)).as("log of seed %d", seed).isEqualTo(log(seed));
    }
  }

  private static String regressions() throws IOException {
    try (InputStream in = SimulationTest.class.getResourceAsStream("/seeds/regressions.txt")) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> log(long seed) {
    List<String> log = new ArrayList<>();
    Life.live(seed, log::add);
    return log;
  }

  private static long live(long seed) {
    try {
      return Life.live(seed);
    } catch (RuntimeException e) {
      throw new AssertionError(
          e.getMessage()
              + "\nseed: "
              + seed
              + "\nrepeat: mvn -pl src/test -am verify -Dtest=SimulationTest"
              + " -Dsurefire.failIfNoSpecifiedTests=false -Dslipway.simulation.pods=1"
              + " -Dslipway.simulation.seed="
              + seed
              + "\n"
              + tail(seed),
          e);
    }
  }

  /** How the life that fails begins and what came last. */
  private static String tail(long seed) {
    Deque<String> last = new ArrayDeque<>();
    List<String> first = new ArrayList<>();
    try {
      Life.live(
          seed,
          line -> {
            if (first.size() < 3) {
              first.add(line);
            } else {
              last.add(line);
            }
            if (last.size() > TAIL) {
              last.remove();
            }
          });
    } catch (RuntimeException e) {
      last.add(String.valueOf(e.getMessage()));
    }
    return String.join("\n", first) + "\n...\n" + String.join("\n", last);
  }
}

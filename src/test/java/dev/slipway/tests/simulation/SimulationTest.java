package dev.slipway.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Lives of random pods under random faults. {@code -Dslipway.simulation.pods=N} lives N of them,
 * {@code -Dslipway.simulation.seed=S} begins with that seed.
 *
 * <p>To repeat one life: {@code mvn -pl src/test -am test -Dtest=SimulationTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dslipway.simulation.seed=S -Dslipway.simulation.pods=1}.
 */
final class SimulationTest {
  private static final int PODS = Integer.getInteger("slipway.simulation.pods", 8000);
  private static final long FIRST_SEED = Long.getLong("slipway.simulation.seed", 1);
  private static final int REPEATED = 40;
  private static final int TAIL = 60;

  @Test
  void everyLifeKeepsTheInvariants() {
    long began = System.nanoTime();
    long events = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + PODS; seed++) {
      events += live(seed);
    }
    System.out.printf(
        "simulation: %d lives from seed %d, %d events, %d ms%n",
        PODS, FIRST_SEED, events, (System.nanoTime() - began) / 1_000_000);
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
      return Life.live(seed, _ -> {});
    } catch (RuntimeException e) {
      throw new AssertionError(
          e.getMessage()
              + "\nrepeat: mvn -pl src/test -am test -Dtest=SimulationTest"
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
            if (first.size() < 2) {
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

package dev.slipway.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bench.kill.KillBench;
import dev.slipway.bench.kill.KillOptions;
import dev.slipway.bench.kill.KillReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service as its own process, killed at random instants: {@code -Pkill} kills it thirty times
 * and the broker twice.
 */
final class KillTest {
  private static final int KILLS = Integer.getInteger("slipway.test.kills", 2);

  @TempDir private Path folder;

  @Test
  void whatAKilledServiceWroteIsWhatAnUndisturbedOneWrites() throws Exception {
    StringWriter log = new StringWriter();
    int broker = KILLS >= 30 ? 2 : 1;
    KillOptions options = new KillOptions(KILLS, broker, 1, 50 * KILLS, 3, 7, folder);
    KillReport report = KillBench.run(options, new PrintWriter(log, true));
    assertThat(report.exact()).as(report + "\n" + log).isTrue();
    assertThat(report.findings()).isPositive();
    assertThat(report.kills()).isEqualTo(KILLS);
    assertThat(report.records()).isGreaterThan(report.fed());
  }
}

package dev.slipway.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shares of the workloads, and a short demo through a real Kafka. */
final class DemoTest {
  private static final int NODES = 3;

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 50, 499, 500, 10_000})
  void sharesAddUpToThePodsWanted(int pods) throws Exception {
    List<Workload> workloads = Workload.share(DemoSamples.sources(), pods, NODES);
    int sum = workloads.stream().mapToInt(workload -> workload.wanted).sum();
    assertThat(sum).isEqualTo(Math.max(pods, workloads.size() - 1 + NODES));
    assertThat(workloads).allSatisfy(workload -> assertThat(workload.wanted).isPositive());
  }

  @Test
  void shortDemoAddsUp() throws Exception {
    StringWriter out = new StringWriter();
    DemoOptions options =
        new DemoOptions(DemoSamples.sources(), 60, 6, 7, DemoSamples.behavior(), false, null);
    boolean addsUp = new Demo(options, new PrintWriter(out), new PrintWriter(out)).run();
    List<String> lines = out.toString().lines().toList();
    assertThat(addsUp).as(out.toString()).isTrue();
    assertThat(lines).anyMatch(line -> line.matches("created \\d+ = pending .* deleted \\d+"));
    assertThat(lines)
        .anyMatch(line ->
            line.matches(
                "observed: [1-9][0-9,]* versions, [1-9][0-9,]* transitions, findings 0,.*"));
    assertThat(IntStream.rangeClosed(1, 5))
        .allSatisfy(second ->
            assertThat(lines).anyMatch(line -> line.strip().startsWith(second + "s  pods")));
  }
}

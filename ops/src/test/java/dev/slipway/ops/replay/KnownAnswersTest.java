package dev.slipway.ops.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Worked out by hand: two nodes of 4 CPUs, five pods. The sidecar asks for 1, the init container
 * for 2, the app for 1; running, each pod needs 2.
 */
final class KnownAnswersTest {
  private static final String INIT = "{name: init, image: i, resources: {requests: {cpu: \"%s\"}}}";
  private static final String SIDECAR =
      "{name: side, image: s, restartPolicy: Always, resources: {requests: {cpu: \"1\"}}}";

  @TempDir private Path folder;

  static Stream<Arguments> cases() {
    return Stream.of(
        // name, init containers, requested of one pod, placed, reserved for the start only
        Arguments.of("sidecar first: 1+2 on the way up", SIDECAR + "," + init(2), 3000, 2, 1000),
        Arguments.of("sidecar last: 2, then 1+1", init(2) + "," + SIDECAR, 2000, 4, 0),
        Arguments.of("no sidecar, init 2, app 1", init(2), 2000, 4, 1000),
        Arguments.of("no sidecar, init 1, app 1", init(1), 1000, 5, 0),
        Arguments.of("sidecar alone", SIDECAR, 2000, 4, 0),
        Arguments.of("init of 5 fits nowhere", init(5), 5000, 0, 4000));
  }

  private static String init(int cpu) {
    return INIT.formatted(cpu);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void twoNodesFivePods(String name, String init, long requested, int placed, long unused)
      throws IOException {
    String text =
        """
        until: 10m
        nodes: [{name: node, count: 2, allocatable: {cpu: 4, memory: 8Gi, pods: 110}}]
        arrivals:
        - name: p
          replicas: 5
          object:
            apiVersion: v1
            kind: Pod
            metadata: {namespace: x}
            spec:
              initContainers: [%s]
              containers: [{name: app, image: a, resources: {requests: {cpu: "1"}}}]
        """
            .formatted(init);
    RunResult run =
        Samples.run(Samples.scenario(Samples.trace(folder, text), java.util.List.of()), 1);
    assertThat(run.pods()).hasSize(5);
    assertThat(run.pods().getFirst().input.footprint().requested()[0]).isEqualTo(requested);
    assertThat(run.placements()).isEqualTo(placed);
    Series series = run.series();
    int last = series.samples() - 1;
    assertThat(series.values(Columns.of(0, Columns.REQUESTED))[last]).isEqualTo(requested * placed);
    assertThat(series.values(Columns.of(0, Columns.INIT_UNUSED))[last]).isEqualTo(unused * placed);
    assertThat(series.values(Columns.PENDING)[last]).isEqualTo(5 - placed);
    assertThat(series.values(Columns.READY)[last]).isEqualTo(placed);
  }
}

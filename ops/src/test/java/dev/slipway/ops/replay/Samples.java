package dev.slipway.ops.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.runtime.Behavior;
import dev.slipway.ingest.trace.Trace;
import dev.slipway.ingest.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small workloads and their runs. */
final class Samples {
  /** An hour with sidecars, probes, crashes, jobs, and less room than is wanted at times. */
  static final String HOUR =
      """
      until: 1h
      nodes:
      - {name: node, count: 3, allocatable: {cpu: 8, memory: 16Gi, pods: 20}}
      arrivals:
      - name: web
        arrival: {diurnal: {count: 60, peak: 30m, depth: 0.9}}
        lifetime: {exponential: {mean: 10m}}
        object:
          apiVersion: v1
          kind: Pod
          metadata: {namespace: shop}
          spec:
            initContainers:
            - name: migrate
              image: migrate
              resources: {requests: {cpu: "2", memory: 2Gi}}
            - name: proxy
              image: proxy
              restartPolicy: Always
              resources: {requests: {cpu: 100m, memory: 64Mi}}
              readinessProbe: {httpGet: {port: 80}, periodSeconds: 10}
            containers:
            - name: web
              image: web
              resources: {requests: {cpu: 500m, memory: 512Mi}}
              readinessProbe: {httpGet: {port: 80}, periodSeconds: 10}
              livenessProbe: {httpGet: {port: 80}, periodSeconds: 10}
      - name: flaky
        replicas: 3
        run: {uniform: {min: 5s, max: 90s}}
        exit: 1
        object:
          apiVersion: v1
          kind: Pod
          metadata: {namespace: shop}
          spec:
            containers:
            - {name: app, image: app, resources: {requests: {cpu: "1", memory: 1Gi}}}
      - name: batch
        arrival: {poisson: {perHour: 80}}
        run: 2m..6m
        object:
          apiVersion: v1
          kind: Pod
          metadata:
            namespace: batch
            ownerReferences: [{apiVersion: batch/v1, kind: Job, name: batch, uid: u, controller: true}]
          spec:
            restartPolicy: Never
            containers:
            - {name: app, image: app, resources: {requests: {cpu: "2", memory: 2Gi}}}
      """;

  private Samples() {}

  /** Reads a workload that must have no mistakes. */
  static Trace trace(Path folder, String text) throws IOException {
    Path file = folder.resolve("workload.yaml");
    Files.writeString(file, text);
    Trace trace = TraceReader.readAll(List.of(file), 1);
    assertThat(trace.problems()).isEmpty();
    return trace;
  }

  static Scenario scenario(Trace trace, List<Scenario.Drain> drains) {
    return new Scenarios(Behavior.DEFAULT, 1)
        .of("base", "", trace, drains, Profile.K8S_1_37, 0, trace.until(), false);
  }

  static RunResult run(Scenario scenario, int threads) {
    return ClusterRun.run(
        scenario, new SchedulerPlacer(scenario.seed()), threads, ClusterRun.Pace.NONE);
  }

  static long minutes(long minutes) {
    return minutes * 60 * Times.SECOND;
  }
}

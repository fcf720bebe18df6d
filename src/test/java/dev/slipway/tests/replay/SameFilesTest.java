package dev.slipway.tests.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ops.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The same input and seed give the same bytes in every file, on one thread and on two. */
final class SameFilesTest {
  private static final String WORKLOAD =
      """
      until: 2h
      nodes:
      - {name: node, count: 4, allocatable: {cpu: 8, memory: 16Gi, pods: 30}}
      arrivals:
      - name: web
        arrival: {diurnal: {count: 300, peak: 1h, depth: 0.8}}
        lifetime: {exponential: {mean: 12m}}
        object:
          apiVersion: v1
          kind: Pod
          metadata: {namespace: shop}
          spec:
            initContainers:
            - {name: init, image: init, resources: {requests: {cpu: "1", memory: 1Gi}}}
            - name: proxy
              image: proxy
              restartPolicy: Always
              resources: {requests: {cpu: 100m, memory: 64Mi}}
              startupProbe: {tcpSocket: {port: 80}, periodSeconds: 1}
            containers:
            - name: web
              image: web
              resources: {requests: {cpu: 500m, memory: 512Mi}}
              readinessProbe: {httpGet: {port: 80}, periodSeconds: 10}
      - name: batch
        arrival: {poisson: {perHour: 200}}
        run: {choice: [{value: 30s, weight: 3}, {value: 10m, weight: 1}]}
        exit: {choice: [{value: 0, weight: 9}, {value: 1, weight: 1}]}
        object:
          apiVersion: v1
          kind: Pod
          metadata: {namespace: batch}
          spec:
            restartPolicy: OnFailure
            containers:
            - {name: app, image: app, resources: {requests: {cpu: "1", memory: 2Gi}}}
      """;

  @TempDir private Path folder;

  @Test
  void oneThreadOrTwo() throws Exception {
    var one = run("one", "--threads", "1", "--seed", "7");
    assertThat(one.keySet())
        .contains(
            "manifest.json",
            "summary.json",
            "report.md",
            "report.html",
            "base/timeseries.csv",
            "base/timeseries.parquet",
            "base/pods.csv",
            "base/pods.parquet",
            "base/latency.csv");
    assertThat(run("two", "--threads", "2", "--seed", "7")).isEqualTo(one);
    assertThat(run("again", "--threads", "2", "--seed", "7")).isEqualTo(one);
  }

  @Test
  void anotherSeedIsAnotherRun() throws Exception {
    var one = run("one", "--seed", "7");
    var other = run("other", "--seed", "8");
    assertThat(other.keySet()).isEqualTo(one.keySet());
    assertThat(other.get("base/pods.csv")).isNotEqualTo(one.get("base/pods.csv"));
  }

  /** Another process has other hash codes and other salts for its maps. */
  @Test
  void anotherProcess() throws Exception {
    var here = run("here", "--threads", "2");
    Path out = folder.resolve("there");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "replay",
                "--feed",
                folder.resolve("workload.yaml").toString(),
                "--out",
                out.toString(),
                "--threads",
                "1")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("log"))).isZero();
    assertThat(hashes(out)).isEqualTo(here);
  }

  private SortedMap<String, String> run(String name, String... options) throws Exception {
    Path workload = folder.resolve("workload.yaml");
    Files.writeString(workload, WORKLOAD);
    Path out = folder.resolve(name);
    List<String> arguments =
        new ArrayList<>(
            List.of("replay", "--feed", workload.toString(), "--out", out.toString(), "--quiet"));
    arguments.addAll(List.of(options));
    var err = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(new StringWriter()));
    command.setErr(new PrintWriter(err));
    assertThat(command.execute(arguments.toArray(String[]::new))).as(err.toString()).isZero();
    return hashes(out);
  }

  private static SortedMap<String, String> hashes(Path folder) throws Exception {
    var hashes = new TreeMap<String, String>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        hashes.put(folder.relativize(file).toString(), sha256(file));
      }
    }
    return hashes;
  }

  private static String sha256(Path file)
      throws IOException, java.security.GeneralSecurityException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(hash);
  }
}

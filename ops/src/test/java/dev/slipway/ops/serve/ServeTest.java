package dev.slipway.ops.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.ops.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands serve, get and describe together, in real time. */
final class ServeTest {
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  static final String QUICK =
      """
      rules:
      - sandbox: 10ms
        sandboxStop: 10ms
        pull: 10ms
        create: 10ms
        start: 10ms
        stop: 10ms
      - match: {image: short}
        run: 100ms
      """;

  private static final String MANIFESTS =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: shop}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            initContainers:
            - {name: proxy, image: proxy, restartPolicy: Always}
            containers:
            - name: app
              image: app
              resources: {requests: {cpu: 250m, memory: 64Mi}}
              readinessProbe: {exec: {command: [ready]}, periodSeconds: 1}
      """;

  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: sum, namespace: shop}
      spec:
        parallelism: 3
        completions: 3
        template:
          spec:
            restartPolicy: Never
            containers: [{name: sum, image: short}]
      """;

  @TempDir private Path folder;

  /** A command that runs while others ask. */
  private static final class Running {
    final StringWriter err = new StringWriter();
    final CompletableFuture<Integer> code;

    Running(String... args) {
      CommandLine command = Main.commandLine();
      command.setErr(new PrintWriter(err, true));
      code = CompletableFuture.supplyAsync(() -> command.execute(args));
    }

    String address() {
      await(() -> ADDRESS.matcher(err.toString()).find() || code.isDone());
      Matcher matcher = ADDRESS.matcher(err.toString());
      assertThat(matcher.find()).as(err.toString()).isTrue();
      return matcher.group();
    }
  }

  private record Answer(int code, String out, String err) {}

  private static Answer run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
    return new Answer(code, out.toString(), err.toString());
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + WAIT_NANOS;
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(5_000_000L);
    }
  }

  private String file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void podsOfAManifestAreListedCountedAndDescribedWhileTheyRun() throws Exception {
    Running serve =
        new Running(
            "serve",
            "--feed",
            file("web.yaml", MANIFESTS),
            "--behavior",
            file("behavior.yaml", QUICK),
            "--nodes",
            "2",
            "--duration",
            "8");
    String server = serve.address();
    await(() -> run("get", "pods", "-n", "shop", "--server", server).out.split("2/2").length == 3);
    Answer table = run("get", "pods", "-A", "-o", "wide", "--server", server);
    assertThat(table.out.lines().toList()).hasSize(3);
    assertThat(table.out.lines().findFirst().orElseThrow())
        .matches("NAMESPACE +NAME +READY +STATUS +RESTARTS +AGE +IP +NODE");
    assertThat(table.out).contains("2/2     Running   0").contains("node-1").contains("node-2");
    assertThat(run("get", "pods", "--server", server).err)
        .contains("No resources found in default namespace.");
    assertThat(
            run("get", "po", "-n", "shop", "-l", "app=web", "-o", "name", "--server", server).out)
        .hasLineCount(2);
    assertThat(run("get", "po", "-n", "shop", "-l", "app!=web", "--server", server).out).isEmpty();
    assertThat(run("get", "pods", "-n", "shop", "nobody", "--server", server))
        .satisfies(answer -> assertThat(answer.code).isEqualTo(1))
        .satisfies(answer -> assertThat(answer.err).contains("pods \"nobody\" not found"));
    objects(server);
    groups(server);
    describe(server);
    assertThat(serve.code.get(60, TimeUnit.SECONDS)).isZero();
    assertThat(serve.err.toString())
        .containsPattern("\\ds  pods 2: pending \\d, running \\d")
        .contains("created 2 = pending 0 + running 2");
    Answer late = run("get", "pods", "--server", server);
    assertThat(late.code).isEqualTo(1);
    assertThat(late.err).contains("nobody answers");
  }

  private static void objects(String server) throws Exception {
    JsonNode list =
        new ObjectMapper()
            .readTree(run("get", "pods", "-n", "shop", "-o", "json", "--server", server).out);
    assertThat(list.path("items")).hasSize(2);
    JsonNode pod = list.path("items").path(0);
    assertThat(pod.path("kind").asText()).isEqualTo("Pod");
    assertThat(pod.path("status").path("phase").asText()).isEqualTo("Running");
    assertThat(run("get", "pods", "-n", "shop", "-o", "yaml", "--server", server).out)
        .contains("kind: Pod")
        .contains("phase: Running");
    assertThat(run("get", "pods", "-n", "shop", "-o", "csv", "--server", server).out.lines())
        .hasSize(3)
        .first()
        .asString()
        .startsWith("namespace,name,uid,");
  }

  private static void groups(String server) {
    await(() -> run("get", "nodes", "--server", server).out.contains("node-2"));
    assertThat(run("get", "nodes", "--server", server).out.lines().toList())
        .hasSize(3)
        .satisfies(
            lines -> assertThat(lines.get(1)).matches("node-1 +1 +0 +1 +0 +0 +1 +250m +64Mi"));
    assertThat(run("get", "ns", "--server", server).out)
        .containsPattern("shop +2 +0 +2 +0 +0 +2 +500m +128Mi");
  }

  private static void describe(String server) {
    String name =
        run("get", "pods", "-n", "shop", "-o", "name", "--server", server)
            .out
            .lines()
            .findFirst()
            .orElseThrow()
            .substring("pod/".length());
    Answer answer = run("describe", "pod", name, "-n", "shop", "--server", server);
    assertThat(answer.code).isZero();
    assertThat(answer.out)
        .contains("Name:             " + name)
        .contains("Labels:           app=web")
        .containsPattern("Readiness: +idle, last result success")
        .containsPattern("Normal +Started .* app ")
        .contains("Pod worker:     syncing")
        .containsPattern("in \\d+s +readiness probe of container app");
    Answer missing = run("describe", "pod", "nobody", "-n", "shop", "--server", server);
    assertThat(missing.code).isEqualTo(1);
    assertThat(missing.err).contains("pods \"nobody\" not found in namespace shop");
  }

  @Test
  void jobsEndTheRunWithUntilDone() throws Exception {
    Running serve =
        new Running(
            "serve",
            "--feed",
            file("job.yaml", JOB),
            "--behavior",
            file("behavior.yaml", QUICK),
            "--replicas",
            "5",
            "--until-done");
    assertThat(serve.code.get(60, TimeUnit.SECONDS)).isZero();
    assertThat(serve.err.toString()).contains("created 5 = pending 0 + running 0 + succeeded 5");
  }

  /** A file whose pods come, are deleted and are refused; a watch that sees all of it. */
  @Test
  void feedOfLinesIsDrivenWatchedAndItsDeletionsHaveGrace() throws Exception {
    List<String> lines = new ArrayList<>();
    lines.add("{\"type\":\"ADDED\",\"object\":" + pod("a") + "}");
    lines.add("no json");
    lines.add("{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"x\"}}}");
    lines.add(pod("b"));
    String behavior = file("behavior.yaml", QUICK);
    Path pipe = folder.resolve("feed.jsonl");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Running serve =
        new Running(
            "serve", "--feed", pipe.toString(), "--behavior", behavior, "--until-done", "--quiet");
    try (PrintWriter feed = new PrintWriter(Files.newBufferedWriter(pipe), true)) {
      String server = serve.address();
      Watcher watcher = new Watcher(server);
      lines.forEach(feed::println);
      await(() -> watcher.seen("b 1/1 Running") && watcher.seen("a 1/1 Running"));
      feed.println("{\"type\":\"DELETED\",\"object\":" + pod("a") + "}");
      await(() -> watcher.seen("DELETED a"));
      assertThat(watcher.lines)
          .containsSubsequence("a 1/1 Running", "a 1/1 Terminating", "DELETED a");
      assertThat(watcher.lines).contains("b 0/1 ContainerCreating").doesNotContain("DELETED b");
      String deleting =
          pod("b")
              .replace(
                  "\"name\":\"b\"",
                  "\"name\":\"b\",\"deletionTimestamp\":\"2026-01-01T00:00:05Z\","
                      + "\"deletionGracePeriodSeconds\":5");
      feed.println("{\"type\":\"MODIFIED\",\"object\":" + deleting + "}");
    }
    assertThat(serve.code.get(60, TimeUnit.SECONDS)).isZero();
    assertThat(serve.err.toString())
        .contains("feed.jsonl: line 2 at byte")
        .contains("feed.jsonl: line 3: spec: must be an object")
        .contains("created 2 = ")
        .contains("deleted 2")
        .contains("lines refused 2");
  }

  private static String pod(String name) {
    return """
    {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","namespace":"default"},\
    "spec":{"containers":[{"name":"app","image":"app"}]}}\
    """
        .formatted(name);
  }

  /** Reads a watch over HTTP as a client of its own would. */
  private static final class Watcher {
    final List<String> lines = java.util.Collections.synchronizedList(new ArrayList<>());

    Watcher(String server) throws Exception {
      HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/pods?watch=1")).build();
      HttpResponse<java.util.stream.Stream<String>> answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
      Thread.ofVirtual()
          .start(() -> answer.body().filter(line -> !line.isEmpty()).forEach(this::take));
    }

    private void take(String line) {
      try {
        JsonNode change = new ObjectMapper().readTree(line);
        JsonNode row = change.path("object");
        String type = change.path("type").asText();
        lines.add(
            type.equals("DELETED")
                ? "DELETED " + row.path("name").asText()
                : "%s %d/%d %s"
                    .formatted(
                        row.path("name").asText(),
                        row.path("readyContainers").asInt(),
                        row.path("containers").asInt(),
                        row.path("status").asText()));
      } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
        lines.add("unreadable: " + line);
      }
    }

    boolean seen(String line) {
      return lines.contains(line);
    }
  }

  @Test
  void mistakesOfManifestsAreToldTogetherAndNothingStarts() throws Exception {
    String broken =
        MANIFESTS.replace("image: app\n", "image: app\n        livenessProbe: {exec: {}}\n");
    Answer answer =
        run("serve", "--feed", file("web.yaml", broken.replace("replicas: 2", "replicas: x")));
    assertThat(answer.code).isEqualTo(2);
    assertThat(answer.err.lines())
        .allMatch(line -> line.matches(".*web\\.yaml: [^ ]+: .+"))
        .anyMatch(line -> line.contains("replicas"));
    assertThat(run("serve", "--feed", folder.resolve("none").toString()).code).isEqualTo(2);
    assertThat(run("serve", "--feed", file("empty.yaml", "")).err).contains("nothing with pods");
    assertThat(run("get", "pots").code).isEqualTo(2);
    assertThat(run("get", "pods", "-w", "-o", "json").code).isEqualTo(2);
  }
}

package dev.slipway.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Flags and exit codes of {@code slipway plan}. */
class PlanCommandTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      spec:
        containers: [{name: web, image: web:1}]
      """;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String pod = "";

  @BeforeEach
  void writePod() throws IOException {
    pod = write("pod.yaml", POD);
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private int run(String... args) {
    return new CommandLine(new PlanCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  private void wrongUsage(String message, String... args) {
    assertThat(run(args)).isEqualTo(2);
    assertThat(err.toString()).startsWith(message);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void podIsPlanned() {
    assertThat(run("-f", pod, "--until", "ready")).isZero();
    assertThat(out.toString()).startsWith("Pod default/web: Ready in ");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void seedDecides() {
    run("-f", pod, "-o", "json", "--seed", "2");
    String second = out.toString();
    out.getBuffer().setLength(0);
    run("-f", pod, "-o", "json", "--seed", "2");
    assertThat(out.toString()).isEqualTo(second);
    out.getBuffer().setLength(0);
    run("-f", pod, "-o", "json", "--seed", "3");
    assertThat(out.toString()).isNotEqualTo(second);
  }

  @Test
  void exitIsSeenWithTheNextListingOfAKubeletWithLatency() {
    String[] plan = {"-f", pod, "--fail", "web@20300ms=1", "--until", "30s"};
    assertThat(run(plan)).isZero();
    assertThat(out.toString()).contains("20.3s     web        Pulled");
    out.getBuffer().setLength(0);
    String[] late = Arrays.copyOf(plan, plan.length + 2);
    late[plan.length] = "--latency";
    late[plan.length + 1] = "kubelet";
    assertThat(run(late)).isZero();
    assertThat(out.toString()).contains("21s       web        Pulled");
  }

  @Test
  void unknownLatencyIsWrongUsage() {
    wrongUsage("Invalid value for option '--latency'", "-f", pod, "--latency", "some");
  }

  @Test
  void namespaceIsForWhatNamesNone() {
    run("-f", pod, "-n", "shop");
    assertThat(out.toString()).startsWith("Pod shop/web: ");
  }

  @Test
  void invalidInputIsExitCodeTwoAndTheRestIsPlanned() throws IOException {
    write("second.yaml", POD.replace("web}", "second, colour: red}"));
    assertThat(run("-f", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("second.yaml: metadata.colour: unknown field");
    assertThat(out.toString()).contains("Pod default/web ").contains("Pod default/second ");
  }

  @Test
  void behaviorFileDecides() throws IOException {
    String file = write("behavior.yaml", "rules: [{match: {role: app}, pull: 40s}]");
    assertThat(run("-f", pod, "--behavior", file, "--until", "ready")).isZero();
    assertThat(out.toString()).startsWith("Pod default/web: Ready in 40.8s");
  }

  @Test
  void wrongBehaviorFileIsToldWithAllItsMistakes() throws IOException {
    String file = write("behavior.yaml", "rules: [{pul: 40s}, {pull: soon}]");
    assertThat(run("-f", pod, "--behavior", file)).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            file + ": rules[0].pul: unknown field",
            file + ": rules[1].pull: not a duration such as 90s, 1m30s or 250ms: soon");
  }

  @Test
  void missingFileIsWrongUsage() {
    wrongUsage("-f: no such file or folder: ", "-f", folder.resolve("none").toString());
  }

  @Test
  void missingFlagIsWrongUsage() {
    wrongUsage("Missing required option: '--filename");
  }

  @Test
  void wrongTimeIsWrongUsage() {
    wrongUsage("--delete-at: not a duration", "-f", pod, "--delete-at", "soon");
  }

  @Test
  void unknownVersionIsWrongUsage() {
    wrongUsage("--kubelet-version: no profile", "-f", pod, "--kubelet-version", "0.1");
  }

  @Test
  void releaseAndGatesStandInTheHeader() {
    assertThat(run("-f", pod, "--kubelet-version", "1.28")).isZero();
    assertThat(out.toString()).contains(", Kubernetes 1.28, seed 1");
    assertThat(
            run(
                "-f",
                pod,
                "--kubelet-version",
                "1.34",
                "--feature-gates",
                "ReduceDefaultCrashLoopBackOffDecay=true,ContainerRestartRules=false",
                "--feature-gates",
                "ContainerStopSignals=true"))
        .isZero();
    assertThat(out.toString())
        .contains(
            ", Kubernetes 1.34 (ContainerStopSignals=true,ReduceDefaultCrashLoopBackOffDecay=true),"
                + " seed 1");
  }

  /** Restarts 1, 3 and 6 s after the start instead of 1, 12 and 33 s. */
  @Test
  void gatesDecide() throws IOException {
    String behavior = write("behavior.yaml", "rules: [{match: {role: app}, run: 1s, exit: 1}]");
    assertThat(run("-f", pod, "--behavior", behavior, "--until", "30s")).isZero();
    assertThat(out.toString()).contains("restartCount 1 -> 2").doesNotContain("2 -> 3");
    out.getBuffer().setLength(0);
    assertThat(
            run(
                "-f",
                pod,
                "--behavior",
                behavior,
                "--until",
                "30s",
                "--feature-gates",
                "ReduceDefaultCrashLoopBackOffDecay=true"))
        .isZero();
    assertThat(out.toString()).contains("restartCount 3 -> 4");
  }

  /** The API server of the release reads the manifest: without the gate a sidecar is none. */
  @Test
  void gatesDecideWhichFieldsCount() throws IOException {
    String file =
        write(
            "sidecar.yaml",
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: web}
            spec:
              initContainers: [{name: proxy, image: proxy:1, restartPolicy: Always}]
              containers: [{name: app, image: app:1}]
            """);
    assertThat(run("-f", file, "--kubelet-version", "1.29")).isZero();
    assertThat(out.toString()).containsPattern("proxy +sidecar ");
    out.getBuffer().setLength(0);
    assertThat(run("-f", file, "--kubelet-version", "1.28")).isZero();
    assertThat(out.toString()).containsPattern("proxy +init ");
  }

  @Test
  void unknownGateListsTheOnesThereAre() {
    wrongUsage(
        "--feature-gates: unknown feature gate Sidecars in 1.28; there are InPlacePodVerticalScaling,"
            + " PodReadyToStartContainersCondition, SidecarContainers",
        "-f",
        pod,
        "--kubelet-version",
        "1.28",
        "--feature-gates",
        "Sidecars=true");
  }

  @Test
  void lockedGateIsWrongUsage() {
    wrongUsage(
        "--feature-gates: cannot set SidecarContainers to false: locked to true in 1.33",
        "-f",
        pod,
        "--kubelet-version",
        "1.33",
        "--feature-gates",
        "SidecarContainers=false");
  }

  @Test
  void unknownContainerIsWrongUsage() {
    wrongUsage("--fail: no container is called db", "-f", pod, "--fail", "db@1s");
  }

  @Test
  void graceNeedsADeletion() {
    wrongUsage("--grace: needs --delete-at", "-f", pod, "--grace", "5");
  }

  @Test
  void amountsTheServerRefusesAreNamed() throws IOException {
    String resources = "image: web:1, resources: {requests: {cpu: -1}}";
    assertThat(run("-f", write("bad.yaml", POD.replace("image: web:1", resources)))).isEqualTo(2);
    assertThat(err.toString())
        .contains("bad.yaml: spec.containers[0].resources.requests[cpu]: Invalid value");
  }
}

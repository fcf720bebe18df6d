package dev.slipway.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Flags and exit codes of {@code slipway resources}. */
class ResourcesCommandTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      spec:
        containers:
        - {name: web, image: "web:1", resources: {requests: {memory: 1Gi}}}
      """;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private int run(String... args) {
    return new CommandLine(new ResourcesCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  @Test
  void podIsShown() throws IOException {
    assertThat(run("-f", write("pod.yaml", POD))).isZero();
    assertThat(out.toString()).contains("default", "web", "Burstable", "0/1Gi", "none/none");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void compressedFileIsRead() throws IOException {
    Path file = folder.resolve("pod.yaml.gz");
    try (var writer =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
      writer.write(POD);
    }
    assertThat(run("-f", folder.toString(), "-o", "json")).isZero();
    assertThat(out.toString()).contains("\"memory\" : \"1Gi\"");
    assertThat(err.toString()).contains("naive versus effective: ");
  }

  @Test
  void invalidInputIsExitCodeTwoAndTheRestIsShown() throws IOException {
    write("bad.yaml", POD.replace("1Gi", "1Gb"));
    write("good.yaml", POD);
    assertThat(run("-f", folder.toString())).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(folder.resolve("bad.yaml") + ": spec.containers[0].resources.requests");
    assertThat(out.toString()).contains("0/1Gi").contains("problems 1 in 1 file");
  }

  @Test
  void namespaceIsForWhatNamesNone() throws IOException {
    assertThat(run("-f", write("pod.yaml", POD), "-n", "shop", "--quiet")).isZero();
    assertThat(out.toString()).contains("shop  ").doesNotContain("naive versus");
  }

  @Test
  void memoryOfTheNodeDecidesAboutOomScores() throws IOException {
    String pod = write("pod.yaml", POD);
    run("-f", pod, "-o", "wide", "--node-memory", "4Gi");
    assertThat(out.toString()).contains("  750  ");
  }

  @Test
  void wrongUsageIsExitCodeTwo() throws IOException {
    String pod = write("pod.yaml", POD);
    assertThat(run("-f", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(run("-f", pod, "-o", "xml")).isEqualTo(2);
    assertThat(run("-f", pod, "--node-memory", "0")).isEqualTo(2);
    assertThat(run("-f", pod, "--node-memory", "much")).isEqualTo(2);
    assertThat(run("-f", write("empty.yaml", ""))).isEqualTo(2);
    assertThat(run()).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void brokenCompressionIsTheProblemOfThatFile() throws IOException {
    Files.write(folder.resolve("bad.yaml.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 'x', 'y'});
    write("good.yaml", POD);
    assertThat(run("-f", folder.toString())).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(folder.resolve("bad.yaml.gz") + ": compressed data ends too early");
    assertThat(out.toString()).contains("0/1Gi");
  }
}

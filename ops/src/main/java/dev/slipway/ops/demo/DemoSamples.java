package dev.slipway.ops.demo;

import dev.slipway.engine.runtime.Behavior;
import dev.slipway.ingest.behavior.BehaviorReader;
import dev.slipway.ingest.manifest.ManifestReader;
import dev.slipway.ingest.manifest.ManifestResult;
import dev.slipway.ingest.manifest.PodSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The workloads shipped for the demo, and how they behave. */
public final class DemoSamples {
  private static final String FOLDER = "/demo/";
  private static final List<String> MANIFESTS =
      List.of(
          "agent.yaml",
          "import.yaml",
          "migrate.yaml",
          "orders.yaml",
          "report.yaml",
          "thumbnails.yaml",
          "web.yaml");
  private static final String BEHAVIOR = "behavior.yaml";

  private DemoSamples() {}

  /** What makes the pods. */
  public static List<PodSource> sources() throws IOException {
    List<PodSource> sources = new ArrayList<>();
    for (String name : MANIFESTS) {
      try (InputStream bytes = open(name)) {
        ManifestResult result = ManifestReader.strict().read(name, bytes);
        if (!result.problems().isEmpty()) {
          throw new IllegalStateException("a shipped manifest is wrong: " + result.problems());
        }
        sources.addAll(result.pods());
      }
    }
    return sources;
  }

  /** How their containers behave. */
  public static Behavior behavior() throws IOException {
    try (InputStream bytes = open(BEHAVIOR)) {
      String text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
      BehaviorReader.Result result = BehaviorReader.read(BEHAVIOR, text);
      if (!result.problems().isEmpty()) {
        throw new IllegalStateException("the shipped behavior is wrong: " + result.problems());
      }
      return Behavior.DEFAULT.with(result.rules());
    }
  }

  private static InputStream open(String name) {
    InputStream bytes = DemoSamples.class.getResourceAsStream(FOLDER + name);
    if (bytes == null) {
      throw new IllegalStateException("not in this build: " + FOLDER + name);
    }
    return bytes;
  }
}

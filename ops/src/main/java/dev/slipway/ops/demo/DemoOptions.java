package dev.slipway.ops.demo;

import dev.slipway.engine.runtime.Behavior;
import dev.slipway.ingest.manifest.PodSource;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is shown.
 *
 * @param sources what makes the pods
 * @param pods how many of them there are to be at a time
 * @param seconds how long it runs, counted from the first pod
 * @param seed root of everything drawn by chance
 * @param behavior how containers behave
 * @param data where Kafka keeps its data, null: a temporary folder
 * @param terminal a table that changes, instead of a line per second
 */
public record DemoOptions(
    List<PodSource> sources,
    int pods,
    int seconds,
    long seed,
    Behavior behavior,
    boolean terminal,
    @Nullable Path data) {
  public DemoOptions {
    sources = List.copyOf(sources);
  }
}

package dev.slipway.ingest.trace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One pod of a trace. Times are nanoseconds since the trace's own epoch.
 *
 * @param object the pod or its template as JSON with the fields {@link Pod} leaves out, null where
 *     the trace has no objects; shared by the pods of a template
 * @param arrival when the object was created
 * @param deletion when its deletion was asked for, {@link Times#NONE}: never
 * @param node where it ran, empty if unknown
 * @param runs how long its containers ran, by name; {@link #ALL_APPS} for every app container
 */
public record TracePod(
    Pod pod,
    @Nullable JsonNode object,
    long arrival,
    long deletion,
    String node,
    Map<String, Run> runs,
    Usage usage) {
  /** Stands for every app container. */
  public static final String ALL_APPS = "";

  /** One life of a process: nanoseconds from its start to its end, and its exit code. */
  public record Run(long nanos, int exitCode) {}

  /**
   * What the pod was seen to use while it ran; -1: unknown.
   *
   * @param memory bytes
   */
  public record Usage(long milliCpu, long memory) {
    public static final Usage UNKNOWN = new Usage(-1, -1);

    public boolean known() {
      return milliCpu >= 0 || memory >= 0;
    }
  }

  public TracePod {
    runs = Map.copyOf(runs);
  }

  /** The same with other times, as when traces are put on one clock. */
  TracePod shifted(long by) {
    return new TracePod(
        pod,
        object,
        arrival - by,
        deletion == Times.NONE ? Times.NONE : deletion - by,
        node,
        runs,
        usage);
  }

  /** The same pod with another object. */
  public TracePod with(Pod other) {
    return new TracePod(other, object, arrival, deletion, node, runs, usage);
  }
}

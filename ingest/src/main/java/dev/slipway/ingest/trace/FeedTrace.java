package dev.slipway.ingest.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.feed.FeedDecoder;
import dev.slipway.ingest.feed.FeedRecord;
import dev.slipway.ingest.feed.Rejected;
import dev.slipway.ingest.manifest.JsonPodCodec;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recorded feed: one watch record of a pod a line, in order. A pod arrives when it was created,
 * is deleted when its deletion was asked for, and its containers run as long as its last status
 * says they did.
 */
final class FeedTrace {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is known of one pod so far. */
  private static final class Seen {
    Pod first;
    Pod last;
    @Nullable JsonNode object;
    long removedAt = Times.NONE;

    Seen(Pod pod) {
      first = pod;
      last = pod;
    }
  }

  private FeedTrace() {}

  static boolean isFeed(String text) {
    String line = text.stripLeading().lines().findFirst().orElse("");
    if (!line.startsWith("{")) {
      return false;
    }
    try {
      JsonNode first = JSON.readTree(line);
      return first.path("type").isTextual() && first.path("object").isObject();
    } catch (IOException e) {
      return false;
    }
  }

  static void read(byte[] bytes, TraceBuilder out) throws IOException {
    var decoder = new FeedDecoder(new JsonPodCodec());
    Map<String, Seen> pods = new LinkedHashMap<>();
    Map<String, JsonNode> templates = new HashMap<>();
    int line = 0;
    for (int from = 0; from < bytes.length; ) {
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      line++;
      if (to > from + 1) {
        record(java.util.Arrays.copyOfRange(bytes, from, to), line, decoder, pods, templates, out);
      }
      from = to + 1;
    }
    pods.values().forEach(seen -> out.pods.add(pod(seen)));
  }

  private static void record(
      byte[] bytes,
      int line,
      FeedDecoder decoder,
      Map<String, Seen> pods,
      Map<String, JsonNode> templates,
      TraceBuilder out)
      throws IOException {
    switch (decoder.decode(bytes)) {
      case Rejected no -> {
        switch (no.reason()) {
          case UNKNOWN_TYPE, NOT_A_POD -> out.passOver("record that is no change of a pod", 1);
          default -> out.problem("line " + line, no.detail());
        }
      }
      case FeedRecord record -> {
        Seen seen = pods.computeIfAbsent(record.identity(), _ -> new Seen(record.pod()));
        seen.last = record.pod();
        JsonNode tree = JSON.readTree(bytes);
        if (seen.object == null) {
          JsonNode spec = tree.path("object").path("spec");
          seen.object = templates.computeIfAbsent(spec.toString(), _ -> tree.path("object"));
        }
        if (record instanceof FeedRecord.Deleted) {
          seen.removedAt = time(tree.path("time").asText());
        }
      }
    }
  }

  private static long time(String text) {
    try {
      Instant at = Instant.parse(text);
      return at.getEpochSecond() * Times.SECOND + at.getNano();
    } catch (DateTimeParseException e) {
      return Times.NONE;
    }
  }

  private static TracePod pod(Seen seen) {
    ObjectMeta meta = seen.first.metadata();
    long arrival = meta.creationTimestamp() == Times.NONE ? 0 : meta.creationTimestamp();
    Pod pod =
        new Pod(
            ManifestPods.at(meta, meta.name(), FeedRecord.identityOf(seen.first), arrival),
            ManifestPods.unbound(seen.first.spec()),
            PodStatus.EMPTY);
    String node = seen.last.spec().nodeName();
    return new TracePod(
        pod,
        seen.object,
        arrival,
        deletion(seen),
        node,
        runs(seen.last.status()),
        TracePod.Usage.UNKNOWN);
  }

  /** The API's timestamp of a deletion is when its grace is over. */
  private static long deletion(Seen seen) {
    ObjectMeta last = seen.last.metadata();
    if (!last.deleting()) {
      return seen.removedAt;
    }
    Long grace = last.deletionGracePeriodSeconds();
    return last.deletionTimestamp() - (grace == null ? 0 : grace) * Times.SECOND;
  }

  private static Map<String, TracePod.Run> runs(PodStatus status) {
    Map<String, TracePod.Run> runs = new LinkedHashMap<>();
    status.initContainerStatuses().forEach(c -> run(c, runs));
    status.containerStatuses().forEach(c -> run(c, runs));
    return runs;
  }

  private static void run(ContainerStatus status, Map<String, TracePod.Run> runs) {
    if (status.state() instanceof ContainerState.Terminated ended
        && ended.startedAt() != Times.NONE
        && ended.finishedAt() != Times.NONE) {
      runs.put(
          status.name(),
          new TracePod.Run(Math.max(0, ended.finishedAt() - ended.startedAt()), ended.exitCode()));
    }
  }
}

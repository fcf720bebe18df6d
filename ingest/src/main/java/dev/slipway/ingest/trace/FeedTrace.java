package dev.slipway.ingest.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.feed.FeedRecord;
import dev.slipway.ingest.format.Action;
import dev.slipway.ingest.format.FeedEvent;
import dev.slipway.ingest.format.Format;
import dev.slipway.ingest.format.Outcome;
import dev.slipway.ingest.format.PodRef;
import dev.slipway.ingest.format.RecordDecoder;
import dev.slipway.ingest.format.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recorded feed in any format there is a decoder for, a record a line, in order. A pod arrives
 * when it was created, is deleted when its deletion was asked for, and its containers run as long
 * as its last status says they did.
 */
final class FeedTrace {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is known of one pod so far. */
  private static final class Seen {
    Pod first;
    Pod last;
    @Nullable JsonNode object;
    String node = "";
    long removedAt = Times.NONE;

    Seen(Pod pod) {
      first = pod;
      last = pod;
    }
  }

  private final TraceBuilder out;
  private final Map<String, Seen> pods = new LinkedHashMap<>();
  private final Map<String, String> uids = new HashMap<>();
  private final Map<String, JsonNode> templates = new HashMap<>();

  private FeedTrace(TraceBuilder out) {
    this.out = out;
  }

  /** True if the first line is a whole record; single objects and lists are read as manifests. */
  static boolean isFeed(String text) {
    String line = text.stripLeading().lines().findFirst().orElse("");
    if (!line.startsWith("{")) {
      return false;
    }
    Outcome first =
        RecordDecoder.create().decode(line.getBytes(StandardCharsets.UTF_8), event -> {});
    return first instanceof Format format && format != Format.OBJECT && format != Format.LIST;
  }

  static void read(byte[] bytes, TraceBuilder out) throws IOException {
    var feed = new FeedTrace(out);
    RecordDecoder decoder = RecordDecoder.create();
    int line = 0;
    for (int from = 0; from < bytes.length; ) {
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      line++;
      if (to > from + 1) {
        byte[] record = Arrays.copyOfRange(bytes, from, to);
        if (decoder.decode(record, event -> feed.take(event, record)) instanceof Refused no) {
          feed.refused(line, no);
        }
      }
      from = to + 1;
    }
    feed.pods.values().forEach(seen -> out.pods.add(pod(seen)));
  }

  private void refused(int line, Refused no) {
    switch (no.why().reason()) {
      case UNKNOWN_TYPE, UNKNOWN_FORMAT -> out.passOver("record that is no change of a pod", 1);
      default -> out.problem("line " + line, no.why().detail());
    }
  }

  private void take(FeedEvent event, byte[] record) {
    switch (event) {
      case FeedEvent.PodSeen seen -> {
        Seen pod = know(seen.pod(), record);
        if (seen.action() == Action.DELETED) {
          pod.removedAt = seen.atNanos();
        }
      }
      case FeedEvent.PodBound bound -> {
        Seen pod = pods.get(identity(bound.pod()));
        if (pod != null) {
          pod.node = bound.nodeName();
        }
      }
      case FeedEvent.PodDeleted deleted -> {
        Seen pod = pods.get(identity(deleted.pod()));
        if (pod != null) {
          pod.removedAt = deleted.atNanos();
        }
      }
      default -> {}
    }
  }

  private String identity(PodRef pod) {
    return pod.uid().isEmpty() ? uids.getOrDefault(pod.key(), pod.key()) : pod.uid();
  }

  private Seen know(Pod pod, byte[] record) {
    String identity = FeedRecord.identityOf(pod);
    uids.put(pod.metadata().key(), identity);
    Seen seen = pods.get(identity);
    if (seen == null) {
      seen = new Seen(pod);
      seen.object = object(record);
      pods.put(identity, seen);
    }
    seen.last = pod;
    seen.node = pod.spec().nodeName().isEmpty() ? seen.node : pod.spec().nodeName();
    return seen;
  }

  /** What a watch record says of the pod beyond what is kept of it; one for equal specs. */
  private @Nullable JsonNode object(byte[] record) {
    try {
      JsonNode object = JSON.readTree(record).path("object");
      return object.path("spec").isObject()
          ? templates.computeIfAbsent(object.path("spec").toString(), _ -> object)
          : null;
    } catch (IOException e) {
      return null;
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
    return new TracePod(
        pod,
        seen.object,
        arrival,
        deletion(seen),
        seen.node,
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

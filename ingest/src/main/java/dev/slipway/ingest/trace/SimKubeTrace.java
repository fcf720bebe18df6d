package dev.slipway.ingest.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.manifest.PodSource;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.msgpack.core.MessagePackException;
import org.msgpack.jackson.dataformat.MessagePackFactory;

/**
 * A SimKube trace (acrlabs/simkube, version 2): objects applied and deleted, in seconds, and when
 * the pods of some of them started and ended. A workload applied again with other replicas grows at
 * its end and shrinks from it; pods with a recorded life run as long as that.
 */
final class SimKubeTrace {
  private static final ObjectMapper MESSAGE_PACK = new ObjectMapper(new MessagePackFactory());

  private final TraceBuilder out;
  private final Map<String, Deque<TracePod>> alive = new LinkedHashMap<>();
  private final Map<String, Integer> made = new LinkedHashMap<>();
  private final JsonNode lifecycles;

  private SimKubeTrace(TraceBuilder out, JsonNode lifecycles) {
    this.out = out;
    this.lifecycles = lifecycles;
  }

  /** A map of up to 15 fields, or one with 16 or 32 bits of length. */
  static boolean isMessagePack(byte[] bytes) {
    if (bytes.length < 2) {
      return false;
    }
    int first = bytes[0] & 0xff;
    return first >= 0x80 && first <= 0x8f || first == 0xde || first == 0xdf;
  }

  static boolean isTrace(JsonNode tree) {
    return tree.path("events").isArray() && tree.has("config") && !tree.has("kind");
  }

  static void readMessagePack(byte[] bytes, TraceBuilder out) throws IOException {
    JsonNode tree;
    try {
      tree = MESSAGE_PACK.readTree(bytes);
    } catch (IOException | MessagePackException e) {
      out.problem("", "is no SimKube trace: " + e);
      return;
    }
    if (!isTrace(tree)) {
      out.problem("", "is no SimKube trace: has no events and config");
      return;
    }
    read(tree, out);
  }

  static void read(JsonNode tree, TraceBuilder out) throws IOException {
    new SimKubeTrace(out, tree.path("pod_lifecycles")).events(tree.path("events"));
  }

  private void events(JsonNode events) throws IOException {
    int k = 0;
    for (JsonNode event : events) {
      String path = "events[" + k++ + "]";
      if (!event.path("ts").isIntegralNumber()) {
        out.problem(path + ".ts", "must be a whole number of seconds");
        continue;
      }
      long at = event.path("ts").longValue() * Times.SECOND;
      for (JsonNode object : event.path("applied_objs")) {
        apply(object, at, path);
      }
      for (JsonNode object : event.path("deleted_objs")) {
        delete(object, at);
      }
    }
    alive.values().forEach(out.pods::addAll);
  }

  private static String key(JsonNode object) {
    JsonNode meta = object.path("metadata");
    return object.path("kind").asText()
        + " "
        + meta.path("namespace").asText()
        + "/"
        + meta.path("name").asText();
  }

  private void apply(JsonNode object, long at, String path) throws IOException {
    List<PodSource> sources = ManifestPods.sources(object, out);
    if (sources.isEmpty()) {
      out.passOver(object.path("kind").asText("object"), 1);
      return;
    }
    PodSource source = sources.getFirst();
    String key = key(object);
    List<long[]> lives = lives(object);
    Deque<TracePod> pods = alive.computeIfAbsent(key, _ -> new ArrayDeque<>());
    if (source.kind().equals("Pod")) {
      if (pods.isEmpty()) {
        pods.add(lives.isEmpty() ? one(source, key, at) : lived(source, key, at, lives.getFirst()));
      }
    } else if (!lives.isEmpty()) {
      for (long[] life : lives.subList(Math.min(pods.size(), lives.size()), lives.size())) {
        pods.add(lived(source, key, life[0], life));
      }
    } else if (source.kind().equals("CronJob")) {
      out.problem(path, "a CronJob without recorded lives makes no pods here: " + key);
    } else {
      scale(pods, source, key, at);
    }
  }

  private void scale(Deque<TracePod> pods, PodSource source, String key, long at) {
    while (pods.size() < source.replicas()) {
      pods.add(one(source, key, at));
    }
    while (pods.size() > source.replicas()) {
      out.pods.add(deleted(pods.removeLast(), at));
    }
  }

  private TracePod one(PodSource source, String key, long at) {
    return ManifestPods.pod(source, made.merge(key, 1, Integer::sum) - 1, at, Times.NONE);
  }

  /** A pod that ran from its recorded start to its recorded end, if that is known. */
  private TracePod lived(PodSource source, String key, long at, long[] life) {
    TracePod pod = one(source, key, at);
    return life[1] == Times.NONE
        ? pod
        : new TracePod(
            pod.pod(),
            pod.object(),
            at,
            Times.NONE,
            "",
            Map.of(TracePod.ALL_APPS, new TracePod.Run(life[1] - life[0], 0)),
            pod.usage());
  }

  private static TracePod deleted(TracePod pod, long at) {
    return new TracePod(
        pod.pod(), pod.object(), pod.arrival(), at, pod.node(), pod.runs(), pod.usage());
  }

  private void delete(JsonNode object, long at) {
    Deque<TracePod> pods = alive.remove(key(object));
    if (pods != null) {
      pods.forEach(pod -> out.pods.add(pod.arrival() <= at ? deleted(pod, at) : pod));
    }
  }

  /** Recorded lives of an object's pods: start and end, the end open where it was not seen. */
  private List<long[]> lives(JsonNode object) {
    JsonNode meta = object.path("metadata");
    String name = "\"" + meta.path("namespace").asText() + "/" + meta.path("name").asText() + "\"]";
    String kind = object.path("kind").asText() + "\"";
    List<long[]> lives = new ArrayList<>();
    lifecycles
        .properties()
        .forEach(entry -> {
          if (entry.getKey().endsWith(name) && entry.getKey().contains("." + kind)) {
            entry.getValue().forEach(list -> list.forEach(life -> lives.add(life(life))));
          }
        });
    return lives;
  }

  private static long[] life(JsonNode life) {
    JsonNode finished = life.path("Finished");
    return finished.size() == 2
        ? new long[] {
          finished.get(0).asLong() * Times.SECOND, finished.get(1).asLong() * Times.SECOND
        }
        : new long[] {life.path("Running").asLong() * Times.SECOND, Times.NONE};
  }
}

package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.EvictionRanking;
import dev.slipway.engine.resources.EvictionRanking.Candidate;
import dev.slipway.engine.resources.EvictionRanking.FsUsage;
import dev.slipway.engine.resources.EvictionRanking.Layout;
import dev.slipway.engine.resources.EvictionRanking.Signal;
import dev.slipway.engine.resources.EvictionRanking.Stats;
import dev.slipway.engine.resources.EvictionThreshold;
import dev.slipway.engine.resources.NodeAllocatable;
import dev.slipway.engine.resources.PodResources;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks of node allocatable, eviction thresholds and eviction order. */
final class NodeChecks {
  private NodeChecks() {}

  static Verdict allocatable(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    JsonNode out = vector.path("out");
    var thresholds = new HashMap<String, EvictionThreshold>();
    in.path("evictionHard")
        .properties()
        .forEach(entry ->
            thresholds.put(entry.getKey(), EvictionThreshold.parse(entry.getValue().asText())));
    var node =
        new NodeAllocatable(
            ResourceJson.amounts(in.path("capacity")),
            ResourceJson.amounts(in.path("kubeReserved")),
            ResourceJson.amounts(in.path("systemReserved")),
            thresholds);
    var comparison =
        new Comparison()
            .add("reservation", out.path("reservation"), ResourceJson.texts(node.reservation()))
            .add("kubepods", out.path("kubepods"), ResourceJson.texts(node.kubepods()))
            .addTexts(
                "invalid",
                String.valueOf(out.path("invalid").asBoolean()),
                String.valueOf(node.isInvalid()));
    CgroupChecks.cgroup(
        comparison, "kubepodsCgroup.", out.path("kubepodsCgroup"), node.kubepodsCgroup());
    return comparison.verdict();
  }

  static Verdict threshold(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    JsonNode out = vector.path("out");
    String text = in.path("text").asText();
    EvictionThreshold threshold;
    try {
      threshold = EvictionThreshold.parse(text);
    } catch (IllegalArgumentException e) {
      // the reference lets this one pass, the engine must not
      boolean refused = out.has("error") || text.toLowerCase(Locale.ROOT).equals("nan%");
      return refused
          ? Verdict.PASSED
          : new Verdict.Failed(out.toString(), String.valueOf(e.getMessage()));
    }
    var comparison = new Comparison().add("error", out.path("error"), null);
    boolean off = threshold instanceof EvictionThreshold.Off;
    comparison.addTexts("none", String.valueOf(out.path("none").asBoolean()), String.valueOf(off));
    if (!off) {
      Quantity capacity = Quantity.of(in.path("capacity").longValue());
      comparison.add("bytes", out.path("bytes"), threshold.of(capacity).value());
    }
    if (threshold instanceof EvictionThreshold.Share share) {
      float recorded = Float.parseFloat(out.path("percentage").asText());
      comparison.addTexts("percentage", String.valueOf(recorded), String.valueOf(share.fraction()));
    }
    return comparison.verdict();
  }

  static Verdict eviction(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    JsonNode out = vector.path("out");
    Signal signal = Signal.of(in.path("signal").asText());
    Layout layout =
        in.path("splitContainerImageFs").asBoolean()
            ? Layout.SPLIT_IMAGE_FS
            : in.path("dedicatedImageFs").asBoolean() ? Layout.DEDICATED_IMAGE_FS : Layout.SHARED;
    List<Candidate> candidates = ResourceJson.list(in.path("pods"), NodeChecks::candidate);
    var requests = new TreeMap<String, Map<String, Long>>();
    for (Candidate candidate : candidates) {
      requests.put(candidate.name(), requests(candidate.pod()));
    }
    return new Comparison()
        .add(
            "order",
            out.path("order"),
            EvictionRanking.order(signal, layout, candidates).stream()
                .map(group -> group.stream().map(Candidate::name).toList())
                .toList())
        .add("requests", out.path("requests"), requests)
        .verdict();
  }

  private static Map<String, Long> requests(PodResources pod) {
    return Map.of(
        "cpu", EvictionRanking.request(pod, "cpu").milliValue(),
        "memory", EvictionRanking.request(pod, "memory").value(),
        "ephemeral-storage", EvictionRanking.request(pod, "ephemeral-storage").value());
  }

  private static Candidate candidate(JsonNode entry) {
    JsonNode pod = entry.path("pod");
    return new Candidate(
        pod.path("metadata").path("name").asText(),
        ResourceJson.importance(pod).priorityOrZero(),
        ResourceJson.pod(pod),
        stats(entry.path("stats"), pod));
  }

  private static @Nullable Stats stats(JsonNode stats, JsonNode pod) {
    if (!ResourceJson.present(stats)) {
      return null;
    }
    long rootBytes = 0;
    long rootInodes = 0;
    long logBytes = 0;
    long logInodes = 0;
    for (JsonNode container : stats.path("containers")) {
      rootBytes += container.path("rootfs").path("usedBytes").longValue();
      rootInodes += container.path("rootfs").path("inodesUsed").longValue();
      logBytes += container.path("logs").path("usedBytes").longValue();
      logInodes += container.path("logs").path("inodesUsed").longValue();
    }
    return new Stats(
        stats.path("memory").path("workingSetBytes").longValue(),
        new FsUsage(rootBytes, rootInodes),
        new FsUsage(logBytes, logInodes),
        localVolumes(stats, pod),
        stats.path("process_stats").path("process_count").longValue());
  }

  private static FsUsage localVolumes(JsonNode stats, JsonNode pod) {
    long bytes = 0;
    long inodes = 0;
    for (JsonNode volume : pod.path("spec").path("volumes")) {
      if (isLocal(volume)) {
        for (JsonNode usage : stats.path("volume")) {
          if (usage.path("name").equals(volume.path("name"))) {
            bytes += usage.path("usedBytes").longValue();
            inodes += usage.path("inodesUsed").longValue();
          }
        }
      }
    }
    return new FsUsage(bytes, inodes);
  }

  private static boolean isLocal(JsonNode volume) {
    boolean inMemory = volume.path("emptyDir").path("medium").asText().equals("Memory");
    return volume.has("hostPath")
        || (volume.has("emptyDir") && !inMemory)
        || volume.has("configMap")
        || volume.has("gitRepo");
  }
}

package dev.slipway.ops.observe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.repair.Anomaly;
import dev.slipway.ingest.repair.AnomalyKind;
import dev.slipway.ingest.service.ObserveListener;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was put right in the feed since this process began: counts, and the latest few of each kind.
 */
final class AnomalyLog implements ObserveListener {
  private static final int SAMPLES_MAX = 5;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<AnomalyKind, Long> counts = new EnumMap<>(AnomalyKind.class);
  private final Map<AnomalyKind, ArrayDeque<Anomaly>> samples = new EnumMap<>(AnomalyKind.class);

  @Override
  public synchronized void anomaly(Anomaly anomaly) {
    counts.merge(anomaly.kind(), 1L, Long::sum);
    var latest = samples.computeIfAbsent(anomaly.kind(), _ -> new ArrayDeque<>(SAMPLES_MAX));
    if (latest.size() == SAMPLES_MAX) {
      latest.removeFirst();
    }
    latest.addLast(anomaly);
  }

  /** {@code {"counts":{KIND:n},"samples":[{...}]}}, the samples of a kind oldest first. */
  synchronized String json() {
    ObjectNode root = MAPPER.createObjectNode();
    ObjectNode byKind = root.putObject("counts");
    counts.forEach((kind, count) -> byKind.put(kind.name(), count));
    ArrayNode list = root.putArray("samples");
    samples.values().stream()
        .flatMap(Collection::stream)
        .forEach(anomaly -> write(anomaly, list.addObject()));
    return root + "\n";
  }

  private static void write(Anomaly anomaly, ObjectNode node) {
    node.put("kind", anomaly.kind().name());
    node.put("namespace", anomaly.subject().namespace());
    node.put("name", anomaly.subject().name());
    node.put("uid", anomaly.subject().uid());
    node.put("detail", anomaly.detail());
    node.put("arrived", Instant.ofEpochMilli(anomaly.arrivalNanos() / Times.MILLI).toString());
    if (anomaly.lateNanos() != Times.NONE) {
      node.put("lateSeconds", anomaly.lateNanos() / (double) Times.SECOND);
    }
  }

  /** One line a kind, with its latest: {@code 3 DUPLICATE, the latest of shop/web version=7}. */
  static List<String> lines(Map<AnomalyKind, Long> counts, List<Anomaly> samples) {
    Map<AnomalyKind, String> latest = new EnumMap<>(AnomalyKind.class);
    for (Anomaly anomaly : samples) {
      String name = anomaly.subject().name().isEmpty() ? "" : " of " + anomaly.subject().key();
      latest.put(anomaly.kind(), ", the latest" + name + ": " + anomaly.detail());
    }
    return counts.entrySet().stream()
        .map(entry ->
            entry.getValue() + " " + entry.getKey() + latest.getOrDefault(entry.getKey(), ""))
        .toList();
  }
}

package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.probe.ProbeRules;
import dev.slipway.engine.probe.ProbeSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which workers exist after each call (prober/workers). */
final class ProberManagerCheck {
  private ProberManagerCheck() {}

  static Verdict workers(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    Map<String, ProbeSimulation> pods = new LinkedHashMap<>();
    in.path("pods")
        .fields()
        .forEachRemaining(e ->
            pods.put(
                e.getKey(),
                new ProbeSimulation(
                    new VectorState(e.getValue()),
                    ProbeSettings.of(ProbeRules.Jitter.NONE),
                    JsonFacts.object(),
                    ProbeSimulation.Listener.NONE)));
    ObjectNode answer = JsonFacts.object();
    ArrayNode lists = answer.putArray("workers");
    for (JsonNode op : in.path("ops")) {
      act(op, pods);
      lists.add(JsonFacts.texts(existing(pods)));
    }
    return JsonFacts.compare(vector.path("out"), answer);
  }

  private static void act(JsonNode op, Map<String, ProbeSimulation> pods) {
    ProbeSimulation pod = pods.get(op.path("pod").asText());
    switch (op.path("op").asText()) {
      case "addPod" -> {
        if (pod != null) {
          pod.ensureProbes(false);
        }
      }
      case "stopLivenessAndStartup" -> {
        if (pod != null) {
          pod.stopLivenessAndStartup();
        }
      }
      case "removePod" -> {
        if (pod != null) {
          pod.stepAll(ContainerEvent.REMOVE_PROBES);
        }
      }
      default -> {
        Set<String> keep = new TreeSet<>();
        op.path("keep").forEach(uid -> keep.add(uid.asText()));
        pods.forEach((uid, other) -> {
          if (!keep.contains(uid)) {
            other.stepAll(ContainerEvent.REMOVE_PROBES);
          }
        });
      }
    }
  }

  private static Set<String> existing(Map<String, ProbeSimulation> pods) {
    Set<String> names = new TreeSet<>();
    pods.forEach((uid, pod) -> {
      var shape = pod.state.pod.shape;
      for (int c = 0; c < shape.ephemeralStart; c++) {
        for (ProbeType type : ProbeType.values()) {
          if (pod.unit(c).worker(type) != null) {
            names.add(uid + "/" + shape.container(c).name() + "/" + type.text());
          }
        }
      }
    });
    return names;
  }
}

package dev.slipway.ingest.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Quantity;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The QoS class the API server stores in a pod's status (rules ). */
public final class PodQos {
  private static final Set<String> COMPUTED = Set.of("cpu", "memory");

  private final Map<String, Quantity> requests = new TreeMap<>();
  private final Map<String, Quantity> limits = new TreeMap<>();
  private boolean guaranteed = true;

  private PodQos() {}

  /** The class by the amounts of the spec: Guaranteed, Burstable or BestEffort. */
  public static String of(JsonNode spec) {
    var qos = new PodQos();
    JsonNode podLevel = spec.path("resources");
    boolean hasPodLevel =
        !podLevel.path("requests").isEmpty() || !podLevel.path("limits").isEmpty();
    if (hasPodLevel) {
      qos.count(podLevel);
    } else {
      spec.path("containers").forEach(container -> qos.count(container.path("resources")));
      spec.path("initContainers").forEach(container -> qos.count(container.path("resources")));
    }
    return qos.qosClass();
  }

  private void count(JsonNode resources) {
    add(requests, Amounts.of(resources.path("requests")));
    Map<String, Quantity> own = Amounts.of(resources.path("limits"));
    var limited = new TreeSet<String>();
    own.forEach((name, amount) -> {
      if (COMPUTED.contains(name) && amount.signum() != 0) {
        limited.add(name);
      }
    });
    add(limits, own);
    guaranteed &= limited.equals(COMPUTED);
  }

  private static void add(Map<String, Quantity> to, Map<String, Quantity> amounts) {
    amounts.forEach((name, amount) -> {
      if (COMPUTED.contains(name) && amount.signum() != 0) {
        to.merge(name, amount, Quantity::add);
      }
    });
  }

  private String qosClass() {
    if (requests.isEmpty() && limits.isEmpty()) {
      return "BestEffort";
    }
    return guaranteed && sameAmounts() ? "Guaranteed" : "Burstable";
  }

  private boolean sameAmounts() {
    return requests.size() == limits.size()
        && requests.entrySet().stream()
            .allMatch(entry -> {
              Quantity limit = limits.get(entry.getKey());
              return limit != null && limit.compareTo(entry.getValue()) == 0;
            });
  }
}

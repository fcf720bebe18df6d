package dev.slipway.engine.scheduling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Services and controllers that are known, for the default spread constraints (K-070 to K-072;
 * source: {@code plugins/helper/spread.go}, 1.37).
 */
final class Workloads {
  private static final String REPLICATION_CONTROLLER = "ReplicationController";
  private static final String HOSTNAME = "kubernetes.io/hostname";
  private static final String ZONE = "topology.kubernetes.io/zone";
  private static final int HOSTNAME_SKEW = 3;
  private static final int ZONE_SKEW = 5;

  private record ControllerKey(String namespace, ControllerRef controller) {}

  private final Map<String, Map<String, Map<String, String>>> services = new HashMap<>();
  private final Map<ControllerKey, LabelSelector> controllers = new HashMap<>();
  private long version;

  long version() {
    return version;
  }

  void putService(String namespace, String name, Map<String, String> selector) {
    version++;
    services.computeIfAbsent(namespace, _ -> new TreeMap<>()).put(name, Map.copyOf(selector));
  }

  void removeService(String namespace, String name) {
    version++;
    Map<String, Map<String, String>> ofNamespace = services.get(namespace);
    if (ofNamespace != null) {
      ofNamespace.remove(name);
    }
  }

  void putController(String namespace, ControllerRef controller, LabelSelector selector) {
    LabelSelector before = controllers.put(new ControllerKey(namespace, controller), selector);
    if (!selector.equals(before)) {
      version++;
    }
  }

  void removeController(String namespace, ControllerRef controller) {
    if (controllers.remove(new ControllerKey(namespace, controller)) != null) {
      version++;
    }
  }

  /** The system's constraints for a pod that has none of its own; empty if nothing owns it. */
  List<SpreadConstraint> defaultConstraints(SchedulingSpec spec) {
    LabelSelector selector = selector(spec);
    return selector.isEmpty()
        ? List.of()
        : List.of(
            SpreadConstraint.of(HOSTNAME_SKEW, HOSTNAME, false, selector),
            SpreadConstraint.of(ZONE_SKEW, ZONE, false, selector));
  }

  private LabelSelector selector(SchedulingSpec spec) {
    var pairs = new TreeMap<String, String>();
    services
        .getOrDefault(spec.namespace(), Map.of())
        .values()
        .forEach(selector -> {
          if (LabelSelector.of(selector).matches(spec.labels())) {
            pairs.putAll(selector);
          }
        });
    ControllerRef controller = spec.controller();
    @Nullable LabelSelector owner =
        controller == null
            ? null
            : controllers.get(new ControllerKey(spec.namespace(), controller));
    if (controller == null || owner == null || !known(controller)) {
      return LabelSelector.of(pairs);
    }
    if (controller.kind().equals(REPLICATION_CONTROLLER)) {
      pairs.putAll(owner.matchLabels());
      return LabelSelector.of(pairs);
    }
    var requirements = new ArrayList<LabelRequirement>();
    owner
        .matchLabels()
        .forEach((key, value) ->
            requirements.add(
                new LabelRequirement(key, LabelRequirement.Operator.IN, List.of(value))));
    requirements.addAll(owner.expressions());
    return LabelSelector.of(pairs).and(requirements);
  }

  /** The kinds the reference looks up, in exactly these versions. */
  private static boolean known(ControllerRef controller) {
    return switch (controller.kind()) {
      case REPLICATION_CONTROLLER -> controller.apiVersion().equals("v1");
      case "ReplicaSet", "StatefulSet" -> controller.apiVersion().equals("apps/v1");
      default -> false;
    };
  }
}

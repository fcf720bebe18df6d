package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which QoS class a pod has (rules; source: {@code helper/qos/qos.go}, 1.37). */
public final class QosRules {
  private QosRules() {}

  /** The stored class if there is one, else the computed one. */
  public static QosClass of(PodResources pod) {
    QosClass stored = pod.status().qosClass();
    return stored != null ? stored : compute(pod);
  }

  /** The class the spec makes. */
  public static QosClass compute(PodResources pod) {
    Resources podLevel = pod.podLevel();
    if (podLevel != null && pod.hasPodLevel()) {
      return classOf(podLevel);
    }
    QosClass shared = common(pod.containers(), null);
    shared = common(pod.initContainers(), shared);
    return shared == null ? QosClass.BEST_EFFORT : shared;
  }

  /** The class all containers share, Burstable as soon as two differ. */
  private static @Nullable QosClass common(
      List<ContainerResources> containers, @Nullable QosClass before) {
    QosClass shared = before;
    for (int i = 0; i < containers.size(); i++) {
      QosClass own = classOf(containers.get(i).resources());
      if (shared != null && shared != own) {
        return QosClass.BURSTABLE;
      }
      shared = own;
    }
    return shared;
  }

  private static QosClass classOf(Resources resources) {
    QosClass cpu = classOf(resources, ResourceNames.CPU);
    QosClass memory = classOf(resources, ResourceNames.MEMORY);
    return cpu == memory ? cpu : QosClass.BURSTABLE;
  }

  private static QosClass classOf(Resources resources, String name) {
    Quantity request = resources.requests().getOrZero(name);
    Quantity limit = resources.limits().getOrZero(name);
    if (!request.equals(limit)) {
      return QosClass.BURSTABLE;
    }
    return request.isZero() ? QosClass.BEST_EFFORT : QosClass.GUARANTEED;
  }
}

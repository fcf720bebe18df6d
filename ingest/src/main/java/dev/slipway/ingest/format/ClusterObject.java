package dev.slipway.ingest.format;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.resources.LimitRange;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceQuota;
import java.util.List;
import java.util.Map;

/** An object other than a pod, with the fields sums and rules read. */
public sealed interface ClusterObject {
  ObjectMeta metadata();

  ObjectKind kind();

  /**
   * A node.
   *
   * @param ready condition {@code Ready} is True
   */
  record NodeObject(
      ObjectMeta metadata,
      boolean unschedulable,
      List<Taint> taints,
      ResourceList capacity,
      ResourceList allocatable,
      boolean ready)
      implements ClusterObject {
    public NodeObject {
      taints = List.copyOf(taints);
    }

    @Override
    public ObjectKind kind() {
      return ObjectKind.NODE;
    }
  }

  /** An entry of {@code spec.taints}. */
  record Taint(String key, String value, String effect) {}

  /**
   * A quota.
   *
   * @param hard {@code spec.hard}, which the status follows
   */
  record QuotaObject(ObjectMeta metadata, ResourceList hard, ResourceQuota quota)
      implements ClusterObject {
    @Override
    public ObjectKind kind() {
      return ObjectKind.RESOURCE_QUOTA;
    }
  }

  /** A limit range. */
  record LimitRangeObject(ObjectMeta metadata, LimitRange limits) implements ClusterObject {
    @Override
    public ObjectKind kind() {
      return ObjectKind.LIMIT_RANGE;
    }
  }

  /**
   * A namespace.
   *
   * @param phase Active or Terminating
   */
  record NamespaceObject(ObjectMeta metadata, String phase) implements ClusterObject {
    @Override
    public ObjectKind kind() {
      return ObjectKind.NAMESPACE;
    }
  }

  /** A runtime class with what its pods cost beside their containers. */
  record RuntimeClassObject(
      ObjectMeta metadata, String handler, ResourceList overhead, Map<String, String> nodeSelector)
      implements ClusterObject {
    public RuntimeClassObject {
      nodeSelector = Map.copyOf(nodeSelector);
    }

    @Override
    public ObjectKind kind() {
      return ObjectKind.RUNTIME_CLASS;
    }
  }

  /** A priority class. */
  record PriorityClassObject(
      ObjectMeta metadata, int value, boolean globalDefault, String preemptionPolicy)
      implements ClusterObject {
    @Override
    public ObjectKind kind() {
      return ObjectKind.PRIORITY_CLASS;
    }
  }
}

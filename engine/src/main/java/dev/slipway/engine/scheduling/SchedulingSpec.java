package dev.slipway.engine.scheduling;

import dev.slipway.engine.resources.PodResources;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the scheduler reads of a pod but who it is. Pods of one template share one: compare by
 * value, hash computed once. {@link SchedulingSpecs} keeps one instance of each.
 */
public final class SchedulingSpec {
  private final Parts parts;
  private final int hash;

  private record Parts(
      String namespace,
      Map<String, String> labels,
      @Nullable ControllerRef controller,
      NodeRules nodeRules,
      PodAffinity affinity,
      PodAffinity antiAffinity,
      List<SpreadConstraint> spread,
      List<HostPort> hostPorts,
      List<String> images,
      int imageCount,
      int priority,
      boolean neverPreempts,
      List<String> gates,
      PodNeeds needs) {}

  /**
   * What a pod asks of nodes as such.
   *
   * @param nodeName {@code spec.nodeName}, empty if none
   * @param nodeSelector null where absent
   */
  record NodeRules(
      String nodeName,
      @Nullable Map<String, String> nodeSelector,
      NodeAffinity affinity,
      List<Toleration> tolerations) {}

  private SchedulingSpec(Parts parts) {
    this.parts = parts;
    this.hash = parts.hashCode();
  }

  /** A builder of a pod without labels, requests and wishes. */
  public static Builder builder(String namespace) {
    return new Builder(namespace);
  }

  public String namespace() {
    return parts.namespace;
  }

  public Map<String, String> labels() {
    return parts.labels;
  }

  /** The owner marked as controller, null if there is none. */
  @Nullable ControllerRef controller() {
    return parts.controller;
  }

  NodeRules nodeRules() {
    return parts.nodeRules;
  }

  public String nodeName() {
    return parts.nodeRules.nodeName();
  }

  public @Nullable Map<String, String> nodeSelector() {
    return parts.nodeRules.nodeSelector();
  }

  public NodeAffinity nodeAffinity() {
    return parts.nodeRules.affinity();
  }

  public List<Toleration> tolerations() {
    return parts.nodeRules.tolerations();
  }

  public PodAffinity affinity() {
    return parts.affinity;
  }

  public PodAffinity antiAffinity() {
    return parts.antiAffinity;
  }

  public List<SpreadConstraint> spread() {
    return parts.spread;
  }

  public List<HostPort> hostPorts() {
    return parts.hostPorts;
  }

  /** Image names as nodes report them, one for each use (K-083). */
  public List<String> images() {
    return parts.images;
  }

  /** Number of init containers, app containers and image volumes (K-082). */
  public int imageCount() {
    return parts.imageCount;
  }

  /** 0 where unset. */
  public int priority() {
    return parts.priority;
  }

  /** {@code preemptionPolicy: Never}. */
  public boolean neverPreempts() {
    return parts.neverPreempts;
  }

  /** Names of its scheduling gates. */
  public List<String> gates() {
    return parts.gates;
  }

  public PodNeeds needs() {
    return parts.needs;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof SchedulingSpec spec && hash == spec.hash && parts.equals(spec.parts));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return parts.toString();
  }

  /** A builder that begins with this spec's values. */
  public Builder toBuilder() {
    Builder builder = new Builder(parts.namespace);
    builder.labels = parts.labels;
    builder.controller = parts.controller;
    builder.nodeName = parts.nodeRules.nodeName();
    builder.nodeSelector = parts.nodeRules.nodeSelector();
    builder.nodeAffinity = parts.nodeRules.affinity();
    builder.tolerations = parts.nodeRules.tolerations();
    builder.affinity = parts.affinity;
    builder.antiAffinity = parts.antiAffinity;
    builder.spread = parts.spread;
    builder.hostPorts = parts.hostPorts;
    builder.images = parts.images;
    builder.imageCount = parts.imageCount;
    builder.priority = parts.priority;
    builder.neverPreempts = parts.neverPreempts;
    builder.gates = parts.gates;
    builder.needs = parts.needs;
    return builder;
  }

  /** Collects the parts of a spec. */
  public static final class Builder {
    private final String namespace;
    private Map<String, String> labels = Map.of();
    private @Nullable ControllerRef controller;
    private String nodeName = "";
    private @Nullable Map<String, String> nodeSelector;
    private NodeAffinity nodeAffinity = NodeAffinity.NONE;
    private List<Toleration> tolerations = List.of();
    private PodAffinity affinity = PodAffinity.NONE;
    private PodAffinity antiAffinity = PodAffinity.NONE;
    private List<SpreadConstraint> spread = List.of();
    private List<HostPort> hostPorts = List.of();
    private List<String> images = List.of();
    private int imageCount = 1;
    private int priority;
    private boolean neverPreempts;
    private List<String> gates = List.of();
    private PodNeeds needs = PodNeeds.NOTHING;

    private Builder(String namespace) {
      this.namespace = namespace;
    }

    public Builder labels(Map<String, String> value) {
      labels = Map.copyOf(value);
      return this;
    }

    /** The owner with {@code controller: true}. */
    public Builder controller(@Nullable ControllerRef value) {
      controller = value;
      return this;
    }

    public Builder nodeName(String value) {
      nodeName = value;
      return this;
    }

    public Builder nodeSelector(@Nullable Map<String, String> value) {
      nodeSelector = value == null ? null : Map.copyOf(value);
      return this;
    }

    public Builder nodeAffinity(NodeAffinity value) {
      nodeAffinity = value;
      return this;
    }

    public Builder tolerations(List<Toleration> value) {
      tolerations = List.copyOf(value);
      return this;
    }

    public Builder affinity(PodAffinity value) {
      affinity = value;
      return this;
    }

    public Builder antiAffinity(PodAffinity value) {
      antiAffinity = value;
      return this;
    }

    public Builder spread(List<SpreadConstraint> value) {
      spread = List.copyOf(value);
      return this;
    }

    public Builder hostPorts(List<HostPort> value) {
      hostPorts = List.copyOf(value);
      return this;
    }

    /**
     * Images by the names written in the spec.
     *
     * @param count number of init containers, app containers and image volumes
     */
    public Builder images(List<String> names, int count) {
      images = names.stream().map(Builder::withTag).toList();
      imageCount = count;
      return this;
    }

    /** A name without tag or digest means {@code :latest}. */
    private static String withTag(String name) {
      return name.lastIndexOf(':') <= name.lastIndexOf('/') ? name + ":latest" : name;
    }

    public Builder priority(int value) {
      priority = value;
      return this;
    }

    public Builder neverPreempts(boolean value) {
      neverPreempts = value;
      return this;
    }

    public Builder gates(List<String> value) {
      gates = List.copyOf(value);
      return this;
    }

    public Builder resources(PodResources value) {
      needs = PodNeeds.of(value);
      return this;
    }

    public Builder needs(PodNeeds value) {
      needs = value;
      return this;
    }

    /** The spec. */
    public SchedulingSpec build() {
      return new SchedulingSpec(
          new Parts(
              namespace,
              labels,
              controller,
              new NodeRules(nodeName, nodeSelector, nodeAffinity, tolerations),
              affinity,
              antiAffinity,
              spread,
              hostPorts,
              images,
              imageCount,
              priority,
              neverPreempts,
              gates,
              needs));
    }
  }
}

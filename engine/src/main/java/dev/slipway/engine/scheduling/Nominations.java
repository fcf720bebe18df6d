package dev.slipway.engine.scheduling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which waiting pods have a node in mind (K-015 to K-018; source: {@code
 * backend/queue/nominator.go}, 1.37). One node per pod.
 */
public final class Nominations {
  private final Map<String, String> nodes = new HashMap<>();
  private final Map<String, List<SchedulingPod>> pods = new HashMap<>();

  public boolean isEmpty() {
    return nodes.isEmpty();
  }

  /** A pod entered the queue or is kept as it is: its own nominatedNodeName counts. */
  public void add(SchedulingPod pod) {
    set(pod, pod.nominatedNode());
  }

  /** Overwrites what is known of the pod; an empty name clears it. */
  public void set(SchedulingPod pod, String node) {
    clear(pod.uid());
    if (!node.isEmpty()) {
      nodes.put(pod.uid(), node);
      pods.computeIfAbsent(node, _ -> new ArrayList<>()).add(pod);
    }
  }

  /** The object changed; where neither has a name the remembered node is kept. */
  public void update(SchedulingPod old, SchedulingPod pod) {
    boolean keeps = old.nominatedNode().isEmpty() && pod.nominatedNode().isEmpty();
    String remembered = keeps ? nodes.getOrDefault(old.uid(), "") : pod.nominatedNode();
    clear(old.uid());
    set(pod, remembered);
  }

  /** The pod was deleted or got its node. */
  public void clear(String uid) {
    String node = nodes.remove(uid);
    List<SchedulingPod> there = node == null ? null : pods.get(node);
    if (node != null && there != null) {
      there.removeIf(pod -> pod.uid().equals(uid));
      if (there.isEmpty()) {
        pods.remove(node);
      }
    }
  }

  /** Node the pod is nominated for, empty if none. */
  public String node(String uid) {
    return nodes.getOrDefault(uid, "");
  }

  /** Pods nominated for a node, oldest nomination first. */
  public List<SchedulingPod> on(String node) {
    return pods.getOrDefault(node, List.of());
  }

  /** All of them by node name. */
  public Map<String, List<SchedulingPod>> all() {
    return new TreeMap<>(pods);
  }
}

package dev.slipway.ops.pods;

import dev.slipway.engine.api.Pod;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The pods there are, by uid. Written by whoever learns of a change, read by anybody. */
public final class PodLines {
  private final Map<String, PodLine> lines = new ConcurrentHashMap<>();

  /** The pod is new or changed. */
  public void put(Pod pod) {
    put(PodLine.of(pod));
  }

  void put(PodLine line) {
    lines.put(line.uid(), line);
  }

  /** The pod's object is gone. */
  public void remove(String uid) {
    lines.remove(uid);
  }

  /** The pod's line, null if there is none. */
  public @Nullable PodLine get(String uid) {
    return lines.get(uid);
  }

  /** Of one namespace, or of all if it is empty, in the order of their names. */
  public List<PodLine> list(String namespace) {
    return lines.values().stream()
        .filter(line -> namespace.isEmpty() || line.namespace().equals(namespace))
        .sorted(PodLine.BY_NAME)
        .toList();
  }
}

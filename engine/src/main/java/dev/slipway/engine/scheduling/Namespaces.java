package dev.slipway.engine.scheduling;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Labels of the namespaces that are known. */
final class Namespaces {
  private final Map<String, Map<String, String>> labels = new HashMap<>();

  /** Labels of a namespace, null if there is no such object. */
  @Nullable Map<String, String> labels(String namespace) {
    return labels.get(namespace);
  }

  /** False if nothing changed. */
  boolean put(String namespace, Map<String, String> newLabels) {
    return !newLabels.equals(labels.put(namespace, Map.copyOf(newLabels)));
  }

  boolean remove(String namespace) {
    return labels.remove(namespace) != null;
  }
}

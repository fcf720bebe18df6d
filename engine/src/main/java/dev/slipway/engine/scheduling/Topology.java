package dev.slipway.engine.scheduling;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The domains of one topology key: a number for each value of the label, by node slot. */
final class Topology {
  /** A node without the label. */
  static final int NONE = -1;

  private final String key;
  private final Map<String, Integer> values = new HashMap<>();
  private int[] domains;

  Topology(String key, int capacity) {
    this.key = key;
    this.domains = new int[capacity];
    Arrays.fill(domains, NONE);
  }

  String key() {
    return key;
  }

  /** Domain of the node in that slot, {@link #NONE} if it lacks the key. */
  int domain(int slot) {
    return domains[slot];
  }

  /** Domains are numbered from 0 to one less than this. */
  int domainCount() {
    return values.size();
  }

  void grow(int capacity) {
    int old = domains.length;
    domains = Arrays.copyOf(domains, capacity);
    Arrays.fill(domains, old, capacity, NONE);
  }

  void put(int slot, Map<String, String> labels) {
    String value = labels.get(key);
    domains[slot] = value == null ? NONE : values.computeIfAbsent(value, _ -> values.size());
  }

  void remove(int slot) {
    domains[slot] = NONE;
  }
}

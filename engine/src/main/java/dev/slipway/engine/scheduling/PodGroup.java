package dev.slipway.engine.scheduling;

import java.util.Map;

/** All pods of one namespace with the same labels: how many are on which node. */
final class PodGroup {
  final String namespace;
  final Map<String, String> labels;

  /** Pods without a deletionTimestamp, and those with one. */
  final SparseCounts alive = new SparseCounts();

  final SparseCounts terminating = new SparseCounts();

  /** Templates that use it; without any it is dead and matchers forget it. */
  int references;

  boolean dead;

  PodGroup(String namespace, Map<String, String> labels) {
    this.namespace = namespace;
    this.labels = labels;
  }
}

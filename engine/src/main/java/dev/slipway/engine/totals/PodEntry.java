package dev.slipway.engine.totals;

import dev.slipway.engine.api.PodPhase;

/** One pod's place in the totals: what it has added so far, so that a change costs no look-up. */
public final class PodEntry {
  final int namespace;
  final int qos;
  final int owner;
  final int priority;
  final int quota;
  int node;
  PodPhase phase = PodPhase.PENDING;
  boolean ready;
  boolean charged;
  long restarts;
  Contribution resources = Contribution.NONE;
  Contribution charge = Contribution.NONE;
  boolean present = true;

  PodEntry(int namespace, int qos, int owner, int priority, int quota, int node) {
    this.namespace = namespace;
    this.qos = qos;
    this.owner = owner;
    this.priority = priority;
    this.quota = quota;
    this.node = node;
  }
}

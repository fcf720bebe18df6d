package dev.slipway.engine.totals;

import dev.slipway.engine.api.PodPhase;

/**
 * One pod's place in the totals: what it has added so far, so that a change costs no look-up. Kept
 * to 32 bytes: with millions of pods the next event hits one that is in no cache, and reading this
 * is the price.
 */
public final class PodEntry {
  final int cohort;
  int node;
  long restarts;
  Contribution contribution = Contribution.NONE;
  byte phase = (byte) PodPhase.PENDING.ordinal();
  boolean ready;
  boolean charged;
  boolean present = true;

  PodEntry(int cohort, int node) {
    this.cohort = cohort;
    this.node = node;
  }
}

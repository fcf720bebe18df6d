package dev.slipway.engine.scheduling;

/**
 * The pods on nodes that carry one affinity or anti-affinity term, by node: what a term of theirs
 * means for an incoming pod (K-078, K-080).
 */
final class TermCarriers {
  final Key key;
  final SparseCounts counts = new SparseCounts();

  /** Templates that carry the term. */
  int references;

  /**
   * A term with what it does.
   *
   * @param filters a required anti-affinity term; else it scores
   * @param weight added per pod to the score, negative for anti-affinity
   */
  record Key(ResolvedTerm term, String topologyKey, boolean filters, int weight) {}

  TermCarriers(Key key) {
    this.key = key;
  }
}

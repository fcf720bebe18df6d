package dev.slipway.engine.scheduling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One term of pod affinity or anti-affinity (K-073).
 *
 * @param selector null selects no pod
 * @param namespaceSelector null selects no namespace
 */
public record PodTerm(
    String topologyKey,
    @Nullable LabelSelector selector,
    List<String> namespaces,
    @Nullable LabelSelector namespaceSelector) {
  public PodTerm {
    namespaces = List.copyOf(namespaces);
  }

  /** A term about pods of the owner's own namespace. */
  public static PodTerm of(String topologyKey, LabelSelector selector) {
    return new PodTerm(topologyKey, selector, List.of(), null);
  }

  /** A preferred term. */
  public record Weighted(int weight, PodTerm term) {}
}

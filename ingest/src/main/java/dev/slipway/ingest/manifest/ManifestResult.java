package dev.slipway.ingest.manifest;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a reading of manifests brought.
 *
 * @param pods everything that carries a pod, in the order of the text
 * @param passedOver how many objects of which other kinds there were
 * @param problems everything wrong, in the order of the text
 */
public record ManifestResult(
    List<PodSource> pods, SortedMap<String, Integer> passedOver, List<Problem> problems) {
  public ManifestResult {
    pods = List.copyOf(pods);
    passedOver = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(passedOver));
    problems = List.copyOf(problems);
  }
}

package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;
import java.util.List;

/**
 * A quota of a namespace.
 *
 * @param scopes all must match
 * @param hard {@code status.hard}
 * @param used {@code status.used}
 */
public record ResourceQuota(
    String name, List<QuotaScope> scopes, ResourceList hard, ResourceList used) {
  public ResourceQuota {
    scopes = List.copyOf(scopes);
  }

  /**
   * Whether the quota counts this pod: it tracks at least one name of pods, and every scope
   * matches.
   */
  public QuotaScope.Match match(QuotaPod pod) {
    boolean matches = !QuotaUsage.tracked(hard).isEmpty();
    for (QuotaScope scope : scopes) {
      QuotaScope.Match match = scope.match(pod);
      if (!match.error().isEmpty()) {
        return match;
      }
      matches &= match.matches();
    }
    return QuotaScope.Match.of(matches);
  }

  /**
   * A recount: what those of the pods use that the quota counts, zero for names nobody uses
   * (R-098).
   */
  public ResourceList recount(List<QuotaPod> pods, long now) {
    var sums = new ResourceSums(hard.size());
    List<String> tracked = QuotaUsage.tracked(hard);
    for (String name : tracked) {
      sums.put(name, Quantity.ZERO);
    }
    for (QuotaPod pod : pods) {
      if (match(pod).matches()) {
        ResourceList usage = QuotaUsage.of(pod, now);
        for (String name : tracked) {
          sums.add(name, usage.getOrZero(name));
        }
      }
    }
    return sums.toList();
  }
}

package dev.slipway.engine.totals;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.QuotaUsage;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceQuota;
import java.util.List;
import java.util.TreeMap;

/** What quotas charge at one moment, for any quota anybody asks about. */
public final class QuotaImage {
  private static final String REQUESTS = "requests.";
  private static final String LIMITS = "limits.";

  private final Columns columns;
  private final GroupRows<QuotaGroup> groups;

  QuotaImage(Columns columns, GroupRows<QuotaGroup> groups) {
    this.columns = columns;
    this.groups = groups;
  }

  /**
   * Used amounts of a quota of that namespace: its tracked names, zero for those nobody uses
   * (R-098).
   */
  public ResourceList used(String namespace, ResourceQuota quota) {
    List<String> tracked = QuotaUsage.tracked(quota.hard());
    var used = new TreeMap<String, Quantity>();
    tracked.forEach(name -> used.put(name, Quantity.ZERO));
    for (QuotaGroup group : groups.ids().keySet()) {
      if (group.namespace().equals(namespace) && group.matches(quota.scopes())) {
        long[] row = groups.row(group);
        for (String name : tracked) {
          used.merge(name, charged(row, name), Quantity::add);
        }
      }
    }
    return ResourceList.of(used);
  }

  private Quantity charged(long[] row, String name) {
    if (name.equals(QuotaUsage.COUNT_PODS)) {
      return Quantity.of(new GroupTotals(columns, row).pods());
    }
    if (name.equals("pods")) {
      return Quantity.of(new GroupTotals(columns, row).charged());
    }
    if (name.startsWith(LIMITS)) {
      return GroupTotals.amount(
          columns, row, name.substring(LIMITS.length()), Columns.Measure.CHARGED_LIMIT);
    }
    String plain = name.startsWith(REQUESTS) ? name.substring(REQUESTS.length()) : name;
    return GroupTotals.amount(columns, row, plain, Columns.Measure.CHARGED_REQUEST);
  }
}

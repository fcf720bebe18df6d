package dev.slipway.engine.totals;

import java.util.SortedSet;
import java.util.TreeSet;

/** All groups of one grouping at one moment. */
public final class GroupImages {
  private final Columns columns;
  private final GroupRows<String> groups;

  GroupImages(Columns columns, GroupRows<String> groups) {
    this.columns = columns;
    this.groups = groups;
  }

  /** Names of groups that have pods. */
  public SortedSet<String> names() {
    return new TreeSet<>(groups.ids().keySet());
  }

  public int size() {
    return groups.ids().size();
  }

  /** The totals of a group; all zero if it has no pods. */
  public GroupTotals get(String name) {
    return new GroupTotals(columns, groups.row(name));
  }
}

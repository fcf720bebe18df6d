package dev.slipway.engine.totals;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** All groups of one grouping at one moment. */
public final class GroupImages {
  private final Columns columns;
  private final Map<String, Integer> ids;
  private final long[][] rows;

  GroupImages(Columns columns, Map<String, Integer> ids, long[][] rows) {
    this.columns = columns;
    this.ids = ids;
    this.rows = rows;
  }

  /** Names of groups any pod has ever been in. */
  public SortedSet<String> names() {
    return new TreeSet<>(ids.keySet());
  }

  public int size() {
    return ids.size();
  }

  /** The totals of a group; all zero if no pod has ever been in it. */
  public GroupTotals get(String name) {
    Integer id = ids.get(name);
    return new GroupTotals(columns, id == null ? new long[0] : rows[id]);
  }
}

package dev.slipway.engine.totals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Sums by node: changes of a node meet in one row and reach its group when an image is made. */
final class Nodes {
  final Pending pending = new Pending();
  final Groups<String> groups = new Groups<>();

  private final Map<String, Integer> ids = new HashMap<>();
  private String[] names = new String[8];
  private long[] pods = new long[8];

  int idOf(String name) {
    Integer known = ids.get(name);
    if (known != null) {
      return known;
    }
    int id = pending.take();
    if (id >= names.length) {
      names = Arrays.copyOf(names, Math.max(id + 1, names.length * 2));
      pods = Arrays.copyOf(pods, names.length);
    }
    names[id] = name;
    ids.put(name, id);
    return id;
  }

  /** Passes all changes on and lets go of nodes without pods. */
  void fold() {
    for (int i = 0; i < pending.markedCount(); i++) {
      int id = pending.marked(i);
      groups.add(groups.idOf(names[id]), pending, id);
      pods[id] += pending.chunk(id)[Pending.offset(id) + Columns.PODS];
      pending.clear(id);
      if (pods[id] == 0) {
        drop(id);
      }
    }
    pending.unmarkAll();
  }

  @SuppressWarnings("NullAway") // the place of a free id is not read
  private void drop(int id) {
    ids.remove(names[id]);
    names[id] = null;
    pending.release(id);
  }
}

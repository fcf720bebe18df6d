package dev.slipway.bench.kill;

import dev.slipway.ingest.service.Output;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds what a killed run wrote against what an undisturbed one did. Streams are compared record by
 * record per key. Of totals and state only the last value of each key is: when they are written in
 * between depends on when a transaction ends.
 */
public final class Comparison {
  private static final Set<Output> LAST_ONLY = Set.of(Output.TOTALS, Output.POD_STATE);

  private static final int SHOWN_MAX = 20;

  long records;
  long lost;
  long duplicated;
  long different;
  final StringBuilder shown = new StringBuilder();
  private int showing;

  private Comparison() {}

  /** Holds what the second wrote against the first. */
  public static Comparison of(Outputs calm, Outputs killed) {
    var comparison = new Comparison();
    for (Output output : Output.values()) {
      Set<String> keys = new HashSet<>(calm.of(output).keySet());
      keys.addAll(killed.of(output).keySet());
      for (String key : keys) {
        List<Outputs.Value> want = calm.of(output).getOrDefault(key, List.of());
        List<Outputs.Value> have = killed.of(output).getOrDefault(key, List.of());
        if (LAST_ONLY.contains(output)) {
          comparison.last(output, key, want, have);
        } else {
          comparison.all(output, key, want, have);
        }
      }
    }
    return comparison;
  }

  /** Nothing is lost, doubled or different. */
  public boolean exact() {
    return lost + duplicated + different == 0;
  }

  @Override
  public String toString() {
    return "records %d, lost %d, duplicated %d, different %d%n%s"
        .formatted(records, lost, duplicated, different, shown);
  }

  private void last(Output output, String key, List<Outputs.Value> want, List<Outputs.Value> have) {
    records++;
    boolean wanted = !want.isEmpty() && want.getLast().value().length > 0;
    boolean has = !have.isEmpty() && have.getLast().value().length > 0;
    if (wanted && !has) {
      lost++;
      show("lost", output, key);
    } else if (!wanted && has) {
      duplicated++;
      show("not gone", output, key);
    } else if (wanted && !want.getLast().equals(have.getLast())) {
      different++;
      show("different", output, key);
    }
  }

  private void all(Output output, String key, List<Outputs.Value> want, List<Outputs.Value> have) {
    records += want.size();
    if (want.equals(have)) {
      return;
    }
    Map<Outputs.Value, Integer> counts = new HashMap<>();
    want.forEach(value -> counts.merge(value, 1, Integer::sum));
    Set<Outputs.Value> known = new HashSet<>(counts.keySet());
    have.forEach(value -> counts.merge(value, -1, Integer::sum));
    long off = 0;
    for (Map.Entry<Outputs.Value, Integer> entry : counts.entrySet()) {
      int missing = entry.getValue();
      off += Math.abs(missing);
      lost += Math.max(0, missing);
      if (known.contains(entry.getKey())) {
        duplicated += Math.max(0, -missing);
      } else {
        different += Math.max(0, -missing);
      }
    }
    if (off == 0) {
      different++;
    }
    show("want " + want.size() + " records, have " + have.size(), output, key);
  }

  private void show(String what, Output output, String key) {
    if (showing++ < SHOWN_MAX) {
      shown.append(output).append(' ').append(key).append(": ").append(what).append('\n');
    }
  }
}

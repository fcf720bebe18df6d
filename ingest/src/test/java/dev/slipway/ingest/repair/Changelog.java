package dev.slipway.ingest.repair;

import dev.slipway.ingest.format.PodRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a repair writes down, as a compacted topic keeps it, and a repair made of it again. */
final class Changelog {
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(String key, boolean pod, byte @Nullable [] value) {}

  void save(FeedRepair repair) {
    repair.takeChanged(
        identity -> entries.add(new Entry(identity, true, repair.track(identity).orElse(null))));
    repair.save((key, value) -> entries.add(new Entry(key, false, value)));
  }

  FeedRepair restore(RepairLimits limits, Map<String, PodRef> called) {
    FeedRepair repair = FeedRepair.create(limits);
    for (Entry entry : entries) {
      if (entry.pod) {
        PodRef unknown = new PodRef(entry.key, "", "");
        repair.restoreTrack(called.getOrDefault(entry.key, unknown), entry.value);
      } else {
        repair.restore(entry.key, entry.value);
      }
    }
    repair.restored();
    return repair;
  }

  /** The last value of every key. */
  Map<String, String> last() {
    Map<String, String> last = new TreeMap<>();
    for (Entry entry : entries) {
      if (entry.value == null) {
        last.remove(entry.key);
      } else {
        boolean text = entry.value.length > 0 && entry.value[0] == '{';
        last.put(
            entry.key,
            text
                ? new String(entry.value, StandardCharsets.UTF_8)
                : Base64.getEncoder().encodeToString(entry.value));
      }
    }
    return last;
  }
}

package dev.slipway.ops.pods;

import dev.slipway.engine.observe.Finding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The findings reported last, of all pods together; older ones are forgotten. */
final class RecentFindings {
  /** About a KiB each with its evidence: some megabytes, however many pods there are. */
  static final int FINDINGS_MAX = 1 << 13;

  private final @Nullable Reported[] ring = new Reported[FINDINGS_MAX];
  private long count;

  private record Reported(String identity, Finding finding) {}

  synchronized void add(String identity, Finding finding) {
    ring[(int) (count++ % FINDINGS_MAX)] = new Reported(identity, finding);
  }

  /** Those of one pod, oldest first. */
  synchronized List<Finding> of(String identity) {
    List<Finding> found = new ArrayList<>();
    for (long k = Math.max(0, count - FINDINGS_MAX); k < count; k++) {
      Reported reported = ring[(int) (k % FINDINGS_MAX)];
      if (reported != null && reported.identity.equals(identity)) {
        found.add(reported.finding);
      }
    }
    return found;
  }
}

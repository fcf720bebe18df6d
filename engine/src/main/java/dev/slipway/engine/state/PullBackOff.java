package dev.slipway.engine.state;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Image pull back-off of one pod (rule L-331): per image the delay in force and the last failed
 * pull.
 */
public final class PullBackOff {
  private static final long SECOND = 1_000_000_000L;
  private static final long FIRST = 10 * SECOND;
  private static final long CAP = 300 * SECOND;
  private static final long FORGET_AFTER = 600 * SECOND;

  private record Entry(long delay, long updated, String error) {}

  private final Map<String, Entry> entries = new HashMap<>();

  /** True while pulls of that image are refused. */
  public boolean refuses(String image, long now) {
    Entry entry = entries.get(image);
    return entry != null && !forgotten(entry, now) && now - entry.updated < entry.delay;
  }

  /**
   * A pull of that image failed.
   *
   * @param error reason and message of the failure
   */
  public void failed(String image, String error, long now) {
    Entry entry = entries.get(image);
    long delay = entry == null || forgotten(entry, now) ? FIRST : Math.min(2 * entry.delay, CAP);
    entries.put(image, new Entry(delay, now, error));
  }

  /** What the last failed pull of that image said, empty if none failed. */
  public String lastError(String image) {
    Entry entry = entries.get(image);
    return entry == null ? "" : entry.error;
  }

  /** End of the refusal of that image, null if it is not refused. */
  public @Nullable Long until(String image, long now) {
    Entry entry = entries.get(image);
    return entry == null || !refuses(image, now) ? null : Long.valueOf(entry.updated + entry.delay);
  }

  private static boolean forgotten(Entry entry, long now) {
    return now - entry.updated > FORGET_AFTER;
  }
}

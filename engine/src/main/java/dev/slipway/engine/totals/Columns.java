package dev.slipway.engine.totals;

import dev.slipway.engine.api.PodPhase;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which place of a row holds what. Counts, cpu and memory have fixed places at the front, few
 * enough for three cache lines; whatever else turns up, another resource or an amount that is no
 * whole number, gets the next free place once and for all.
 */
final class Columns {
  static final int PODS = 0;
  static final int FIRST_PHASE = PODS + 1;
  static final int READY = FIRST_PHASE + PodPhase.values().length;
  static final int RESTARTS = READY + 1;

  /** Pods a quota charges more than their existence for. */
  static final int CHARGED = RESTARTS + 1;

  /** Not a sum: 1 in a row of {@link Pending} that has changed. It lies beside the amounts. */
  static final int MARK = CHARGED + 1;

  /** Places of the everyday resources' amounts, those a node has first. */
  static final int FIRST_AMOUNT = MARK + 1;

  /** What is summed up of a resource. */
  enum Measure {
    REQUEST,
    LIMIT,
    /** Number of pods nothing bounds. */
    UNLIMITED,
    /** Requested for the start, idle afterwards. */
    INIT_RESERVED,
    /** Request as quotas charge it: not always the request a node has to hold. */
    CHARGED_REQUEST,
    CHARGED_LIMIT;

    boolean isCharge() {
      return ordinal() >= NODE_MEASURES;
    }
  }

  /**
   * A part of an amount. Its value is low + high * 2^40 in the unit of the name, plus nano parts of
   * one: no sum of parts overflows before eight million pods, however large or fine an amount is.
   */
  enum Part {
    LOW,
    HIGH,
    NANO
  }

  /** Bits of {@link Part#LOW}. */
  static final int LOW_BITS = 40;

  private static final String[] EVERYDAY = {"cpu", "memory"};
  private static final int NODE_MEASURES = 4;
  private static final int QUOTA_MEASURES = Measure.values().length - NODE_MEASURES;

  /** Number of everyday amounts a node has. */
  static final int NODE_AMOUNTS = EVERYDAY.length * NODE_MEASURES;

  /** Number of everyday amounts, charges included. */
  static final int AMOUNTS = NODE_AMOUNTS + EVERYDAY.length * QUOTA_MEASURES;

  /** Number of fixed places. */
  static final int DENSE = FIRST_AMOUNT + AMOUNTS;

  private record Key(String name, Measure measure, Part part) {}

  private final Map<Key, Integer> places = new HashMap<>();
  private final Set<String> names = new TreeSet<>();
  private int count = DENSE;
  private @Nullable Columns shared;

  Columns() {
    for (int i = 0; i < EVERYDAY.length; i++) {
      names.add(EVERYDAY[i]);
      for (Measure measure : Measure.values()) {
        int step = measure.ordinal();
        int place =
            measure.isCharge()
                ? NODE_AMOUNTS + i * QUOTA_MEASURES + step - NODE_MEASURES
                : i * NODE_MEASURES + step;
        places.put(new Key(EVERYDAY[i], measure, Part.LOW), FIRST_AMOUNT + place);
      }
    }
  }

  private Columns(Columns original) {
    places.putAll(original.places);
    names.addAll(original.names);
    count = original.count;
    shared = this;
  }

  /** Place of a part, made if there is none. */
  int placeOf(String name, Measure measure, Part part) {
    return places.computeIfAbsent(
        new Key(name, measure, part),
        _ -> {
          names.add(name);
          shared = null;
          return count++;
        });
  }

  /** The sum of a part in a row, 0 if no pod has it. */
  long read(long[] row, String name, Measure measure, Part part) {
    Integer place = places.get(new Key(name, measure, part));
    return place == null || place >= row.length ? 0 : row[place];
  }

  /** Resources any pod has ever had something of. */
  Set<String> names() {
    return names;
  }

  /** These columns as they are now, for readers; the same object until a column is added. */
  Columns snapshot() {
    if (shared == null) {
      shared = new Columns(this);
    }
    return shared;
  }

  static int phase(PodPhase phase) {
    return FIRST_PHASE + phase.ordinal();
  }
}

package dev.slipway.ingest.format;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.ResourceRequirements;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads amounts of resources at a cursor; the containers of a workload share theirs. */
final class FastAmounts {
  private static final Names REQUIREMENTS = Names.of("requests", "limits");
  private static final int SHARED = 1 << 12;
  private static final int SHARED_BYTES_MAX = 512;

  private final JsonCursor cursor;
  private final Texts texts;
  private final Memo<ResourceRequirements> known = new Memo<>(SHARED, SHARED_BYTES_MAX);
  private final Memo<Map<String, Quantity>> maps = new Memo<>(SHARED, SHARED_BYTES_MAX);
  private final Memo<Quantity> quantities = new Memo<>(SHARED, Long.BYTES * 4);

  FastAmounts(JsonCursor cursor, Texts texts) {
    this.cursor = cursor;
    this.texts = texts;
  }

  /** {@code resources} of a status, an object or nothing. */
  ResourceRequirements requirementsOrNone() {
    return cursor.takeNull() ? ResourceRequirements.NONE : requirements();
  }

  /** {@code resources} of a pod or container, an object. */
  ResourceRequirements requirements() {
    int from = cursor.at;
    int tokens = cursor.tokens();
    cursor.skip();
    int to = cursor.at;
    ResourceRequirements same = known.get(cursor.bytes, from, to);
    if (same != null) {
      return same;
    }
    cursor.back(from, tokens);
    ResourceRequirements read = read();
    known.put(cursor.bytes, from, to, read);
    return read;
  }

  /** Amounts by name that many statuses have in common. */
  Map<String, Quantity> sharedMap() {
    if (cursor.takeNull()) {
      return Map.of();
    }
    int from = cursor.at;
    int tokens = cursor.tokens();
    cursor.skip();
    int to = cursor.at;
    Map<String, Quantity> same = maps.get(cursor.bytes, from, to);
    if (same != null) {
      return same;
    }
    cursor.back(from, tokens);
    Map<String, Quantity> read = Map.copyOf(map());
    maps.put(cursor.bytes, from, to, read);
    return read;
  }

  private ResourceRequirements read() {
    Map<String, Quantity> requests = Map.of();
    Map<String, Quantity> limits = Map.of();
    int fields = 0;
    for (boolean more = cursor.enter(); more; more = cursor.next()) {
      int field = REQUIREMENTS.find(cursor.bytes, cursor.from, cursor.to);
      fields = FastPods.once(fields, field);
      switch (field) {
        case 0 -> requests = map();
        case 1 -> limits = map();
        default -> cursor.skip();
      }
    }
    return new ResourceRequirements(requests, limits);
  }

  /** Amounts by name. */
  Map<String, Quantity> map() {
    if (cursor.takeNull()) {
      return Map.of();
    }
    Map<String, Quantity> amounts = new LinkedHashMap<>();
    for (boolean more = cursor.enter(); more; more = cursor.next()) {
      String name = texts.lastShared();
      if (cursor.takeNull() || amounts.containsKey(name)) {
        throw Bail.OUT;
      }
      cursor.string();
      amounts.put(name, quantity());
    }
    return amounts;
  }

  private Quantity quantity() {
    Quantity same = quantities.get(cursor.bytes, cursor.from, cursor.to);
    if (same != null) {
      return same;
    }
    try {
      Quantity read = Quantity.parse(cursor.text().strip());
      quantities.put(cursor.bytes, cursor.from, cursor.to, read);
      return read;
    } catch (IllegalArgumentException _) {
      throw Bail.OUT;
    }
  }
}

package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Amounts by resource name, sorted by name, immutable. A name that is absent and a name with zero
 * differ, and so do a list that is empty and one the object does not have, {@link #ABSENT},
 * which reads as empty.
 */
public final class ResourceList {
  /** A list the object does not have. */
  public static final ResourceList ABSENT = new ResourceList(new String[0], new Quantity[0]);

  /** A list without entries. */
  public static final ResourceList EMPTY = new ResourceList(new String[0], new Quantity[0]);

  private final String[] names;
  private final Quantity[] amounts;

  /** Takes both arrays over: names sorted and canonical. */
  ResourceList(String[] names, Quantity[] amounts) {
    this.names = names;
    this.amounts = amounts;
  }

  /** The list with those entries. */
  public static ResourceList of(Map<String, Quantity> entries) {
    if (entries.isEmpty()) {
      return EMPTY;
    }
    var sums = new ResourceSums(entries.size());
    entries.forEach((name, amount) -> sums.put(ResourceNames.canonical(name), amount));
    return sums.toList();
  }

  /** The list with that one entry. */
  public static ResourceList of(String name, Quantity amount) {
    return of(Map.of(name, amount));
  }

  /** False only for {@link #ABSENT}. */
  public boolean present() {
    return this != ABSENT;
  }

  public boolean isEmpty() {
    return names.length == 0;
  }

  public int size() {
    return names.length;
  }

  public String name(int index) {
    return names[index];
  }

  public Quantity amount(int index) {
    return amounts[index];
  }

  public boolean has(String name) {
    return indexOf(name) >= 0;
  }

  /** The amount of that name, null if absent. */
  public @Nullable Quantity get(String name) {
    int index = indexOf(name);
    return index < 0 ? null : amounts[index];
  }

  /** The amount of that name, zero if absent. */
  public Quantity getOrZero(String name) {
    int index = indexOf(name);
    return index < 0 ? Quantity.ZERO : amounts[index];
  }

  /** True if the name is there with an amount other than zero. */
  public boolean isNonZero(String name) {
    return !getOrZero(name).isZero();
  }

  /** The same names with other amounts. */
  public ResourceList map(UnaryOperator<Quantity> change) {
    if (isEmpty()) {
      return this;
    }
    var changed = new Quantity[amounts.length];
    for (int i = 0; i < changed.length; i++) {
      changed[i] = change.apply(amounts[i]);
    }
    return new ResourceList(names, changed);
  }

  /** The same list with one entry set. */
  public ResourceList with(String name, Quantity amount) {
    return new ResourceSums(names.length + 1)
        .add(this)
        .put(ResourceNames.canonical(name), amount)
        .toList();
  }

  /** The sum, per name. */
  public ResourceList plus(ResourceList other) {
    if (other.isEmpty()) {
      return this;
    }
    return isEmpty()
        ? other
        : new ResourceSums(names.length + other.names.length).add(this).add(other).toList();
  }

  /** The larger amount, per name. */
  public ResourceList max(ResourceList other) {
    if (other.isEmpty()) {
      return this;
    }
    return isEmpty()
        ? other
        : new ResourceSums(names.length + other.names.length).add(this).max(other).toList();
  }

  /**
   * What this list has for the names the filter lets through, and the others' entries for the rest
   * of their names.
   */
  public ResourceList orElse(ResourceList defaults) {
    if (defaults.isEmpty()) {
      return this;
    }
    var sums = new ResourceSums(names.length + defaults.names.length).add(this);
    for (int i = 0; i < defaults.names.length; i++) {
      sums.putIfAbsent(defaults.names[i], defaults.amounts[i]);
    }
    return sums.toList();
  }

  public Map<String, Quantity> toMap() {
    var map = new TreeMap<String, Quantity>();
    for (int i = 0; i < names.length; i++) {
      map.put(names[i], amounts[i]);
    }
    return map;
  }

  private int indexOf(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i] == name || names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Same names, same values; formats do not count. */
  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof ResourceList other
        && Arrays.equals(names, other.names)
        && Arrays.equals(amounts, other.amounts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(names) * 31 + Arrays.hashCode(amounts);
  }

  /** {@code {cpu=100m, memory=1Gi}}. */
  @Override
  public String toString() {
    return toMap().toString();
  }
}

package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;
import java.util.Arrays;

/** A growing list of amounts while sums and maxima are formed. Names must be canonical. */
final class ResourceSums {
  private String[] names;
  private Quantity[] amounts;
  private int size;

  ResourceSums(int capacity) {
    names = new String[capacity];
    amounts = new Quantity[capacity];
  }

  ResourceSums() {
    this(4);
  }

  boolean isEmpty() {
    return size == 0;
  }

  ResourceSums add(ResourceList list) {
    int count = list.size();
    for (int i = 0; i < count; i++) {
      add(list.name(i), list.amount(i));
    }
    return this;
  }

  void add(String name, Quantity amount) {
    int index = indexOf(name);
    if (index < 0) {
      append(name, amount);
    } else {
      amounts[index] = amounts[index].add(amount);
    }
  }

  ResourceSums max(ResourceList list) {
    int count = list.size();
    for (int i = 0; i < count; i++) {
      max(list.name(i), list.amount(i));
    }
    return this;
  }

  void max(String name, Quantity amount) {
    int index = indexOf(name);
    if (index < 0) {
      append(name, amount);
    } else if (amount.compareTo(amounts[index]) > 0) {
      amounts[index] = amount;
    }
  }

  ResourceSums max(ResourceSums other) {
    for (int i = 0; i < other.size; i++) {
      max(other.names[i], other.amounts[i]);
    }
    return this;
  }

  /**
   * Per name of the list, the larger of what is here and the list's amount plus that of {@code
   * base}.
   */
  void maxOfSum(ResourceList list, ResourceSums base) {
    int count = list.size();
    for (int i = 0; i < count; i++) {
      String name = list.name(i);
      int index = base.size == 0 ? -1 : base.indexOf(name);
      max(name, index < 0 ? list.amount(i) : list.amount(i).add(base.amounts[index]));
    }
  }

  ResourceSums put(String name, Quantity amount) {
    int index = indexOf(name);
    if (index < 0) {
      append(name, amount);
    } else {
      amounts[index] = amount;
    }
    return this;
  }

  void putIfAbsent(String name, Quantity amount) {
    if (indexOf(name) < 0) {
      append(name, amount);
    }
  }

  private int indexOf(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i] == name || names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Keeps the names sorted: lists are sorted, so a new name mostly goes to the end. */
  private void append(String name, Quantity amount) {
    if (size == names.length) {
      int capacity = Math.max(4, size * 2);
      names = Arrays.copyOf(names, capacity);
      amounts = Arrays.copyOf(amounts, capacity);
    }
    int position = size++;
    while (position > 0 && names[position - 1].compareTo(name) > 0) {
      names[position] = names[position - 1];
      amounts[position] = amounts[position - 1];
      position--;
    }
    names[position] = name;
    amounts[position] = amount;
  }

  ResourceList toList() {
    return size == 0
        ? ResourceList.EMPTY
        : new ResourceList(Arrays.copyOf(names, size), Arrays.copyOf(amounts, size));
  }
}

package dev.slipway.engine.totals;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.ResourceList;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one pod adds to its groups and what it is charged to quotas: everyday amounts at fixed
 * places, and pairs of place and amount for the rest. Immutable; pods with the same resources share
 * one.
 */
public final class Contribution {
  /** Nothing: a pod that has ended. */
  public static final Contribution NONE =
      new Contribution(new long[Columns.AMOUNTS], new int[0], new long[0], 0);

  /** By place less {@link Columns#FIRST_AMOUNT}. */
  final long[] dense;

  final int[] places;
  final long[] amounts;

  /** Of the pairs those before this one are a node's as well, the others quota charges only. */
  final int chargesFrom;

  private final int hash;

  private Contribution(long[] dense, int[] places, long[] amounts, int chargesFrom) {
    this.dense = dense;
    this.places = places;
    this.amounts = amounts;
    this.chargesFrom = chargesFrom;
    hash = (Arrays.hashCode(dense) * 31 + Arrays.hashCode(places)) * 31 + Arrays.hashCode(amounts);
  }

  /** Same amounts. Contributions of different totals must not be compared. */
  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof Contribution other
        && hash == other.hash
        && Arrays.equals(dense, other.dense)
        && Arrays.equals(places, other.places)
        && Arrays.equals(amounts, other.amounts);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /**
   * Puts a contribution together, charges last; amounts are split into the parts of {@link
   * Columns.Part}.
   */
  static final class Builder {
    private static final BigInteger LOW_MASK =
        BigInteger.ONE.shiftLeft(Columns.LOW_BITS).subtract(BigInteger.ONE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final int NANO_DECIMALS = 9;

    private final Columns columns;
    private final long[] dense = new long[Columns.AMOUNTS];
    private int[] places = new int[4];
    private long[] amounts = new long[4];
    private int size;
    private int chargesFrom;

    Builder(Columns columns) {
      this.columns = columns;
    }

    Builder add(Columns.Measure measure, ResourceList list) {
      for (int i = 0; i < list.size(); i++) {
        add(measure, list.name(i), list.amount(i));
      }
      return this;
    }

    Builder addCount(Columns.Measure measure, String name, long count) {
      put(name, measure, Columns.Part.LOW, count);
      return this;
    }

    private void add(Columns.Measure measure, String name, Quantity amount) {
      BigDecimal units = amount.toBigDecimal().movePointRight(unitDecimals(name));
      BigInteger whole = units.toBigInteger();
      BigDecimal rest = units.subtract(new BigDecimal(whole));
      put(name, measure, Columns.Part.LOW, whole.signum() * whole.abs().and(LOW_MASK).longValue());
      BigInteger high = whole.abs().shiftRight(Columns.LOW_BITS).min(LONG_MAX);
      put(name, measure, Columns.Part.HIGH, whole.signum() * high.longValue());
      put(name, measure, Columns.Part.NANO, rest.movePointRight(NANO_DECIMALS).longValue());
    }

    private void put(String name, Columns.Measure measure, Columns.Part part, long amount) {
      if (amount == 0) {
        return;
      }
      int place = columns.placeOf(name, measure, part);
      if (place < Columns.DENSE) {
        dense[place - Columns.FIRST_AMOUNT] += amount;
        return;
      }
      if (size == places.length) {
        places = Arrays.copyOf(places, size * 2);
        amounts = Arrays.copyOf(amounts, size * 2);
      }
      places[size] = place;
      amounts[size++] = amount;
      chargesFrom = measure.isCharge() ? chargesFrom : size;
    }

    Contribution build() {
      return new Contribution(
          dense, Arrays.copyOf(places, size), Arrays.copyOf(amounts, size), chargesFrom);
    }
  }

  /** CPU is counted in thousandths, everything else in units. */
  static int unitDecimals(String name) {
    return name.equals("cpu") ? 3 : 0;
  }
}

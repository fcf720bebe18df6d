package dev.slipway.engine.totals;

import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.ResourceList;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.TreeMap;

/** The totals of one group at one moment. */
public final class GroupTotals {
  private static final BigInteger HIGH_UNIT = BigInteger.ONE.shiftLeft(Columns.LOW_BITS);

  private final Columns columns;
  private final long[] row;

  GroupTotals(Columns columns, long[] row) {
    this.columns = columns;
    this.row = row;
  }

  private long count(int place) {
    return place < row.length ? row[place] : 0;
  }

  public long pods() {
    return count(Columns.PODS);
  }

  public long pods(PodPhase phase) {
    return count(Columns.phase(phase));
  }

  /** Pods with condition Ready. */
  public long ready() {
    return count(Columns.READY);
  }

  /** Restarts of all containers of the pods that are there. */
  public long restarts() {
    return count(Columns.RESTARTS);
  }

  long charged() {
    return count(Columns.CHARGED);
  }

  /** Effective requests together; names nobody requests are absent. */
  public ResourceList requests() {
    return list(Columns.Measure.REQUEST);
  }

  /** Declared limits together; how many pods have none is {@link #unlimited}. */
  public ResourceList limits() {
    return list(Columns.Measure.LIMIT);
  }

  /** Requests that only starting up needs, idle once all pods run. */
  public ResourceList initReserved() {
    return list(Columns.Measure.INIT_RESERVED);
  }

  /** Number of pods nothing bounds for cpu or memory. */
  public long unlimited(String name) {
    return columns.read(row, name, Columns.Measure.UNLIMITED, Columns.Part.LOW);
  }

  private ResourceList list(Columns.Measure measure) {
    var amounts = new TreeMap<String, Quantity>();
    for (String name : columns.names()) {
      Quantity amount = amount(columns, row, name, measure);
      if (!amount.isZero()) {
        amounts.put(name, amount);
      }
    }
    return ResourceList.of(amounts);
  }

  static Quantity amount(Columns columns, long[] row, String name, Columns.Measure measure) {
    long low = columns.read(row, name, measure, Columns.Part.LOW);
    long high = columns.read(row, name, measure, Columns.Part.HIGH);
    long nano = columns.read(row, name, measure, Columns.Part.NANO);
    BigInteger whole = BigInteger.valueOf(high).multiply(HIGH_UNIT).add(BigInteger.valueOf(low));
    BigDecimal units = new BigDecimal(whole).add(BigDecimal.valueOf(nano, 9));
    return Quantity.of(units.movePointLeft(Contribution.unitDecimals(name)), format(name));
  }

  private static Quantity.Format format(String name) {
    boolean bytes =
        name.equals("memory") || name.equals("ephemeral-storage") || name.startsWith("hugepages-");
    return bytes ? Quantity.Format.BINARY_SI : Quantity.Format.DECIMAL_SI;
  }
}

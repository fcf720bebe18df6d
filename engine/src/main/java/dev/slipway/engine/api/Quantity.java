package dev.slipway.engine.api;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * An exact amount of a resource: cores, bytes or a count, with the text format it was written in
 * (rules; source: apimachinery {@code pkg/api/resource}, 1.37).
 *
 * <p>Equality, order and hash follow the value alone. Conversions to long round away from
 * zero and saturate; {@link #fitsValue()} and {@link #fitsMilliValue()} tell when
 * they did.
 */
public final class Quantity implements Comparable<Quantity> {
  /*
   * One value has one form: `amount` counts whole units if the value is whole, else milli units if it is a whole number
   * of those, else nano units, and only what fits none of the three in a long is a BigDecimal without trailing zeros. So
   * cpu in milli and memory in bytes are plain longs, equality needs no arithmetic, and the exact path is rare.
   */
  /** How a quantity is printed; remembered from its suffix. */
  public enum Format {
    DECIMAL_SI("DecimalSI"),
    BINARY_SI("BinarySI"),
    DECIMAL_EXPONENT("DecimalExponent");

    private final String text;

    Format(String text) {
      this.text = text;
    }

    /** The name the reference uses. */
    public String text() {
      return text;
    }
  }

  static final byte WHOLE = 0;
  static final byte MILLI = 1;
  static final byte NANO = 2;
  static final byte BIG = 3;

  private static final long MILLION = 1_000_000L;
  private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final long[] POWERS_OF_TEN = powersOfTen();

  /** Zero, DecimalSI. */
  public static final Quantity ZERO = new Quantity(0, WHOLE, Format.DECIMAL_SI, null);

  private static final Format[] FORMATS = Format.values();
  private static final int UNIT_BITS = 2;
  private static final int UNIT_MASK = (1 << UNIT_BITS) - 1;

  private final long amount;

  /** The unit, and the format's ordinal above it: one byte keeps the whole at 24 bytes. */
  private final byte form;

  private final @Nullable BigDecimal big;

  private Quantity(long amount, byte unit, Format format, @Nullable BigDecimal big) {
    this(amount, form(unit, format), big);
  }

  private Quantity(long amount, byte form, @Nullable BigDecimal big) {
    this.amount = amount;
    this.form = form;
    this.big = big;
  }

  static byte form(byte unit, Format format) {
    return (byte) (format.ordinal() << UNIT_BITS | unit);
  }

  /** That many whole units, DecimalSI. */
  public static Quantity of(long value) {
    return ofWhole(value, Format.DECIMAL_SI);
  }

  /** That many bytes, BinarySI. */
  public static Quantity ofBytes(long value) {
    return ofWhole(value, Format.BINARY_SI);
  }

  /** That many thousandths, DecimalSI. */
  public static Quantity ofMilli(long milli) {
    return ofMilli(milli, Format.DECIMAL_SI);
  }

  /** An exact value; what is finer than 1n is rounded away from zero. */
  public static Quantity of(BigDecimal value, Format format) {
    BigDecimal rounded = value.scale() > 9 ? value.setScale(9, RoundingMode.UP) : value;
    if (rounded.signum() == 0) {
      return ofWhole(0, format);
    }
    BigDecimal plain = rounded.stripTrailingZeros();
    int scale = plain.scale();
    if (plain.precision() - scale <= 19) {
      if (scale <= 0) {
        BigInteger whole = plain.toBigIntegerExact();
        if (whole.bitLength() < 64) {
          return ofWhole(whole.longValue(), format);
        }
      } else {
        byte unit = scale <= 3 ? MILLI : NANO;
        BigInteger parts = plain.movePointRight(unit == MILLI ? 3 : 9).toBigIntegerExact();
        if (parts.bitLength() < 64) {
          return new Quantity(parts.longValue(), unit, format, null);
        }
      }
    }
    return new Quantity(0, BIG, format, plain);
  }

  /**
   * Reads the text of a quantity; a {@link QuantityFormatException} names the text it
   * cannot read.
   */
  public static Quantity parse(String text) {
    long simple = QuantityParser.parseSimple(text);
    return simple < 0
        ? QuantityParser.parse(text)
        : new Quantity(
            simple >>> QuantityParser.FORM_BITS, (byte) (simple & QuantityParser.FORM_MASK), null);
  }

  /**
   * Reads a quantity as it stands in JSON: a string with outer blanks trimmed and its escapes left
   * alone, a number in its written form, or null, which is zero.
   *
   * @param token the token as written, quotes included
   */
  public static Quantity parseJson(String token) {
    return QuantityParser.parseJson(token);
  }

  static Quantity ofWhole(long value, Format format) {
    return value == 0 && format == Format.DECIMAL_SI
        ? ZERO
        : new Quantity(value, WHOLE, format, null);
  }

  static Quantity ofMilli(long milli, Format format) {
    long whole = milli / 1000;
    return whole * 1000 == milli
        ? ofWhole(whole, format)
        : new Quantity(milli, MILLI, format, null);
  }

  /** Zero by value. */
  public boolean isZero() {
    return amount == 0 && unit() != BIG;
  }

  /** -1, 0 or 1. */
  public int signum() {
    return big != null ? big.signum() : Long.signum(amount);
  }

  public Format format() {
    return FORMATS[form >> UNIT_BITS];
  }

  byte unit() {
    return (byte) (form & UNIT_MASK);
  }

  long amount() {
    return amount;
  }

  /** The exact value. */
  public BigDecimal toBigDecimal() {
    return big != null ? big : BigDecimal.valueOf(amount, decimals());
  }

  /** The amount in whole units, rounded away from zero, saturated. */
  public long value() {
    return unit() == WHOLE ? amount : scaledValue(0);
  }

  /** The amount in thousandths, rounded away from zero, saturated. */
  public long milliValue() {
    return unit() == MILLI ? amount : scaledValue(-3);
  }

  /** The amount in units of ten to the power {@code scale}, rounded away from zero, saturated. */
  public long scaledValue(int scale) {
    if (big != null) {
      return saturated(big, scale);
    }
    int up = -decimals() - scale;
    if (up >= 0) {
      return timesPowerOfTen(amount, up);
    }
    return up < -18 ? Long.signum(amount) : dividedAwayFromZero(amount, POWERS_OF_TEN[-up]);
  }

  /** False if {@link #value()} had to saturate. */
  public boolean fitsValue() {
    return fits(0);
  }

  /** False if {@link #milliValue()} had to saturate. */
  public boolean fitsMilliValue() {
    return fits(-3);
  }

  private boolean fits(int scale) {
    BigDecimal bound = signum() < 0 ? LONG_MIN : LONG_MAX;
    return toBigDecimal().abs().compareTo(bound.abs().scaleByPowerOfTen(scale)) <= 0;
  }

  /** Rounds away from zero to a multiple of ten to the power {@code scale}. */
  public Quantity roundUp(int scale) {
    if (scale <= -decimals() && unit() != BIG) {
      return this;
    }
    return of(toBigDecimal().setScale(-scale, RoundingMode.UP), format());
  }

  /**
   * The sum, in the format of the left operand; a zero left operand takes the right one's.
   */
  public Quantity add(Quantity other) {
    Format sumFormat = isZero() ? other.format() : format();
    if (unit() == other.unit() && unit() != BIG) {
      long sum = amount + other.amount;
      if (((amount ^ sum) & (other.amount ^ sum)) >= 0) {
        return ofUnits(sum, unit(), sumFormat);
      }
    }
    return of(toBigDecimal().add(other.toBigDecimal()), sumFormat);
  }

  /** The difference, in the format {@link #add} would choose. */
  public Quantity subtract(Quantity other) {
    return add(other.negate());
  }

  public Quantity negate() {
    if (unit() == BIG || amount == Long.MIN_VALUE) {
      return of(toBigDecimal().negate(), format());
    }
    return amount == 0 ? this : new Quantity(-amount, form, null);
  }

  /** The exact product. */
  public Quantity multiply(long factor) {
    if (unit() != BIG) {
      long product = amount * factor;
      if (Math.multiplyHigh(amount, factor) == product >> 63) {
        return ofUnits(product, unit(), format());
      }
    }
    return of(toBigDecimal().multiply(BigDecimal.valueOf(factor)), format());
  }

  /** The larger of the two by value; this one if they are equal. */
  public Quantity max(Quantity other) {
    return compareTo(other) < 0 ? other : this;
  }

  /** The same amount in another format. */
  public Quantity withFormat(Format newFormat) {
    return newFormat == format() ? this : new Quantity(amount, unit(), newFormat, big);
  }

  @Override
  public int compareTo(Quantity other) {
    if (unit() == other.unit() && unit() != BIG) {
      return Long.compare(amount, other.amount);
    }
    return toBigDecimal().compareTo(other.toBigDecimal());
  }

  @Override
  public boolean equals(@Nullable Object object) {
    if (!(object instanceof Quantity other) || unit() != other.unit() || amount != other.amount) {
      return false;
    }
    return big == null || big.equals(other.big);
  }

  @Override
  public int hashCode() {
    return big != null ? big.hashCode() : Long.hashCode(amount) * 31 + unit();
  }

  /** The canonical text. */
  @Override
  public String toString() {
    return QuantityPrinter.print(this);
  }

  private int decimals() {
    return switch (unit()) {
      case WHOLE -> 0;
      case MILLI -> 3;
      default -> 9;
    };
  }

  private static Quantity ofUnits(long amount, byte unit, Format format) {
    return switch (unit) {
      case WHOLE -> ofWhole(amount, format);
      case MILLI -> ofMilli(amount, format);
      default ->
          amount % MILLION == 0
              ? ofMilli(amount / MILLION, format)
              : new Quantity(amount, NANO, format, null);
    };
  }

  private static long timesPowerOfTen(long value, int power) {
    if (value == 0) {
      return 0;
    }
    if (power <= 18) {
      long factor = POWERS_OF_TEN[power];
      long product = value * factor;
      if (Math.multiplyHigh(value, factor) == product >> 63) {
        return product;
      }
    }
    return value > 0 ? Long.MAX_VALUE : -Long.MAX_VALUE;
  }

  private static long dividedAwayFromZero(long value, long divisor) {
    long quotient = value / divisor;
    return quotient * divisor == value ? quotient : quotient + Long.signum(value);
  }

  private static long saturated(BigDecimal value, int scale) {
    long limit = value.signum() > 0 ? Long.MAX_VALUE : -Long.MAX_VALUE;
    if ((long) value.precision() - value.scale() - scale > 19) {
      return limit;
    }
    BigDecimal rounded = value.scaleByPowerOfTen(-scale).setScale(0, RoundingMode.UP);
    BigInteger whole = rounded.toBigIntegerExact();
    return whole.bitLength() < 64 ? whole.longValue() : limit;
  }

  static long powerOfTen(int power) {
    return POWERS_OF_TEN[power];
  }

  private static long[] powersOfTen() {
    long[] powers = new long[19];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }
}

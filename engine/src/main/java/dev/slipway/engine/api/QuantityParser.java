package dev.slipway.engine.api;

import dev.slipway.engine.api.Quantity.Format;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Reads quantities. */
final class QuantityParser {
  /**
   * No decimal exponent goes beyond this, in either direction: the reference would build numbers of
   * that many digits.
   */
  static final int MAX_EXPONENT = 10_000;

  /** No text is longer: reading costs the square of its length. */
  static final int MAX_TEXT = 16_384;

  /** Bits of {@link Quantity#form} below the amount in what {@link #parseSimple} returns. */
  static final int FORM_BITS = 4;

  static final int FORM_MASK = (1 << FORM_BITS) - 1;

  private static final long MAX_PACKED = Long.MAX_VALUE >>> FORM_BITS;
  private static final int MAX_SIMPLE_DIGITS = 18;
  private static final int MILLI_DECIMALS = 3;
  private static final int NANO_DECIMALS = 9;
  private static final int PEBI_EXPONENT = 50;
  private static final BigDecimal BINARY_CAP = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final String SUFFIX_LETTERS = "eEinumkKMGTP";

  private QuantityParser() {}

  /**
   * Digits with an optional dot and a common suffix, whose value is a whole number of units, milli
   * or nano units and not too large: the amount above {@link #FORM_BITS} bits of form, so that
   * nothing is allocated on the way. -1 for everything else, also for what is wrong.
   */
  static long parseSimple(String text) {
    int length = text.length();
    int position = 0;
    long value = 0;
    while (position < length) {
      int digit = text.charAt(position) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value = value * 10 + digit;
      position++;
    }
    if (position == 0 || position > MAX_SIMPLE_DIGITS) {
      return -1;
    }
    return switch (length - position) {
      case 0 -> packed(value, Quantity.WHOLE, Format.DECIMAL_SI);
      case 1 -> simpleDecimal(value, 0, text.charAt(position));
      case 2 ->
          text.charAt(position + 1) == 'i'
              ? simpleBinary(value, 0, text.charAt(position))
              : simpleFraction(text, position, value);
      default -> simpleFraction(text, position, value);
    };
  }

  /** The same with a dot at that position. */
  private static long simpleFraction(String text, int dot, long whole) {
    if (text.charAt(dot) != '.') {
      return -1;
    }
    int length = text.length();
    int position = dot + 1;
    long value = whole;
    while (position < length && isDigit(text.charAt(position))) {
      value = value * 10 + (text.charAt(position) - '0');
      position++;
    }
    int decimals = position - dot - 1;
    if (dot + decimals > MAX_SIMPLE_DIGITS) {
      return -1;
    }
    return switch (length - position) {
      case 0 -> decimal(value, -decimals);
      case 1 -> simpleDecimal(value, decimals, text.charAt(position));
      case 2 ->
          text.charAt(position + 1) == 'i'
              ? simpleBinary(value, decimals, text.charAt(position))
              : -1;
      default -> -1;
    };
  }

  private static long simpleDecimal(long value, int decimals, char suffix) {
    return switch (suffix) {
      case 'n' -> decimal(value, -9 - decimals);
      case 'u' -> decimal(value, -6 - decimals);
      case 'm' -> decimal(value, -3 - decimals);
      case 'k' -> decimal(value, 3 - decimals);
      case 'M' -> decimal(value, 6 - decimals);
      case 'G' -> decimal(value, 9 - decimals);
      case 'T' -> decimal(value, 12 - decimals);
      default -> -1;
    };
  }

  /** The value times a power of ten. */
  private static long decimal(long value, int exponent) {
    if (exponent >= 0) {
      return product(value, Quantity.powerOfTen(exponent), Format.DECIMAL_SI);
    }
    if (exponent < -NANO_DECIMALS) {
      return -1;
    }
    long divisor = Quantity.powerOfTen(-exponent);
    long units = value / divisor;
    if (units * divisor == value) {
      return packed(units, Quantity.WHOLE, Format.DECIMAL_SI);
    }
    if (exponent >= -MILLI_DECIMALS) {
      return packedProduct(value, MILLI_DECIMALS + exponent, Quantity.MILLI);
    }
    divisor = Quantity.powerOfTen(-MILLI_DECIMALS - exponent);
    long milli = value / divisor;
    return milli * divisor == value
        ? packed(milli, Quantity.MILLI, Format.DECIMAL_SI)
        : packedProduct(value, NANO_DECIMALS + exponent, Quantity.NANO);
  }

  private static long packedProduct(long value, int power, byte unit) {
    long factor = Quantity.powerOfTen(power);
    return value > MAX_PACKED / factor ? -1 : packed(value * factor, unit, Format.DECIMAL_SI);
  }

  private static long simpleBinary(long value, int decimals, char suffix) {
    return switch (suffix) {
      case 'K' -> binary(value, decimals, 1L << 10);
      case 'M' -> binary(value, decimals, 1L << 20);
      case 'G' -> binary(value, decimals, 1L << 30);
      case 'T' -> binary(value, decimals, 1L << 40);
      default -> -1;
    };
  }

  /** Only if it comes to a whole number. */
  private static long binary(long value, int decimals, long factor) {
    if (decimals == 0) {
      return product(value, factor, Format.BINARY_SI);
    }
    long divisor = Quantity.powerOfTen(decimals);
    long product = value * factor;
    boolean exact = Math.multiplyHigh(value, factor) == 0 && product >= 0;
    return exact && product % divisor == 0
        ? packed(product / divisor, Quantity.WHOLE, Format.BINARY_SI)
        : -1;
  }

  private static long product(long value, long factor, Format format) {
    return Math.multiplyHigh(value, factor) == 0 && value * factor >= 0
        ? packed(value * factor, Quantity.WHOLE, format)
        : -1;
  }

  private static long packed(long amount, byte unit, Format format) {
    return amount > MAX_PACKED ? -1 : amount << FORM_BITS | Quantity.form(unit, format);
  }

  static Quantity parseJson(String token) {
    if (token.equals("null")) {
      return Quantity.ZERO;
    }
    int end = token.length();
    boolean quoted = end >= 2 && token.charAt(0) == '"' && token.charAt(end - 1) == '"';
    return Quantity.parse(trim(quoted ? token.substring(1, end - 1) : token));
  }

  private static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** Unicode's White_Space. */
  private static boolean isBlank(char c) {
    return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
  }

  /** The whole grammar: sign, digits with at most one dot, suffix. */
  static Quantity parse(String text) {
    if (text.isEmpty()) {
      throw new QuantityFormatException("quantity is empty", text);
    }
    if (text.length() > MAX_TEXT) {
      throw new QuantityFormatException(
          "quantity is longer than " + MAX_TEXT + " characters", text);
    }
    int start = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
    int dot = endOfDigits(text, start);
    boolean hasDot = dot < text.length() && text.charAt(dot) == '.';
    int end = hasDot ? endOfDigits(text, dot + 1) : dot;
    String whole = text.substring(start, dot);
    String fraction = hasDot ? text.substring(dot + 1, end) : "";
    Suffix suffix = Suffix.read(text, end);
    if (whole.isEmpty() && fraction.isEmpty()) {
      return withoutDigits(text, suffix);
    }
    BigInteger digits = new BigInteger(whole + fraction);
    if (text.charAt(0) == '-') {
      digits = digits.negate();
    }
    BigDecimal value = new BigDecimal(digits, fraction.length());
    return suffix.format == Format.BINARY_SI
        ? binary(value, suffix.exponent)
        : Quantity.of(value.scaleByPowerOfTen(suffix.exponent), suffix.format);
  }

  /**
   * No digit at all is zero, except where the reference leaves its integer path: below nano and
   * from Pi on.
   */
  private static Quantity withoutDigits(String text, Suffix suffix) {
    if (suffix.exponent < -NANO_DECIMALS
        || (suffix.format == Format.BINARY_SI && suffix.exponent >= PEBI_EXPONENT)) {
      throw new QuantityFormatException("quantity has no digits", text);
    }
    return Quantity.ofWhole(0, suffix.format);
  }

  /** in the reference's order. */
  private static Quantity binary(BigDecimal mantissa, int exponent) {
    BigDecimal value = mantissa.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(exponent)));
    if (value.scale() > NANO_DECIMALS) {
      value = value.setScale(NANO_DECIMALS, RoundingMode.UP);
    }
    BigDecimal magnitude = value.abs();
    if (magnitude.compareTo(BINARY_CAP) > 0) {
      value = value.signum() < 0 ? BINARY_CAP.negate() : BINARY_CAP;
    }
    boolean fraction = magnitude.signum() > 0 && magnitude.compareTo(BigDecimal.ONE) < 0;
    return Quantity.of(value, fraction ? Format.DECIMAL_SI : Format.BINARY_SI);
  }

  private static int endOfDigits(String text, int start) {
    int position = start;
    while (position < text.length() && isDigit(text.charAt(position))) {
      position++;
    }
    return position;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** A suffix: its power of ten, or of two for BinarySI. */
  private record Suffix(Format format, int exponent) {
    static Suffix read(String text, int start) {
      int position = start;
      while (position < text.length() && SUFFIX_LETTERS.indexOf(text.charAt(position)) >= 0) {
        position++;
      }
      int letters = position;
      if (position < text.length()
          && (text.charAt(position) == '-' || text.charAt(position) == '+')) {
        position++;
      }
      position = endOfDigits(text, position);
      if (position < text.length()) {
        throw new QuantityFormatException(
            "quantity must be a number with an optional suffix", text);
      }
      if (letters == text.length()) {
        Suffix known = known(text.substring(start));
        if (known != null) {
          return known;
        }
      }
      return exponent(text, start, letters);
    }

    private static @Nullable Suffix known(String suffix) {
      return switch (suffix) {
        case "" -> new Suffix(Format.DECIMAL_SI, 0);
        case "n" -> new Suffix(Format.DECIMAL_SI, -9);
        case "u" -> new Suffix(Format.DECIMAL_SI, -6);
        case "m" -> new Suffix(Format.DECIMAL_SI, -3);
        case "k" -> new Suffix(Format.DECIMAL_SI, 3);
        case "M" -> new Suffix(Format.DECIMAL_SI, 6);
        case "G" -> new Suffix(Format.DECIMAL_SI, 9);
        case "T" -> new Suffix(Format.DECIMAL_SI, 12);
        case "P" -> new Suffix(Format.DECIMAL_SI, 15);
        case "E" -> new Suffix(Format.DECIMAL_SI, 18);
        case "Ki" -> new Suffix(Format.BINARY_SI, 10);
        case "Mi" -> new Suffix(Format.BINARY_SI, 20);
        case "Gi" -> new Suffix(Format.BINARY_SI, 30);
        case "Ti" -> new Suffix(Format.BINARY_SI, 40);
        case "Pi" -> new Suffix(Format.BINARY_SI, 50);
        case "Ei" -> new Suffix(Format.BINARY_SI, 60);
        default -> null;
      };
    }

    /** {@code e} or {@code E}, an optional sign and at least one digit. */
    private static Suffix exponent(String text, int start, int letters) {
      boolean single =
          letters == start + 1 && (text.charAt(start) == 'e' || text.charAt(start) == 'E');
      if (!single || !isDigit(text.charAt(text.length() - 1))) {
        throw new QuantityFormatException("quantity has an unknown suffix", text);
      }
      boolean negative = text.charAt(letters) == '-';
      long exponent = 0;
      for (int i = letters; i < text.length(); i++) {
        if (isDigit(text.charAt(i))) {
          exponent = Math.min(exponent * 10 + (text.charAt(i) - '0'), MAX_EXPONENT + 1);
        }
      }
      if (exponent > MAX_EXPONENT) {
        throw new QuantityFormatException("quantity has an exponent beyond " + MAX_EXPONENT, text);
      }
      return new Suffix(Format.DECIMAL_EXPONENT, (int) (negative ? -exponent : exponent));
    }
  }
}

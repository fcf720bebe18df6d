package dev.slipway.engine.api;

import dev.slipway.engine.api.Quantity.Format;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Prints quantities canonically. */
final class QuantityPrinter {
  private static final String[] DECIMAL = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
  private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
  private static final BigInteger KIBI = BigInteger.valueOf(1024);

  private QuantityPrinter() {}

  static String print(Quantity quantity) {
    if (quantity.isZero()) {
      return "0";
    }
    Format format = quantity.format();
    if (format == Format.BINARY_SI) {
      if (quantity.unit() == Quantity.WHOLE) {
        return wholeBinary(quantity.amount());
      }
      BigDecimal value = quantity.toBigDecimal();
      if (quantity.unit() == Quantity.BIG && value.scale() <= 0) {
        return bigBinary(value.toBigIntegerExact());
      }
      format = Format.DECIMAL_SI;
    }
    return switch (quantity.unit()) {
      case Quantity.WHOLE -> decimal(quantity.amount(), 0, format);
      case Quantity.MILLI -> decimal(quantity.amount(), -3, format);
      case Quantity.NANO -> decimal(quantity.amount(), -9, format);
      default -> bigDecimal(quantity.toBigDecimal(), format);
    };
  }

  private static String wholeBinary(long amount) {
    if (amount > -1024 && amount < 1024) {
      return decimal(amount, 0, Format.DECIMAL_SI);
    }
    long mantissa = amount;
    int power = 0;
    while ((mantissa & 1023) == 0) {
      mantissa >>= 10;
      power++;
    }
    return mantissa + BINARY[power];
  }

  private static String bigBinary(BigInteger value) {
    BigInteger mantissa = value;
    int power = 0;
    while (mantissa.getLowestSetBit() >= 10) {
      mantissa = mantissa.divide(KIBI);
      power++;
    }
    return mantissa + (power < BINARY.length ? BINARY[power] : "");
  }

  private static String decimal(long amount, int scale, Format format) {
    long mantissa = amount;
    int exponent = scale;
    while (mantissa % 1000 == 0) {
      mantissa /= 1000;
      exponent += 3;
    }
    return mantissa + suffix(exponent, format);
  }

  private static String bigDecimal(BigDecimal stripped, Format format) {
    int exponent = Math.floorDiv(-stripped.scale(), 3) * 3;
    return stripped.scaleByPowerOfTen(-exponent).toBigIntegerExact() + suffix(exponent, format);
  }

  /**
   * Beyond E the reference prints the mantissa with no suffix at all; its text is kept, wrong as it
   * is.
   */
  private static String suffix(int exponent, Format format) {
    if (format == Format.DECIMAL_EXPONENT) {
      return exponent == 0 ? "" : "e" + exponent;
    }
    int index = exponent / 3 + 3;
    return index < DECIMAL.length ? DECIMAL[index] : "";
  }
}

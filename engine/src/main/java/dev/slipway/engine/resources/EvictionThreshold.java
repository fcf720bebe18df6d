package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;

/**
 * How little of something the kubelet lets the node come to (R-133; source: {@code
 * pkg/kubelet/eviction/helpers.go}, 1.37).
 */
public sealed interface EvictionThreshold {
  /** An amount, taken as it is. */
  record Amount(Quantity quantity) implements EvictionThreshold {
    @Override
    public Quantity of(Quantity capacity) {
      return quantity;
    }
  }

  /** A share of the capacity; a 32-bit float, so that 10 % is a little more than a tenth. */
  record Share(float fraction) implements EvictionThreshold {
    @Override
    public Quantity of(Quantity capacity) {
      return Quantity.ofBytes((long) ((double) capacity.value() * fraction));
    }
  }

  /** Switched off. */
  record Off() implements EvictionThreshold {
    @Override
    public Quantity of(Quantity capacity) {
      return Quantity.ZERO;
    }
  }

  /** What must stay free of that capacity. */
  Quantity of(Quantity capacity);

  /**
   * Reads {@code 100Mi} or {@code 10%}; a text that is neither, not positive or above the whole is
   * an {@link IllegalArgumentException}.
   */
  static EvictionThreshold parse(String text) {
    if (text.endsWith("%")) {
      return text.equals("0%") || text.equals("100%") ? new Off() : new Share(fraction(text));
    }
    Quantity quantity = Quantity.parse(text);
    if (quantity.signum() <= 0) {
      throw new IllegalArgumentException("eviction threshold must be positive: '" + text + "'");
    }
    return new Amount(quantity);
  }

  private static float fraction(String text) {
    float percent = percent(text);
    float fraction = percent / 100;
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException(
          "eviction threshold must be between 0% and 100%: '" + text + "'");
    }
    return fraction;
  }

  /**
   * A plain decimal number: what Java's parser takes beyond that, blanks and type suffixes, is
   * refused.
   */
  private static float percent(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '%') {
      end--;
    }
    String number = text.substring(0, end);
    boolean plain =
        !number.isEmpty() && number.chars().allMatch(c -> "+-.0123456789eE".indexOf(c) >= 0);
    try {
      if (plain) {
        return Float.parseFloat(number);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("eviction threshold is no percentage: '" + text + "'", e);
    }
    throw new IllegalArgumentException("eviction threshold is no percentage: '" + text + "'");
  }
}

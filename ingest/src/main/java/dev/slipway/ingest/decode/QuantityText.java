package dev.slipway.ingest.decode;

import dev.slipway.engine.api.Quantity;
import java.util.regex.Pattern;

/** Amounts as texts (rules ). */
final class QuantityText {
  private static final Pattern FORMAT =
      Pattern.compile("[+-]?[0-9]*(?:\\.[0-9]*)?[eEinumkKMGTP]*[-+]?[0-9]*");
  private static final Pattern NO_DIGITS = Pattern.compile("[+-]?\\.?[^0-9]*[-+]?[0-9]*");

  private QuantityText() {}

  /** The canonical text of an amount; the server's message if it is none. */
  static String canonical(String text) throws DecodeException {
    try {
      return Quantity.parse(text).toString();
    } catch (IllegalArgumentException e) {
      throw new DecodeException(message(text));
    }
  }

  /** Which of the server's three messages the text deserves: its form, its number or its suffix. */
  private static String message(String text) {
    if (text.isEmpty() || !FORMAT.matcher(text).matches()) {
      return "quantities must match the regular expression"
          + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    }
    String suffix = text.replaceFirst("^[+-]?[0-9]*(?:\\.[0-9]*)?", "");
    return NO_DIGITS.matcher(text).matches() && knownSuffix(suffix)
        ? "unable to parse numeric part of quantity"
        : "unable to parse quantity's suffix";
  }

  private static boolean knownSuffix(String suffix) {
    return suffix.matches("|[numkMGTPE]|[KMGTPE]i|[eE][-+]?[0-9]+");
  }
}

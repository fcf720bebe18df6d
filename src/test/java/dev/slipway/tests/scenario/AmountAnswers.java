package dev.slipway.tests.scenario;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.QuantityFormatException;

/**
 * Questions about one amount, whose text is the pod cell ({@code "..."} where it has blanks).
 *
 * <ul>
 *   <li>{@code parse}: canonical text, Value, MilliValue, format; {@code ~} marks what was
 *       saturated; {@code error} if it is none
 *   <li>{@code json}: canonical text of a JSON token
 *   <li>{@code round S}, {@code add X}, {@code subtract X}, {@code times N}: canonical text
 *   <li>{@code compare X}: -1, 0, 1 and whether they are equal
 * </ul>
 */
final class AmountAnswers {
  private AmountAnswers() {}

  static String of(String cell, Given given) {
    String text = cell.startsWith("\"") ? cell.substring(1, cell.length() - 1) : cell;
    try {
      return switch (given.word(0)) {
        case "parse" -> parsed(Quantity.parse(text));
        case "json" -> Quantity.parseJson(cell).toString();
        case "round" -> Quantity.parse(text).roundUp(Integer.parseInt(given.word(1))).toString();
        case "add" -> Quantity.parse(text).add(Quantity.parse(given.word(1))).toString();
        case "subtract" -> Quantity.parse(text).subtract(Quantity.parse(given.word(1))).toString();
        case "times" -> Quantity.parse(text).multiply(Long.parseLong(given.word(1))).toString();
        default -> compared(Quantity.parse(text), Quantity.parse(given.word(1)));
      };
    } catch (QuantityFormatException e) {
      boolean named = String.valueOf(e.getMessage()).contains("'" + text + "'");
      return named ? "error" : "error without the text: " + e.getMessage();
    }
  }

  private static String parsed(Quantity quantity) {
    return quantity
        + " "
        + quantity.value()
        + (quantity.fitsValue() ? " " : "~ ")
        + quantity.milliValue()
        + (quantity.fitsMilliValue() ? " " : "~ ")
        + quantity.format().text();
  }

  private static String compared(Quantity left, Quantity right) {
    return Integer.signum(left.compareTo(right)) + (left.equals(right) ? " equal" : " different");
  }
}

package dev.slipway.ingest.validation;

import org.jspecify.annotations.Nullable;

/**
 * One thing the API server refuses.
 *
 * @param field path of the field
 * @param value the offending value as the server prints it; null where it prints none
 * @param detail what is wrong with it, may be empty
 * @param more whether the server goes on with a comparison of the two objects
 */
public record FieldError(
    String field, ErrorType type, @Nullable String value, String detail, boolean more) {

  /** The text after the field, as kubectl shows it. */
  public String message() {
    String text = type.text() + (value == null ? "" : ": " + value);
    return detail.isEmpty() ? text : text + ": " + detail;
  }

  @Override
  public String toString() {
    return field + ": " + message();
  }
}

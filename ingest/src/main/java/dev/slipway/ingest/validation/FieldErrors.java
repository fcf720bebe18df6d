package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects errors; the same one twice counts once (rule V-01). */
final class FieldErrors {
  private final Set<FieldError> errors = new LinkedHashSet<>();

  List<FieldError> list() {
    return List.copyOf(errors);
  }

  boolean isEmpty() {
    return errors.isEmpty();
  }

  int size() {
    return errors.size();
  }

  /** Forgets what was found so far: the next error is the only one. */
  FieldErrors only() {
    errors.clear();
    return this;
  }

  void invalidNull(Path path, String detail) {
    add(path, ErrorType.INVALID, "null", detail);
  }

  void required(Path path, String detail) {
    add(path, ErrorType.REQUIRED, null, detail);
  }

  void forbidden(Path path, String detail) {
    add(path, ErrorType.FORBIDDEN, null, detail);
  }

  void invalid(Path path, String value, String detail) {
    add(path, ErrorType.INVALID, GoText.quote(value), detail);
  }

  void invalid(Path path, long value, String detail) {
    add(path, ErrorType.INVALID, Long.toString(value), detail);
  }

  /** With a value of any kind. */
  void invalid(Path path, JsonNode value, String detail) {
    add(path, ErrorType.INVALID, printed(value), detail);
  }

  /** One error for each message. */
  void invalid(Path path, String value, Collection<String> details) {
    details.forEach(detail -> invalid(path, value, detail));
  }

  void notSupported(Path path, String value, Collection<String> supported) {
    String words = supported.stream().map(GoText::quote).collect(Collectors.joining(", "));
    add(path, ErrorType.NOT_SUPPORTED, GoText.quote(value), "supported values: " + words);
  }

  void duplicate(Path path, String value) {
    add(path, ErrorType.DUPLICATE, GoText.quote(value), "");
  }

  void notFound(Path path, String value, String detail) {
    add(path, ErrorType.NOT_FOUND, GoText.quote(value), detail);
  }

  void tooMany(Path path, int actual, int most) {
    add(path, ErrorType.TOO_MANY, Integer.toString(actual), "must have at most " + most + " items");
  }

  void tooLong(Path path, int most) {
    add(path, ErrorType.TOO_LONG, null, "may not be more than " + most + " bytes");
  }

  /** Refuses a change; the server prints the difference of the two objects after the detail. */
  void forbiddenChange(Path path, String detail) {
    errors.add(new FieldError(path.text(), ErrorType.FORBIDDEN, null, detail, true));
  }

  private void add(Path path, ErrorType type, @Nullable String value, String detail) {
    errors.add(new FieldError(path.text(), type, value, detail, false));
  }

  private static String printed(JsonNode value) {
    return value.isTextual() ? GoText.quote(value.asText()) : value.toString();
  }
}

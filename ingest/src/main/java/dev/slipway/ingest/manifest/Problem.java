package dev.slipway.ingest.manifest;

/**
 * One thing wrong with an input.
 *
 * @param file where it was read from
 * @param field path of the field, or line and column of a syntax error
 * @param reason what is wrong
 */
public record Problem(String file, String field, String reason) {
  @Override
  public String toString() {
    return file + ": " + (field.isEmpty() ? "" : field + ": ") + reason;
  }
}

package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Answers the cases of one file of recorded answers with this build and compares. Cases come as
 * data; an implementation knows a file's format, never an answer.
 */
@FunctionalInterface
public interface VectorCheck {
  /**
   * Checks one case {@code {"id","in","out"}}.
   *
   * @param vector the whole case
   * @param data resolves {@code in.file}
   */
  Verdict check(JsonNode vector, DataFolders data) throws Exception;

  /** The check waits for something most of its time: many cases may run at once. */
  default boolean waits() {
    return false;
  }
}

package dev.slipway.ingest.manifest;

/** Receives what is odd about an object while it is read; reading goes on. */
@FunctionalInterface
public interface FieldProblems {
  /** Nobody wants to know. */
  FieldProblems IGNORED = (field, reason) -> {};

  void add(String field, String reason);
}

package dev.slipway.ingest.validation;

import java.util.List;

/** Rules of file paths inside containers and volumes. */
final class FileRules {
  private final FieldErrors errors;

  FileRules(FieldErrors errors) {
    this.errors = errors;
  }

  /** A relative path that never goes up. */
  void descending(String file, Path path) {
    if (file.startsWith("/")) {
      errors.invalid(path, file, "must be a relative path");
    }
    noBacksteps(file, path);
  }

  /** A path that never goes up. */
  void noBacksteps(String file, Path path) {
    if (List.of(file.split("/", -1)).contains("..")) {
      errors.invalid(path, file, "must not contain '..'");
    }
  }

  /** As {@link #descending}, and not with a name that begins with two dots. */
  void nonReserved(String file, Path path) {
    descending(file, path);
    if (file.startsWith("..") && !file.startsWith("../")) {
      errors.invalid(path, file, "must not start with '..'");
    }
  }
}

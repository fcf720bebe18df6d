package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What an audit record means for the object it is about. */
final class AuditRules {
  private static final int FIRST_REDIRECT = 300;

  private AuditRules() {}

  /** Why the record says nothing to us; null if it does. */
  static @Nullable Skip skip(
      String stage,
      String verb,
      String requestUri,
      long code,
      @Nullable ObjectKind kind,
      String subresource) {
    if (!stage.equals("ResponseComplete")) {
      return Skip.OTHER_STAGE;
    }
    if (!changes(verb) || requestUri.contains("dryRun=")) {
      return Skip.NO_CHANGE;
    }
    if (kind == null || kind == ObjectKind.EVENT) {
      return Skip.OTHER_KIND;
    }
    if (code >= FIRST_REDIRECT || code == 0) {
      return Skip.REFUSED_REQUEST;
    }
    return takes(kind, subresource) ? null : Skip.OTHER_SUBRESOURCE;
  }

  private static boolean changes(String verb) {
    return switch (verb) {
      case "create", "update", "patch", "delete", "deletecollection" -> true;
      default -> false;
    };
  }

  /** The subresources whose answer is the object, binding and eviction. */
  private static boolean takes(ObjectKind kind, String subresource) {
    return switch (subresource) {
      case "", "status" -> true;
      case "binding", "eviction", "resize", "ephemeralcontainers" -> kind == ObjectKind.POD;
      default -> false;
    };
  }

  /** What happened to an object that the API server answered with. */
  static Action action(String verb, ObjectKind kind, JsonNode object) {
    JsonNode metadata = object.path("metadata");
    if (kind == ObjectKind.POD) {
      return podAction(
          verb,
          metadata.path("deletionTimestamp").isTextual(),
          Json.whole(metadata.path("deletionGracePeriodSeconds"), 0),
          !metadata.path("finalizers").isEmpty());
    }
    return switch (verb) {
      case "create" -> Action.ADDED;
      case "delete", "deletecollection" ->
          metadata.path("finalizers").isEmpty() ? Action.DELETED : Action.MODIFIED;
      default -> Action.MODIFIED;
    };
  }

  /**
   * A pod leaves the API with the request that finds no grace period and no finalizer left
   * (k8s.io/apiserver pkg/registry/generic/registry/store.go,
   * deletionFinalizersForGarbageCollection and finalizeDelete, 1.37).
   */
  static Action podAction(String verb, boolean deleting, long graceSeconds, boolean finalizers) {
    if (deleting && graceSeconds == 0 && !finalizers) {
      return Action.DELETED;
    }
    return verb.equals("create") ? Action.ADDED : Action.MODIFIED;
  }
}

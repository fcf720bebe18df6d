package dev.slipway.ingest.repair;

/** What can be wrong with an event, seen from what came before it. */
public enum AnomalyKind {
  /** The same version of the same object again, or the same hint or report. */
  DUPLICATE,
  /** A version older than one already applied. */
  LATE_VERSION,
  /** An event came before one it follows, and was put behind it within the reorder window. */
  REORDERED,
  /** The reorder window held too many events and let some go early. */
  WINDOW_FULL,
  /** A version of a pod that is known to be gone. */
  AFTER_DELETE,
  /** A change of a pod nobody had added or listed. */
  MODIFIED_WITHOUT_ADDED,
  /** A deletion of a pod nobody had added or listed. */
  DELETED_WITHOUT_ADDED,
  /** A known pod was added once more in a newer version: a watch began anew. */
  ADDED_AGAIN,
  /** Another pod took the name of one whose deletion never came. */
  REPLACED,
  /** An event of a pod whose name another, younger pod has by now. */
  OLD_NAMESAKE,
  /** A source that names no UID spoke of a pod; it was found by its name. */
  FOUND_BY_NAME,
  /** A pod known by its name only turned out to have a UID. */
  REKEYED,
  /** Versions are missing: the generation or a restart count went up by more than one. */
  MISSED_VERSIONS,
  /** The watch expired: what happened until the next list is unknown. */
  WATCH_EXPIRED,
  /** The watch broke in another way. */
  WATCH_FAILED,
  /** A pod went away unseen: the list after an expired watch lacks it. */
  ABSENT_FROM_LIST,
  /** A version from before such a list, of a pod that list lacks. */
  BEFORE_LIST
}

package dev.slipway.ingest.format;

/** Where the parts of a pod's metadata and spec are, in bytes, and how many tokens each has. */
final class Parts {
  static final int MANAGERS_MAX = 4;
  static final int NO_HOLE = -1;

  private static final int FROM = 0;
  private static final int TO = 1;
  private static final int HOLE = 2;
  private static final int TOKENS = 3;
  private static final int FIELDS = 4;

  /** Whether all of them are known, and not only the spec or a manager. */
  boolean all;

  /** The digits of the resource version, without quotes. */
  int versionFrom;

  int versionTo;

  /** The end of what follows the version. */
  int tailTo;

  int specFrom;
  int tokens;
  int headTokens;
  int tailTokens;
  int specTokens;
  int headSeen;
  int tailSeen;

  /** Managers of fields whose places are known. */
  int managers;

  private final int[] ofManagers = new int[MANAGERS_MAX * FIELDS];

  int from(int manager) {
    return ofManagers[manager * FIELDS + FROM];
  }

  int to(int manager) {
    return ofManagers[manager * FIELDS + TO];
  }

  /** The time of a manager, which may differ; {@link #NO_HOLE} if it has none. */
  int hole(int manager) {
    return ofManagers[manager * FIELDS + HOLE];
  }

  int tokens(int manager) {
    return ofManagers[manager * FIELDS + TOKENS];
  }

  void addManager(int from, int to, int hole, int managerTokens) {
    if (managers < MANAGERS_MAX) {
      int first = managers++ * FIELDS;
      ofManagers[first + FROM] = from;
      ofManagers[first + TO] = to;
      ofManagers[first + HOLE] = hole;
      ofManagers[first + TOKENS] = managerTokens;
    }
  }

  /** Takes those over, counted from another byte. */
  void set(Parts other, int origin) {
    all = other.all;
    versionFrom = other.versionFrom - origin;
    versionTo = other.versionTo - origin;
    tailTo = other.tailTo - origin;
    specFrom = other.specFrom - origin;
    tokens = other.tokens;
    headTokens = other.headTokens;
    tailTokens = other.tailTokens;
    specTokens = other.specTokens;
    headSeen = other.headSeen;
    tailSeen = other.tailSeen;
    managers = 0;
    for (int i = 0; i < other.managers; i++) {
      int hole = other.hole(i) == NO_HOLE ? NO_HOLE : other.hole(i) - origin;
      addManager(other.from(i) - origin, other.to(i) - origin, hole, other.tokens(i));
    }
  }
}

package dev.slipway.engine.resources;

/** The names of resources and the kinds of names the rules tell apart. */
public final class ResourceNames {
  public static final String CPU = "cpu";
  public static final String MEMORY = "memory";
  public static final String EPHEMERAL_STORAGE = "ephemeral-storage";
  public static final String PODS = "pods";
  public static final String HUGEPAGES_PREFIX = "hugepages-";
  public static final String ATTACHABLE_VOLUMES_PREFIX = "attachable-volumes-";

  private static final String NATIVE_DOMAIN = "kubernetes.io/";
  private static final String REQUESTS_PREFIX = "requests.";
  private static final int MAX_DOMAIN = 253;
  private static final int MAX_LABEL = 63;

  private ResourceNames() {}

  /**
   * The one instance of a well-known name, so that comparing names is mostly comparing references.
   */
  static String canonical(String name) {
    return switch (name) {
      case CPU -> CPU;
      case MEMORY -> MEMORY;
      case EPHEMERAL_STORAGE -> EPHEMERAL_STORAGE;
      case PODS -> PODS;
      default -> name;
    };
  }

  public static boolean isHugePages(String name) {
    return name.startsWith(HUGEPAGES_PREFIX);
  }

  /** Names that count in pod-level resources. */
  public static boolean isPodLevel(String name) {
    return name.equals(CPU) || name.equals(MEMORY) || isHugePages(name);
  }

  /** Names without a domain or with one of {@code kubernetes.io}. */
  public static boolean isNative(String name) {
    return name.indexOf('/') < 0 || isPrefixedNative(name);
  }

  /** Names with {@code kubernetes.io/} in them. */
  public static boolean isPrefixedNative(String name) {
    return name.contains(NATIVE_DOMAIN);
  }

  public static boolean isAttachableVolumes(String name) {
    return name.startsWith(ATTACHABLE_VOLUMES_PREFIX);
  }

  /**
   * Names of device plugins and the like: with a foreign domain, and valid behind {@code requests.}
   * in a quota.
   */
  public static boolean isExtended(String name) {
    if (isNative(name) || name.startsWith(REQUESTS_PREFIX)) {
      return false;
    }
    return isQualified(REQUESTS_PREFIX + name);
  }

  /** Names the scheduler keeps beside cpu, memory and ephemeral-storage. */
  public static boolean isScalar(String name) {
    return isExtended(name)
        || isHugePages(name)
        || isPrefixedNative(name)
        || isAttachableVolumes(name);
  }

  /** {@code [domain/]label}, as the API's qualified names. */
  static boolean isQualified(String name) {
    int slash = name.indexOf('/');
    if (slash < 0) {
      return isLabel(name);
    }
    return isDomain(name.substring(0, slash)) && isLabel(name.substring(slash + 1));
  }

  private static boolean isLabel(String label) {
    if (label.isEmpty() || label.length() > MAX_LABEL) {
      return false;
    }
    for (int i = 0; i < label.length(); i++) {
      char c = label.charAt(i);
      boolean inner = i > 0 && i < label.length() - 1;
      if (!isAlphanumeric(c) && !(inner && (c == '-' || c == '_' || c == '.'))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDomain(String domain) {
    if (domain.isEmpty() || domain.length() > MAX_DOMAIN) {
      return false;
    }
    char before = '.';
    for (int i = 0; i < domain.length(); i++) {
      char c = domain.charAt(i);
      boolean edge = before == '.';
      boolean lower = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      boolean legal = lower || (c == '-' && !edge) || (c == '.' && !edge && before != '-');
      if (!legal) {
        return false;
      }
      before = c;
    }
    return before != '.' && before != '-';
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}

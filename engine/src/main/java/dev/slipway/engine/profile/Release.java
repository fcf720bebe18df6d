package dev.slipway.engine.profile;

import java.util.Arrays;
import java.util.List;

/** A Kubernetes release line whose rules the engine knows, oldest first. */
public enum Release {
  V1_28,
  V1_29,
  V1_30,
  V1_31,
  V1_32,
  V1_33,
  V1_34,
  V1_35,
  V1_36,
  V1_37;

  /** The release the rules were checked against as a whole (rule L-001). */
  public static final Release DEFAULT = V1_37;

  /** As people write it, "1.37". */
  public String text() {
    return name().substring(1).replace('_', '.');
  }

  /** True for that release and all after it. */
  public boolean atLeast(Release other) {
    return compareTo(other) >= 0;
  }

  /**
   * The release of a text such as "1.36"; an unknown one is an {@link IllegalArgumentException}
   * that names the known ones.
   */
  public static Release of(String text) {
    for (Release release : values()) {
      if (release.text().equals(text)) {
        return release;
      }
    }
    throw new IllegalArgumentException(
        "no profile for version " + text + "; there are " + String.join(", ", texts()));
  }

  /** All of them, newest first. */
  public static List<String> texts() {
    return Arrays.stream(values()).map(Release::text).toList().reversed();
  }
}

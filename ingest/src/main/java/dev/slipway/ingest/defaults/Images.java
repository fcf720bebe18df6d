package dev.slipway.ingest.defaults;

/** What the name of an image says without asking a registry (rule V-60). */
public final class Images {
  private Images() {}

  /**
   * The pull policy of a container that names none: Always for the tag {@code latest}, with a
   * digest too, and where there is neither tag nor digest. A name that is no image reference counts
   * as tagged.
   */
  public static String defaultPullPolicy(String image) {
    return ImageReference.parse(image).map(ImageReference::isLatest).orElse(false)
        ? "Always"
        : "IfNotPresent";
  }
}

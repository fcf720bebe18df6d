package dev.slipway.engine.lifecycle;

import dev.slipway.engine.api.ImagePullPolicy;
import dev.slipway.engine.state.PullBackOff;
import org.jspecify.annotations.Nullable;

/**
 * Is an image pulled, and what is said when there is none (rules L-330, L-331;
 * pkg/kubelet/images/image_manager.go EnsureImageExists, 1.37.2).
 */
public final class ImageRules {
  private static final String REGISTRY_UNAVAILABLE = "RegistryUnavailable";
  private static final String SIGNATURE = "SignatureValidationFailed";

  /**
   * Why a container has no image.
   *
   * @param reason waiting reason
   */
  public record Refusal(String reason, String message) {}

  private ImageRules() {}

  /** What keeps the image from being looked for at all: its name. Null if nothing does. */
  public static @Nullable Refusal unusable(String image) {
    String problem = ImageNames.problem(image);
    return problem == null
        ? null
        : new Refusal(
            "InvalidImageName",
            "Failed to apply default image tag \""
                + image
                + "\": couldn't parse image name \""
                + image
                + "\": "
                + problem);
  }

  /**
   * True if the image is pulled, unless back-off refuses; false: it is used, or missed, as it is.
   */
  public static boolean pulls(ImagePullPolicy policy, boolean present) {
    return switch (policy) {
      case ALWAYS -> true;
      case IF_NOT_PRESENT -> !present;
      case NEVER -> false;
    };
  }

  /** The image is not there and must not be pulled. */
  public static Refusal neverPulled(String image) {
    return new Refusal(
        "ErrImageNeverPull",
        "Container image \"" + image + "\" is not present with pull policy of Never");
  }

  /** What pull back-off says at that time; null: the image may be pulled. */
  public static @Nullable Refusal backOff(@Nullable PullBackOff backOff, String image, long now) {
    if (backOff == null || !backOff.refuses(image, now)) {
      return null;
    }
    String last = backOff.lastError(image);
    return new Refusal(
        "ImagePullBackOff",
        "Back-off pulling image \"" + image + "\"" + (last.isEmpty() ? "" : ": " + last));
  }

  /** What the runtime's error of a pull means. */
  public static Refusal failed(String image, String error) {
    if (error.startsWith(REGISTRY_UNAVAILABLE)) {
      return new Refusal(
          REGISTRY_UNAVAILABLE,
          "image pull failed for "
              + image
              + " because the registry is unavailable"
              + error.substring(REGISTRY_UNAVAILABLE.length()));
    }
    if (error.startsWith(SIGNATURE)) {
      return new Refusal(
          SIGNATURE,
          "image pull failed for "
              + image
              + " because the signature validation failed"
              + error.substring(SIGNATURE.length()));
    }
    return new Refusal("ErrImagePull", error);
  }
}

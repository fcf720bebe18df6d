package dev.slipway.ingest.defaults;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image name cut into repository, tag and digest, by the grammar that container registries
 * share.
 *
 * @param tag empty if the name has none
 * @param digest empty if the name has none
 */
record ImageReference(String repository, String tag, String digest) {
  private static final int MAX_REPOSITORY = 255;
  private static final String PATH_PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final String HOST_PART = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
  private static final String HOST =
      "(?:" + HOST_PART + "(?:\\." + HOST_PART + ")*|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?";
  private static final Pattern REFERENCE =
      Pattern.compile(
          "((?:(?<host>"
              + HOST
              + ")/)?(?<path>"
              + PATH_PART
              + "(?:/"
              + PATH_PART
              + ")*))"
              + "(?::(?<tag>[\\w][\\w.-]{0,127}))?"
              + "(?:@(?<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?");
  private static final Pattern IMAGE_ID = Pattern.compile("[a-f0-9]{64}");
  private static final Pattern KNOWN_DIGEST =
      Pattern.compile("sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}");

  boolean isLatest() {
    return tag.isEmpty() ? digest.isEmpty() : tag.equals("latest");
  }

  /** Empty if the text is no image reference. */
  static Optional<ImageReference> parse(String image) {
    if (image.isEmpty() || IMAGE_ID.matcher(image).matches()) {
      return Optional.empty();
    }
    Matcher matcher = REFERENCE.matcher(image);
    if (!matcher.matches() || matcher.group(1).length() > MAX_REPOSITORY) {
      return Optional.empty();
    }
    String digest = text(matcher.group("digest"));
    if (!digest.isEmpty() && !KNOWN_DIGEST.matcher(digest).matches()) {
      return Optional.empty();
    }
    return Optional.of(new ImageReference(matcher.group(1), text(matcher.group("tag")), digest));
  }

  private static String text(@Nullable String group) {
    return group == null ? "" : group;
  }
}

package dev.slipway.engine.lifecycle;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of image names (rule L-330; github.com/distribution/reference normalize.go and
 * regexp.go, as vendored by 1.37.2).
 */
final class ImageNames {
  private static final int LONGEST_NAME = 255;
  private static final String DEFAULT_DOMAIN = "docker.io";
  private static final String LEGACY_DOMAIN = "index.docker.io";
  private static final String OFFICIAL = "library/";
  private static final String INVALID = "invalid reference format";

  private static final String ALPHANUMERIC = "[a-z0-9]+";
  private static final String PATH_PART = ALPHANUMERIC + "(?:(?:[._]|__|-+)" + ALPHANUMERIC + ")*";
  private static final String PATH = PATH_PART + "(?:/" + PATH_PART + ")*";
  private static final String DOMAIN_PART = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
  private static final String DOMAIN =
      "(?:" + DOMAIN_PART + "(?:\\." + DOMAIN_PART + ")*|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?";
  private static final String TAG = "[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}";
  private static final String DIGEST =
      "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?<name>(?:" + DOMAIN + "/)?" + PATH + ")(?::" + TAG + ")?(?:@" + DIGEST + ")?");
  private static final Pattern IDENTIFIER = Pattern.compile("[a-f0-9]{64}");

  private ImageNames() {}

  /** Why the name cannot be used; null if it can. */
  static @Nullable String problem(String image) {
    if (IDENTIFIER.matcher(image).matches()) {
      return "invalid repository name (" + image + "), cannot specify 64-byte hexadecimal strings";
    }
    int slash = image.indexOf('/');
    boolean named = slash >= 0 && isDomain(image.substring(0, slash));
    String domain = named ? image.substring(0, slash) : DEFAULT_DOMAIN;
    String rest = named ? image.substring(slash + 1) : image;
    if (domain.equals(LEGACY_DOMAIN)) {
      domain = DEFAULT_DOMAIN;
    }
    if (domain.equals(DEFAULT_DOMAIN) && rest.indexOf('/') < 0) {
      rest = OFFICIAL + rest;
    }
    int tag = rest.indexOf(':');
    String path = tag < 0 ? rest : rest.substring(0, tag);
    if (!path.toLowerCase(Locale.ROOT).equals(path)) {
      return INVALID + ": repository name (" + path + ") must be lowercase";
    }
    var reference = REFERENCE.matcher(domain + "/" + rest);
    if (!reference.matches()) {
      return INVALID;
    }
    return reference.group("name").length() > LONGEST_NAME
        ? "repository name must not be more than " + LONGEST_NAME + " characters"
        : null;
  }

  private static boolean isDomain(String first) {
    return first.indexOf('.') >= 0
        || first.indexOf(':') >= 0
        || first.equals("localhost")
        || !first.toLowerCase(Locale.ROOT).equals(first);
  }
}

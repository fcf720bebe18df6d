package dev.slipway.ingest.validation;

import java.util.List;
import java.util.regex.Pattern;

/** Texts that are IP addresses; leading zeros are taken as older API servers took them. */
final class IpAddress {
  private static final Pattern BYTE = Pattern.compile("0*[0-9]{1,3}");

  /** A byte of a dotted address that begins with a zero it does not need. */
  private static final Pattern LEADING_ZERO = Pattern.compile("(?:^|[.:])0[0-9]+\\.|\\.0[0-9]+$");

  private static final Pattern MAPPED = Pattern.compile("(?i)[0:]*:ffff:[0-9.]+");
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final int GROUPS = 8;
  private static final int BYTES = 4;

  private IpAddress() {}

  /** What is wrong with a text that should be an address. */
  static List<String> wrong(String text) {
    if (!isValid(text)) {
      return List.of("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
    }
    if (LEADING_ZERO.matcher(text).find()) {
      return List.of("must not have leading 0s");
    }
    return MAPPED.matcher(text).matches()
        ? List.of("must not be an IPv4-mapped IPv6 address")
        : List.of();
  }

  static boolean isValid(String text) {
    return text.contains(":") ? isVersion6(text) : isVersion4(text);
  }

  private static boolean isVersion4(String text) {
    String[] bytes = text.split("\\.", -1);
    if (bytes.length != BYTES) {
      return false;
    }
    for (String one : bytes) {
      if (!BYTE.matcher(one).matches() || Integer.parseInt(one) > 255) {
        return false;
      }
    }
    return true;
  }

  private static boolean isVersion6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text) == GROUPS;
    }
    if (text.indexOf("::", gap + 1) >= 0) {
      return false;
    }
    String head = text.substring(0, gap);
    String tail = text.substring(gap + 2);
    int before = head.isEmpty() ? 0 : groups(head);
    int after = tail.isEmpty() ? 0 : groups(tail);
    return before >= 0 && after >= 0 && before + after < GROUPS && !head.contains(".");
  }

  /** How many groups of 16 bits a text without gap has, -1 if it is none. */
  private static int groups(String text) {
    String[] parts = text.split(":", -1);
    int count = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      if (last && parts[i].contains(".")) {
        if (!isVersion4(parts[i])) {
          return -1;
        }
        count += 2;
      } else if (GROUP.matcher(parts[i]).matches()) {
        count++;
      } else {
        return -1;
      }
    }
    return count;
  }
}

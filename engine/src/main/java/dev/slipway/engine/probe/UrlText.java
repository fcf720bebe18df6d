package dev.slipway.engine.probe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A URL reference taken apart as Go's net/url does (url.go parse, parseAuthority, setPath).
 *
 * @param scheme in lower case, empty if there is none
 * @param absolute it names a scheme or a host of its own
 * @param host with port, empty if there is none
 * @param path escaped for the wire
 * @param query with its question mark, empty if there is none
 */
record UrlText(String scheme, boolean absolute, String host, String path, String query) {
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int DELETE = 0x7f;
  private static final int ASCII = 0x80;
  private static final String UNRESERVED = "-_.~";
  private static final String PATH_MARKS = "$&+,/:;=@";
  private static final String RAW_PATH_MARKS = "!'()*[]%";
  private static final String HOST_MARKS = "!$&'()*+,;=:[]<>\"";

  /** Reads a reference; the fragment is dropped. */
  static UrlText parse(String text) throws BadRequestException {
    int hash = text.indexOf('#');
    String rest = hash < 0 ? text : text.substring(0, hash);
    if (rest.chars().anyMatch(ch -> ch < FIRST_PRINTABLE || ch == DELETE)) {
      throw new BadRequestException("net/url: invalid control character in URL");
    }
    int colon = schemeEnd(rest);
    String scheme = rest.substring(0, colon).toLowerCase(Locale.ROOT);
    rest = scheme.isEmpty() ? rest : rest.substring(colon + 1);
    int mark = rest.indexOf('?');
    String query = mark < 0 ? "" : rest.substring(mark);
    rest = mark < 0 ? rest : rest.substring(0, mark);
    if (!rest.startsWith("/")) {
      if (!scheme.isEmpty()) {
        return new UrlText(scheme, true, "", "", query);
      }
      int slash = rest.indexOf('/');
      if ((slash < 0 ? rest : rest.substring(0, slash)).indexOf(':') >= 0) {
        throw new BadRequestException("first path segment in URL cannot contain colon");
      }
    }
    String host = "";
    boolean authority = rest.startsWith("//") && (!scheme.isEmpty() || !rest.startsWith("///"));
    if (authority) {
      int slash = rest.indexOf('/', 2);
      host = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
      rest = slash < 0 ? "" : rest.substring(slash);
      host = host.substring(host.lastIndexOf('@') + 1);
      checkHost(host);
    }
    return new UrlText(
        scheme, !scheme.isEmpty() || !host.isEmpty(), host, escapedPath(rest), query);
  }

  /** Where the colon behind a scheme stands; 0 if the text begins with none. */
  private static int schemeEnd(String text) throws BadRequestException {
    for (int k = 0; k < text.length(); k++) {
      char ch = text.charAt(k);
      if (ch == ':') {
        if (k == 0) {
          throw new BadRequestException("missing protocol scheme");
        }
        return k;
      }
      boolean letter = ch >= 'a' && ch <= 'z' || ch >= 'A' && ch <= 'Z';
      boolean later = ch >= '0' && ch <= '9' || "+-.".indexOf(ch) >= 0;
      if (!letter && (k == 0 || !later)) {
        return 0;
      }
    }
    return 0;
  }

  /** Refuses what cannot be a host with an optional port. */
  static void checkHost(String host) throws BadRequestException {
    int port;
    if (host.startsWith("[")) {
      int end = host.lastIndexOf(']');
      if (end < 0) {
        throw new BadRequestException("missing ']' in host");
      }
      port = end + 1;
    } else {
      int colon = host.lastIndexOf(':');
      port = colon < 0 ? host.length() : colon;
    }
    String tail = host.substring(port);
    boolean fits = tail.isEmpty() || tail.charAt(0) == ':' && digits(tail.substring(1));
    if (!fits) {
      throw new BadRequestException("invalid port " + Quoted.of(tail) + " after host");
    }
    for (int k = 0; k < host.length(); k++) {
      char ch = host.charAt(k);
      boolean plain = ch >= ASCII || alphanumeric(ch) || UNRESERVED.indexOf(ch) >= 0 || ch == '%';
      if (!plain && HOST_MARKS.indexOf(ch) < 0) {
        throw new BadRequestException(
            "invalid character " + Quoted.of(String.valueOf(ch)) + " in host name");
      }
    }
  }

  private static boolean digits(String text) {
    return text.chars().allMatch(ch -> ch >= '0' && ch <= '9');
  }

  private static boolean alphanumeric(int ch) {
    return ch >= 'a' && ch <= 'z' || ch >= 'A' && ch <= 'Z' || ch >= '0' && ch <= '9';
  }

  /** The path itself if it is escaped well enough, else as Go would escape it. */
  private static String escapedPath(String path) throws BadRequestException {
    checkEscapes(path);
    boolean valid =
        path.chars()
            .allMatch(ch ->
                alphanumeric(ch)
                    || UNRESERVED.indexOf(ch) >= 0
                    || PATH_MARKS.indexOf(ch) >= 0
                    || RAW_PATH_MARKS.indexOf(ch) >= 0);
    return valid ? path : escape(unescape(path));
  }

  private static void checkEscapes(String path) throws BadRequestException {
    for (int k = path.indexOf('%'); k >= 0; k = path.indexOf('%', k + 1)) {
      if (k + 2 >= path.length()
          || !HexFormat.isHexDigit(path.charAt(k + 1))
          || !HexFormat.isHexDigit(path.charAt(k + 2))) {
        String wrong = path.substring(k, Math.min(path.length(), k + 3));
        throw new BadRequestException("invalid URL escape " + Quoted.of(wrong));
      }
    }
  }

  private static byte[] unescape(String path) {
    byte[] in = path.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int k = 0; k < in.length; k++) {
      if (in[k] == '%') {
        out[length++] =
            (byte) (HexFormat.fromHexDigit(in[k + 1]) << 4 | HexFormat.fromHexDigit(in[k + 2]));
        k += 2;
      } else {
        out[length++] = in[k];
      }
    }
    return Arrays.copyOf(out, length);
  }

  /** A path with everything escaped that cannot stand in one. */
  static String escape(String path) {
    return escape(path.getBytes(StandardCharsets.UTF_8));
  }

  private static String escape(byte[] path) {
    StringBuilder escaped = new StringBuilder(path.length);
    for (byte b : path) {
      int ch = b & 0xff;
      if (alphanumeric(ch) || UNRESERVED.indexOf(ch) >= 0 || PATH_MARKS.indexOf(ch) >= 0) {
        escaped.append((char) ch);
      } else {
        escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return escaped.toString();
  }

  /** The reference applied to the base, without dot segments (url.go resolvePath). */
  static String withoutDots(String base, String reference) {
    String full;
    if (reference.isEmpty()) {
      full = base;
    } else if (reference.startsWith("/")) {
      full = reference;
    } else {
      full = base.substring(0, base.lastIndexOf('/') + 1) + reference;
    }
    if (full.isEmpty()) {
      return "";
    }
    ArrayDeque<String> kept = new ArrayDeque<>();
    String[] segments = full.split("/", -1);
    for (int k = full.startsWith("/") ? 1 : 0; k < segments.length; k++) {
      switch (segments[k]) {
        case "." -> {}
        case ".." -> kept.pollLast();
        default -> kept.addLast(segments[k]);
      }
    }
    String last = segments[segments.length - 1];
    boolean folder = (last.equals(".") || last.equals("..")) && !kept.isEmpty();
    return "/" + String.join("/", kept) + (folder ? "/" : "");
  }
}

package dev.slipway.engine.probe;

import java.util.Locale;

/**
 * A URL of a probe or hook, read and resolved as Go's net/url does, so that the same requests are
 * made and the same redirects are refused (rules P-075, P-079).
 *
 * @param scheme in lower case
 * @param host name or address with the port as written, an IPv6 address in brackets
 * @param path escaped for the wire; may be empty
 * @param query with its question mark; empty if there is none
 */
public record ProbeUrl(String scheme, String host, String path, String query) {
  /** The URL of an {@code httpGet}; a path that is no URL reference is a path all the same. */
  static ProbeUrl of(String scheme, String name, int port, String path) throws BadRequestException {
    String host = joinHostPort(name, port);
    UrlText.checkHost(host);
    try {
      UrlText text = UrlText.parse(path);
      return new ProbeUrl(scheme, host, rooted(text.path()), text.query());
    } catch (BadRequestException e) {
      return new ProbeUrl(scheme, host, rooted(UrlText.escape(path)), "");
    }
  }

  private static String rooted(String path) {
    return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
  }

  /** Name and port as one text; an address with colons goes into brackets. */
  static String joinHostPort(String name, int port) {
    boolean brackets = name.indexOf(':') >= 0 || name.indexOf('%') >= 0;
    return (brackets ? "[" + name + "]" : name) + ":" + port;
  }

  /** Where a redirect leads (RFC 3986, section 5). */
  ProbeUrl resolve(String location) throws BadRequestException {
    UrlText ref = UrlText.parse(location);
    String newScheme = ref.scheme().isEmpty() ? scheme : ref.scheme();
    if (ref.absolute()) {
      return new ProbeUrl(newScheme, ref.host(), UrlText.withoutDots(ref.path(), ""), ref.query());
    }
    String newQuery = ref.path().isEmpty() && ref.query().isEmpty() ? query : ref.query();
    return new ProbeUrl(newScheme, host, UrlText.withoutDots(path, ref.path()), newQuery);
  }

  ProbeUrl withScheme(String newScheme) {
    return new ProbeUrl(newScheme, host, path, query);
  }

  /** The host without its port and brackets. */
  public String hostname() {
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      return end < 0 ? host : host.substring(1, end);
    }
    int colon = host.indexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  /** The port, that of the scheme if none is written. */
  public int port() {
    int colon = host.lastIndexOf(':');
    String text = colon <= host.lastIndexOf(']') ? "" : host.substring(colon + 1);
    if (text.isEmpty()) {
      return scheme.equals("https") ? 443 : 80;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Path and query as they go on the wire. */
  public String target() {
    return (path.isEmpty() ? "/" : path) + query;
  }

  /** True for HTTPS. */
  public boolean tls() {
    return scheme.toLowerCase(Locale.ROOT).equals("https");
  }

  @Override
  public String toString() {
    return scheme + "://" + host + path + query;
  }
}

package dev.slipway.ops.loopback;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a loopback HTTP server is to answer. It travels as the query of the request, so that one
 * server serves any situation.
 *
 * @param status of the last answer
 * @param redirects answers before it that redirect to the same server; -1: without end
 * @param redirectStatus status of those
 * @param location header of the last answer, empty for none
 * @param interim status of an interim answer before it, 0 for none
 * @param delayMillis before the answer
 * @param bodyBytes announced
 * @param bodySent of those, sent before the connection is cut
 */
public record HttpAnswer(
    int status,
    int redirects,
    int redirectStatus,
    String location,
    int interim,
    int delayMillis,
    int bodyBytes,
    int bodySent) {
  /** Body of an answer nobody asked more of. */
  public static final int SHORT_BODY = 2;

  public static HttpAnswer of(int status) {
    return new HttpAnswer(status, 0, 0, "", 0, 0, SHORT_BODY, SHORT_BODY);
  }

  /** Path and query of a request that is answered so. */
  public String target() {
    return "/?code="
        + status
        + written("hops", redirects, 0)
        + written("redirect", redirectStatus, 0)
        + (location.isEmpty() ? "" : "&location=" + hex(location))
        + written("interim", interim, 0)
        + written("wait", delayMillis, 0)
        + written("body", bodyBytes, SHORT_BODY)
        + written("sent", bodySent, SHORT_BODY);
  }

  private static String written(String name, int value, int usual) {
    return value == usual ? "" : "&" + name + "=" + value;
  }

  /** The answer a request asks for; 404 where it asks for none. */
  static HttpAnswer of(String target) {
    Map<String, String> values = new TreeMap<>();
    for (String pair : target.substring(target.indexOf('?') + 1).split("&")) {
      int at = pair.indexOf('=');
      if (at > 0) {
        values.put(pair.substring(0, at), pair.substring(at + 1));
      }
    }
    return new HttpAnswer(
        number(values, "code", 404),
        number(values, "hops", 0),
        number(values, "redirect", 0),
        text(values.getOrDefault("location", "")),
        number(values, "interim", 0),
        number(values, "wait", 0),
        number(values, "body", SHORT_BODY),
        number(values, "sent", SHORT_BODY));
  }

  private static int number(Map<String, String> values, String name, int otherwise) {
    String value = values.get(name);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
  }

  /** What the request a redirect leads to is answered. */
  HttpAnswer next() {
    int left = redirects < 0 ? redirects : redirects - 1;
    return new HttpAnswer(
        status, left, redirectStatus, location, interim, delayMillis, bodyBytes, bodySent);
  }
}

package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Texts of probes and hooks in the form that is compared: what the kubelet writes as it is, what
 * belongs to the recorder's servers or to Go's libraries (a request's own URL, the reason of a
 * failed connection) as a placeholder. Long texts are shortened as the recorder shortened them.
 */
final class LoopbackTexts {
  private static final List<String> CLIENT = List.of("Get \"", "dial tcp", "networking container");
  private static final Pattern PATH = Pattern.compile("\\(/[^)]*\\)");
  private static final int LONG = 400;
  private static final int SHORTENED = 60;

  /** gRPC's own codes end here; the client reads others as Unknown. */
  private static final int LAST_CODE = 16;

  private final JsonNode in;

  LoopbackTexts(JsonNode in) {
    this.in = in;
  }

  /**
   * The text to compare.
   *
   * @param output of the case's command, which only the recorder knows
   * @param port of the server, which is another in every run; 0 if there is none
   */
  String compared(String text, String output, int port) {
    String shown = shortened(text).replace("127.0.0.1:" + port, "127.0.0.1:PORT");
    shown = PATH.matcher(shown).replaceAll("(PATH)");
    if (in.path("handler").asText().equals("exec") && !output.isEmpty()) {
      shown = shown.replace(output, "(output)");
    }
    for (String mark : CLIENT) {
      shown = until(mark, shown);
    }
    return in.path("code").asInt(0) > LAST_CODE ? until("code = ", shown) : shown;
  }

  private static String until(String mark, String text) {
    int at = text.indexOf(mark);
    return at < 0 ? text : text.substring(0, at) + "(text of the client)";
  }

  private static String shortened(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return bytes <= LONG ? text : text.substring(0, SHORTENED) + "...(" + bytes + " bytes)";
  }
}

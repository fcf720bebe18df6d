package dev.slipway.ops.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.QuantityFormatException;
import dev.slipway.engine.resources.CpuConversions;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of single amounts: quantities, their arithmetic, and CPU conversions. */
final class AmountChecks {
  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final BigInteger MAX_EXPONENT = BigInteger.valueOf(10_000);
  private static final Pattern EXPONENT = Pattern.compile("[eE][+-]?([0-9]+)\\s*\"?$");

  private AmountChecks() {}

  static Verdict quantity(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    JsonNode out = vector.path("out");
    boolean json = in.has("json");
    String text = in.path(json ? "json" : "text").asText();
    Quantity quantity;
    try {
      quantity = json ? decode(text) : Quantity.parse(text);
    } catch (QuantityFormatException | JsonProcessingException e) {
      boolean refused = out.has("error") || beyondOurs(text);
      return refused
          ? Verdict.PASSED
          : new Verdict.Failed(out.toString(), String.valueOf(e.getMessage()));
    }
    if (out.has("error")) {
      return new Verdict.Failed(out.path("error").asText(), quantity.toString());
    }
    var comparison =
        new Comparison()
            .add("canonical", out.path("canonical"), quantity.toString())
            .add("sign", out.path("sign"), quantity.signum())
            .add("isZero", out.path("isZero"), quantity.isZero())
            .add("valueOverflow", out.path("valueOverflow"), !quantity.fitsValue())
            .add("milliOverflow", out.path("milliOverflow"), !quantity.fitsMilliValue());
    if (!text.equals("null")) {
      comparison.add("format", out.path("format"), quantity.format().text());
    }
    if (exact(out.path("exact").asText()).compareTo(quantity.toBigDecimal()) != 0) {
      comparison.addTexts("exact", out.path("exact").asText(), quantity.toBigDecimal().toString());
    }
    if (quantity.signum() >= 0 && quantity.fitsValue()) {
      comparison.add("value", out.path("value"), quantity.value());
    }
    if (quantity.signum() >= 0 && quantity.fitsMilliValue()) {
      comparison.add("milliValue", out.path("milliValue"), quantity.milliValue());
    }
    return comparison.verdict();
  }

  /** JSON first, as any decoder; the quantity reads the token as written. */
  private static Quantity decode(String token) throws JsonProcessingException {
    JSON.readTree(token);
    return Quantity.parseJson(token);
  }

  /**
   * A written exponent the engine refuses on purpose, whatever the reference makes of it.
   */
  private static boolean beyondOurs(String text) {
    Matcher exponent = EXPONENT.matcher(text);
    return exponent.find() && new BigInteger(exponent.group(1)).compareTo(MAX_EXPONENT) > 0;
  }

  private static BigDecimal exact(String text) {
    int e = text.indexOf('e');
    return new BigDecimal(text.substring(0, e))
        .scaleByPowerOfTen(Integer.parseInt(text.substring(e + 1)));
  }

  static Verdict arithmetic(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    JsonNode out = vector.path("out");
    Quantity a = Quantity.parse(in.path("a").asText());
    var comparison = new Comparison();
    switch (in.path("op").asText()) {
      case "pair" -> pair(comparison, out, a, Quantity.parse(in.path("b").asText()));
      case "round" -> round(comparison, out, a, in.path("scale").intValue());
      case "mul" ->
          comparison
              .add("mul", out.path("mul"), a.multiply(in.path("by").longValue()).toString())
              .add("neg", out.path("neg"), a.negate().toString());
      default -> {
        return new Verdict.Unsupported("operation " + in.path("op"));
      }
    }
    return comparison.verdict();
  }

  private static void pair(Comparison comparison, JsonNode out, Quantity a, Quantity b) {
    Quantity sum = a.add(b);
    Quantity difference = a.subtract(b);
    comparison
        .add("add", out.path("add"), sum.toString())
        .add("addFormat", out.path("addFormat"), sum.format().text())
        .add("sub", out.path("sub"), difference.toString())
        .add("subFormat", out.path("subFormat"), difference.format().text())
        .add("cmp", out.path("cmp"), a.compareTo(b))
        .add("equal", out.path("equal"), a.equals(b));
  }

  private static void round(Comparison comparison, JsonNode out, Quantity a, int scale) {
    Quantity rounded = a.roundUp(scale);
    comparison
        .add("roundUp", out.path("roundUp"), rounded.toString())
        .add("exact", out.path("exact"), rounded.equals(a));
    if (a.signum() >= 0 && !out.path("scaledOverflow").booleanValue()) {
      comparison.add("scaledValue", out.path("scaledValue"), a.scaledValue(scale));
    }
  }

  static Verdict cpuConversion(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    JsonNode out = vector.path("out");
    var comparison = new Comparison();
    if (in.has("milliCPU")) {
      long milli = in.path("milliCPU").longValue();
      long shares = CpuConversions.shares(milli);
      comparison
          .add("shares", out.path("shares"), shares)
          .add(
              "quota",
              out.path("quota"),
              CpuConversions.quota(milli, in.path("period").longValue()))
          .add("weightLinear", out.path("weightLinear"), CpuConversions.weightLinear(shares))
          .add(
              "weightQuadratic",
              out.path("weightQuadratic"),
              CpuConversions.weightQuadratic(shares));
    } else if (in.has("shares")) {
      shares(comparison, out, in.path("shares").longValue());
    } else if (in.has("weight")) {
      comparison.add(
          "shares",
          out.path("shares"),
          CpuConversions.sharesOfWeight(in.path("weight").longValue()));
    } else {
      long milli =
          CpuConversions.milliOfQuota(in.path("quota").longValue(), in.path("period").longValue());
      comparison.add("milliCPU", out.path("milliCPU"), milli);
    }
    return comparison.verdict();
  }

  private static void shares(Comparison comparison, JsonNode out, long shares) {
    long linear = CpuConversions.weightLinear(shares);
    long back = CpuConversions.sharesOfWeight(linear);
    comparison
        .add("milliCPU", out.path("milliCPU"), CpuConversions.milliOfShares(shares))
        .add("weightLinear", out.path("weightLinear"), ifRecorded(out, "weightLinear", linear))
        .add(
            "weightQuadratic",
            out.path("weightQuadratic"),
            ifRecorded(out, "weightQuadratic", CpuConversions.weightQuadratic(shares)))
        .add(
            "roundTripShares",
            out.path("roundTripShares"),
            ifRecorded(out, "roundTripShares", back))
        .add(
            "equalAfterRoundTrip",
            out.path("equalAfterRoundTrip"),
            out.has("equalAfterRoundTrip") ? shares == back : null);
  }

  private static @Nullable Long ifRecorded(JsonNode out, String field, long value) {
    return out.has(field) ? value : null;
  }
}

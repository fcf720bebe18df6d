package dev.slipway.engine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.api.Quantity.Format;
import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules with the rows V-Q of the specification. */
class QuantityTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          0Ki,                     0,                    0,                    0
          0.1,                     100m,                 1,                    100
          1.5,                     1500m,                2,                    1500
          2000m,                   2,                    2,                    2000
          1.,                      1,                    1,                    1000
          1.G,                     1G,                   1000000000,           1000000000000
          .001,                    1m,                   1,                    1
          0.0001,                  100u,                 1,                    1
          3.001n,                  4n,                   1,                    1
          0.9n,                    1n,                   1,                    1
          123456u,                 123456u,              1,                    124
          1024Ki,                  1Mi,                  1048576,              1048576000
          1023Ki,                  1023Ki,               1047552,              1047552000
          0.5Ki,                   512,                  512,                  512000
          1.5Gi,                   1536Mi,               1610612736,           1610612736000
          128.5Mi,                 131584Ki,             134742016,            134742016000
          0.05Gi,                  53687091200m,         53687092,             53687091200
          1.1Mi,                   1153433600m,          1153434,              1153433600
          100.035Ki,               102435840m,           102436,               102435840
          .001Ki,                  1024m,                2,                    1024
          0.000000000001Ki,        2n,                   1,                    1
          1000M,                   1G,                   1000000000,           1000000000000
          0.25G,                   250M,                 250000000,            250000000000
          2.5T,                    2500G,                2500000000000,        2500000000000000
          129M,                    129M,                 129000000,            129000000000
          129e6,                   129e6,                129000000,            129000000000
          123Mi,                   123Mi,                128974848,            128974848000
          128974848,               128974848,            128974848,            128974848000
          1E3,                     1e3,                  1000,                 1000000
          1e3,                     1e3,                  1000,                 1000000
          1.2e3,                   1200,                 1200,                 1200000
          1e14,                    100e12,               100000000000000,      100000000000000000
          250e-3,                  250e-3,               1,                    250
          1E-3,                    1e-3,                 1,                    1
          9Ei,                     9223372036854775807,  9223372036854775807,  9223372036854775807
          8Ei,                     9223372036854775807,  9223372036854775807,  9223372036854775807
          9223372036854775807Ki,   9223372036854775807,  9223372036854775807,  9223372036854775807
          7Ei,                     7Ei,                  8070450532247928832,  9223372036854775807
          12E,                     12E,                  9223372036854775807,  9223372036854775807
          -1.5Gi,                  -1536Mi,              -1610612736,          -1610612736000
          -0.1,                    -100m,                -1,                   -100
          +,                       0,                    0,                    0
          -Ki,                     0,                    0,                    0
          .,                       0,                    0,                    0
          m,                       0,                    0,                    0
          E,                       0,                    0,                    0
          e3,                      0,                    0,                    0
          """)
  void parsesAndPrintsCanonically(String text, String canonical, long value, long milliValue) {
    Quantity quantity = Quantity.parse(text);
    assertThat(quantity).hasToString(canonical);
    assertThat(quantity.value()).isEqualTo(value);
    assertThat(quantity.milliValue()).isEqualTo(milliValue);
    assertThat(Quantity.parse(canonical)).isEqualTo(quantity).hasSameHashCodeAs(quantity);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 1",
        "1 ",
        "1i",
        "-3.01e-",
        "0.1mi",
        "1+1.0M",
        "aoeu",
        "1.1.M",
        "K",
        "1K",
        "1g",
        "e",
        "1e",
        "--1",
        "1e10001",
        "1e-4294967299",
        "1e99999999999999999999",
        "e-10",
        "１",
        "1e+"
      })
  void refusesWhatIsNoQuantityAndNamesTheText(String text) {
    assertThatThrownBy(() -> Quantity.parse(text))
        .isInstanceOf(QuantityFormatException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @Test
  void refusesTextsWhoseCostWouldExplode() {
    assertThatThrownBy(() -> Quantity.parse("1".repeat(100_000)))
        .hasMessageContaining("longer than");
  }

  @ParameterizedTest
  @CsvSource({
    "9.01,-1,9100m",
    "9.01,0,10",
    "9.01,2,100",
    "-9.01,-1,-9100m",
    "-9.01,0,-10",
    "-9.01,2,-100",
    "1u,-3,1m",
    "5,3,1k"
  })
  void roundsAwayFromZero(String text, int scale, String rounded) {
    assertThat(Quantity.parse(text).roundUp(scale)).hasToString(rounded);
  }

  @ParameterizedTest
  @CsvSource({
    "10000T,100Gi,1",
    "100m,50m,1",
    "1Gi,1G,1",
    "1024Mi,1Gi,0",
    "0.1,100m,0",
    "12E,9Ei,1",
    "-1,1n,-1"
  })
  void comparesByValueNotByFormat(String left, String right, int order) {
    assertThat(Quantity.parse(left).compareTo(Quantity.parse(right))).isEqualTo(order);
    assertThat(Quantity.parse(left).equals(Quantity.parse(right))).isEqualTo(order == 0);
  }

  @ParameterizedTest
  @CsvSource({
    "0,1Gi,1Gi",
    "1Gi,0,1Gi",
    "1Gi,1G,2073741824",
    "9223372036854775807,1,9223372036854775808",
    "500m,500m,1",
    "999999999n,1n,1",
    "1,1n,1000000001n",
    "7Ei,7Ei,14Ei"
  })
  void addsExactlyInTheFormatOfTheLeft(String left, String right, String sum) {
    assertThat(Quantity.parse(left).add(Quantity.parse(right))).hasToString(sum);
  }

  @Test
  void multipliesAndNegatesExactly() {
    assertThat(Quantity.parse("1500m").multiply(2)).hasToString("3");
    assertThat(Quantity.parse("9223372036854775807").multiply(3))
        .hasToString("27670116110564327421");
    assertThat(Quantity.parse("8Ei").negate()).hasToString("-9223372036854775807");
  }

  @Test
  void saysWhenALongIsTooSmall() {
    assertThat(Quantity.parse("7Ei").fitsValue()).isTrue();
    assertThat(Quantity.parse("7Ei").fitsMilliValue()).isFalse();
    assertThat(Quantity.parse("12E").fitsValue()).isFalse();
    assertThat(Quantity.parse("-12E").value()).isEqualTo(-Long.MAX_VALUE);
  }

  @Test
  void readsJsonTokens() {
    assertThat(Quantity.parseJson("null")).isEqualTo(Quantity.ZERO);
    assertThat(Quantity.parseJson("\"\u00a01Gi \"")).hasToString("1Gi");
    assertThat(Quantity.parseJson("1e3").format()).isEqualTo(Format.DECIMAL_EXPONENT);
    assertThatThrownBy(() -> Quantity.parseJson("\"\\u0031Gi\""))
        .isInstanceOf(QuantityFormatException.class);
  }

  @Test
  void anExactValueHasOneForm() {
    assertThat(Quantity.of(new BigDecimal("1.500"), Format.DECIMAL_SI))
        .isEqualTo(Quantity.ofMilli(1500));
    assertThat(Quantity.of(new BigDecimal("3E+3"), Format.DECIMAL_SI)).isEqualTo(Quantity.of(3000));
    assertThat(Quantity.of(new BigDecimal("1e-12"), Format.DECIMAL_SI)).hasToString("1n");
    assertThat(Quantity.parse("10.0000000001").toBigDecimal()).isEqualByComparingTo("10.000000001");
  }

  /** The short way equals the whole grammar wherever it answers; the seed is in the text. */
  @Test
  void theShortWayReadsWhatTheWholeGrammarReads() {
    var random = new SplittableRandom(20_261);
    String alphabet = "0123456789012345.numkMGTiKPEe-+";
    int answered = 0;
    for (int i = 0; i < 200_000; i++) {
      var text = new StringBuilder().append(random.nextInt(3000));
      for (int left = random.nextInt(8); left > 0; left--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String suffix = List.of("", "m", "Mi", "Gi", "k", "u").get(random.nextInt(6));
      answered += sameBothWays(text + suffix) ? 1 : 0;
    }
    assertThat(answered).isGreaterThan(20_000);
  }

  private static boolean sameBothWays(String text) {
    if (QuantityParser.parseSimple(text) < 0) {
      return false;
    }
    Quantity quick = Quantity.parse(text);
    Quantity whole = QuantityParser.parse(text);
    assertThat(quick).as(text).isEqualTo(whole).hasSameHashCodeAs(whole);
    assertThat(quick.format()).as(text).isEqualTo(whole.format());
    return true;
  }
}

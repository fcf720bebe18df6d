package dev.slipway.ingest.feed;

import static dev.slipway.ingest.feed.TestPods.CODEC;
import static dev.slipway.ingest.feed.TestPods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.PodPhase;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FeedDecoderTest {
  private static final long SEED = 20_261_123;
  private static final String POD =
      "{\"metadata\":{\"namespace\":\"shop\",\"name\":\"web\",\"uid\":\"u-1\"},\"status\":{\"phase\":\"Running\"}}";

  private final FeedDecoder decoder = new FeedDecoder(CODEC);
  private final FeedEncoder encoder = new FeedEncoder(CODEC);

  @Test
  void whatWasEncodedDecodesToTheSame() {
    var pod = pod("u-1", PodPhase.RUNNING, "Started");
    for (FeedRecord record :
        List.of(
            new FeedRecord.Added(pod), new FeedRecord.Modified(pod), new FeedRecord.Deleted(pod))) {
      assertThat(decoder.decode(encoder.encode(record))).isEqualTo(record);
    }
  }

  @Test
  void typeMayFollowObjectAndUnknownFieldsAreSkipped() {
    Decoded decoded = decode("{\"x\":[{}],\"object\":" + POD + ",\"y\":1,\"type\":\"MODIFIED\"}");
    assertThat(decoded).isInstanceOf(FeedRecord.Modified.class);
  }

  @Test
  void identityIsTheUidAndNamespaceAndNameUntilThereIsOne() {
    assertThat(((FeedRecord) decode(record(POD))).identity()).isEqualTo("u-1");
    assertThat(((FeedRecord) decode(record(POD.replace("u-1", "")))).identity())
        .isEqualTo("shop/web");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # reason           | position | record ($ stands for a good pod)
          EMPTY              | -1 | ``
          MALFORMED          | 0  | nonsense
          MALFORMED          | 1  | {type
          MALFORMED          | 26 | {"type":"ADDED","object":{]}
          MALFORMED          | 29 | {"type":"ADDED","unknown":NaN}
          NOT_A_WATCH_RECORD | 0  | []
          NOT_A_WATCH_RECORD | 0  | "ADDED"
          NOT_A_WATCH_RECORD | -1 | {}
          NOT_A_WATCH_RECORD | -1 | {"type":"ADDED"}
          NOT_A_WATCH_RECORD | -1 | {"object":$}
          NOT_A_WATCH_RECORD | 8  | {"type":7,"object":$}
          NOT_A_WATCH_RECORD | 8  | {"type":null,"object":$}
          NOT_A_WATCH_RECORD | 25 | {"type":"ADDED","object":[]}
          NOT_A_WATCH_RECORD | 25 | {"type":"ADDED","object":null}
          NOT_A_WATCH_RECORD | 16 | {"type":"ADDED","type":"DELETED","object":$}
          NOT_A_WATCH_RECORD | 28 | {"type":"ADDED","object":{},"object":$}
          UNKNOWN_TYPE       | 8  | {"type":"BOOKMARK","object":$}
          UNKNOWN_TYPE       | 8  | {"type":"added","object":$}
          NOT_A_POD          | -1 | {"type":"ADDED","object":{"kind":"Node","apiVersion":"v1"}}
          NOT_A_POD          | -1 | {"type":"ADDED","object":{"kind":"Pod","apiVersion":"v2"}}
          NOT_A_POD          | -1 | {"type":"ADDED","object":{"kind":{"Pod":1}}}
          NO_IDENTITY        | -1 | {"type":"ADDED","object":{"status":{"phase":"Running"}}}
          INVALID_POD        | -1 | {"type":"ADDED","object":{"metadata":{"uid":["u"]},"status":{"phase":"Running"}}}
          READER_FAILED      | -1 | {"type":"ADDED","object":{"metadata":{"uid":"u"},"status":{"phase":"Runing"}}}
          """)
  void badRecordIsRefusedWithReasonAndPosition(RejectReason reason, long position, String text) {
    Decoded decoded = decode(text.replace("$", POD));
    assertThat(decoded).isInstanceOf(Rejected.class);
    var rejected = (Rejected) decoded;
    assertThat(rejected.reason()).as(rejected.toString()).isEqualTo(reason);
    assertThat(rejected.position()).as(rejected.toString()).isEqualTo(position);
  }

  @Test
  void somethingAfterTheRecordIsRefused() {
    assertReason(record(POD) + record(POD), RejectReason.MALFORMED);
    assertReason(record(POD) + "}", RejectReason.MALFORMED);
  }

  @Test
  void nullValueIsEmpty() {
    assertThat(((Rejected) decoder.decode(null)).reason()).isEqualTo(RejectReason.EMPTY);
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] whole = bytes(record(POD));
    for (int length = 0; length < whole.length; length++) {
      assertThat(decoder.decode(Arrays.copyOf(whole, length)))
          .as("first %d bytes", length)
          .isInstanceOf(Rejected.class);
    }
  }

  @Test
  void randomBytesAreRefused() {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(1, 300)];
      random.nextBytes(bytes);
      assertThat(decoder.decode(bytes))
          .as("seed %d record %d", SEED, i)
          .isInstanceOf(Rejected.class);
    }
  }

  /**
   * Some mutations are still records; what counts is that each gets an answer within its bounds.
   */
  @Test
  void mutatedRecordsAlwaysGetAnAnswer() {
    var random = new SplittableRandom(SEED);
    byte[] good = bytes(record(POD));
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      if (decoder.decode(bytes) instanceof Rejected rejected) {
        assertThat(rejected.detail()).hasSizeLessThanOrEqualTo(FeedDecoder.DETAIL_CHARS_MAX);
        assertThat(rejected.sample()).matches("[ -~]{1," + FeedDecoder.SAMPLE_BYTES_MAX + "}");
      }
    }
  }

  @Test
  void deepNestingIsRefusedWhereverItIs() {
    String deep = "[".repeat(1_000_000);
    assertReason(deep, RejectReason.NOT_A_WATCH_RECORD);
    assertReason("{\"x\":" + deep, RejectReason.LIMIT_EXCEEDED);
    assertReason("{\"type\":\"ADDED\",\"object\":{\"x\":" + deep, RejectReason.LIMIT_EXCEEDED);
    assertReason("{\"object\":" + "{\"a\":".repeat(100_000), RejectReason.LIMIT_EXCEEDED);
  }

  @Test
  void hugePartsAreRefused() {
    String chars = "x".repeat(FeedDecoder.STRING_CHARS_MAX + 1);
    assertReason("{\"type\":\"" + chars + "\"}", RejectReason.LIMIT_EXCEEDED);
    assertReason(
        record("{\"metadata\":{\"name\":\"" + chars + "\"}}"), RejectReason.LIMIT_EXCEEDED);
    assertReason(record("{\"" + chars + "\":1}"), RejectReason.LIMIT_EXCEEDED);
    assertReason(record("{\"x\":" + "9".repeat(100_000) + "}"), RejectReason.LIMIT_EXCEEDED);
    assertReason(record("{\"x\":[" + "1,".repeat(500_000) + "1]}"), RejectReason.LIMIT_EXCEEDED);
    assertReason(" ".repeat(FeedDecoder.RECORD_BYTES_MAX + 1), RejectReason.TOO_LARGE);
  }

  @Test
  void invalidUtf8IsRefused() {
    byte[] bytes = bytes(record(POD));
    bytes[record(POD).indexOf("web")] = (byte) 0xff;
    assertThat(((Rejected) decoder.decode(bytes)).reason()).isEqualTo(RejectReason.MALFORMED);
  }

  @Test
  void sampleShowsTheBytesAroundThePosition() {
    String text = "{\"x\":\"" + "a".repeat(1_000) + "\",\"type\":!" + "b".repeat(1_000);
    var rejected = (Rejected) decode(text);
    assertThat(rejected.sample()).contains("\"type\":!bbb").hasSize(FeedDecoder.SAMPLE_BYTES_MAX);
  }

  @Test
  void countsKeepTheLatestSamplesOfEachReason() {
    var counts = new RejectCounts();
    for (int i = 0; i < 10; i++) {
      counts.add(new Rejected(RejectReason.MALFORMED, "number " + i, -1, ""));
    }
    counts.add(new Rejected(RejectReason.EMPTY, "empty", -1, ""));
    assertThat(counts.total()).isEqualTo(11);
    assertThat(counts.byReason()).containsEntry(RejectReason.MALFORMED, 10L);
    assertThat(counts.samples())
        .extracting(Rejected::detail)
        .containsExactly("empty", "number 7", "number 8", "number 9");
  }

  private void assertReason(String text, RejectReason reason) {
    assertThat(decode(text))
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }

  private Decoded decode(String text) {
    return decoder.decode(bytes(text));
  }

  private static String record(String object) {
    return "{\"type\":\"ADDED\",\"object\":" + object + "}";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

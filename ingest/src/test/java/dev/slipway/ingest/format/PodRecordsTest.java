package dev.slipway.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.PodPhase;
import dev.slipway.ingest.feed.Decoded;
import dev.slipway.ingest.feed.FeedEncoder;
import dev.slipway.ingest.feed.FeedRecord;
import dev.slipway.ingest.feed.FeedRecords;
import dev.slipway.ingest.feed.RejectReason;
import dev.slipway.ingest.feed.Rejected;
import dev.slipway.ingest.feed.TestPods;
import dev.slipway.ingest.manifest.JsonPodCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What records say to whoever drives pods. */
final class PodRecordsTest {
  private static final String POD =
      "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"namespace\":\"shop\",\"name\":\"web\",\"uid\":\"u-1\"},\"spec\":{}}";

  private final PodRecords decoder = new PodRecords();

  @Test
  void whatWasEncodedDecodesToTheSame() {
    var encoder = new FeedEncoder(new JsonPodCodec());
    var pod = TestPods.pod("u-1", PodPhase.RUNNING, "Started");
    for (FeedRecord record :
        List.of(
            new FeedRecord.Added(pod), new FeedRecord.Modified(pod), new FeedRecord.Deleted(pod))) {
      assertThat(decoder.decode(encoder.encode(record)))
          .isEqualTo(new FeedRecords(List.of(record)));
    }
  }

  @Test
  void identityIsTheUidAndNamespaceAndNameUntilThereIsOne() {
    assertThat(said(watch("ADDED", POD))).containsExactly("ADDED u-1");
    assertThat(said(watch("ADDED", POD.replace("u-1", "")))).containsExactly("ADDED shop/web");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # what is said              | record ($ stands for a good pod)
          MODIFIED u-1                | {"x":[{}],"object":$,"y":1,"type":"MODIFIED"}
          ADDED u-1                   | $
          ADDED u-1, ADDED u-1        | {"kind":"List","apiVersion":"v1","items":[$,$]}
          DELETED u-1                 | {"time":"2026-01-02T03:04:05Z","event":"Delete","resource":$}
          DELETED shop/web            | {"kind":"ResourcePatch","apiVersion":"action.kwok.x-k8s.io/v1alpha1","resource":{"version":"v1","resource":"pods"},"target":{"namespace":"shop","name":"web"},"method":"delete"}
          ``                          | {"type":"BOOKMARK","object":$}
          ``                          | {"type":"ADDED","object":{"kind":"Node","apiVersion":"v1","metadata":{"name":"n"}}}
          ``                          | {"slipway":"runtime/v1","pod":{"uid":"u-1"},"container":"app","containerId":"c","step":"started","time":"2026-01-02T03:04:05Z"}
          """)
  void everyFormatSaysWhatHappenedToObjects(String said, String record) {
    assertThat(String.join(", ", said(record.replace("$", POD)))).isEqualTo(said);
  }

  @Test
  void whatCannotBeReadIsRefused() {
    assertThat(((Rejected) decoder.decode(null)).reason()).isEqualTo(RejectReason.EMPTY);
    assertThat(decode("{\"type\":\"ADDED\""))
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.reason()).isEqualTo(RejectReason.MALFORMED));
  }

  private List<String> said(String record) {
    assertThat(decode(record)).isInstanceOf(FeedRecords.class);
    return ((FeedRecords) decode(record))
        .records().stream().map(each -> each.type() + " " + each.identity()).toList();
  }

  private Decoded decode(String text) {
    return decoder.decode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String watch(String type, String object) {
    return "{\"type\":\"" + type + "\",\"object\":" + object + "}";
  }
}

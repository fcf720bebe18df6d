package dev.slipway.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.slipway.ingest.feed.FeedLimits;
import dev.slipway.ingest.feed.RejectReason;
import dev.slipway.ingest.feed.Rejected;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Hostile bytes at every decoder. By default the inputs under {@code RecordDecoderFuzzTestInputs}
 * are run; {@code mvn -pl ingest -am -Pfuzz verify -Dfuzz=anyRecord} looks for new ones.
 */
final class RecordDecoderFuzzTest {
  private final RecordDecoder fast = RecordDecoder.create(64);
  private final RecordDecoder trees = RecordDecoder.treesOnly();

  @FuzzTest(maxDuration = "10m")
  void anyRecord(byte[] record) {
    List<FeedEvent> events = new ArrayList<>();
    List<FeedEvent> expected = new ArrayList<>();
    Outcome outcome = fast.decode(record, events::add);
    assertThat(trees.decode(record, expected::add)).isEqualTo(outcome);
    assertThat(events).isEqualTo(expected);
    checkBounds(record, outcome, events);
    // once more, now that parts of it may be remembered
    events.clear();
    assertThat(fast.decode(record, events::add)).isEqualTo(outcome);
    assertThat(events).isEqualTo(expected);
  }

  @FuzzTest(maxDuration = "10m")
  void binaryCloudEvent(byte[] record) {
    List<FeedEvent> events = new ArrayList<>();
    RecordHeaders headers =
        name -> name.equals("ce_type") ? "dev.knative.apiserver.resource.update" : "x";
    Outcome outcome = fast.decode(record, headers, events::add);
    checkBounds(record, outcome, events);
  }

  @FuzzTest(maxDuration = "10m")
  void watch(byte[] record) {
    decodeAs(new WatchDecoder(), record);
  }

  @FuzzTest(maxDuration = "10m")
  void object(byte[] record) {
    decodeAs(new ObjectDecoder(), record);
  }

  @FuzzTest(maxDuration = "10m")
  void list(byte[] record) {
    decodeAs(new ListDecoder(), record);
  }

  @FuzzTest(maxDuration = "10m")
  void audit(byte[] record) {
    decodeAs(new AuditDecoder(), record);
  }

  @FuzzTest(maxDuration = "10m")
  void cloudEvent(byte[] record) {
    decodeAs(new CloudEventDecoder(), record);
  }

  @FuzzTest(maxDuration = "10m")
  void otlp(byte[] record) {
    decodeAs(new OtlpDecoder(), record);
  }

  @FuzzTest(maxDuration = "10m")
  void coreEvent(byte[] record) {
    decodeAs(new CoreEventDecoder(), record);
  }

  @FuzzTest(maxDuration = "10m")
  void kwok(byte[] record) {
    decodeAs(new KwokDecoder(), record);
  }

  @FuzzTest(maxDuration = "10m")
  void schedulerSimulator(byte[] record) {
    decodeAs(new SchedulerSimulatorDecoder(), record);
  }

  @FuzzTest(maxDuration = "10m")
  void containerEvent(byte[] record) {
    decodeAs(new ContainerEventDecoder(), record);
  }

  @FuzzTest(maxDuration = "10m")
  void runtimeReport(byte[] record) {
    decodeAs(new RuntimeReportDecoder(), record);
  }

  /** Even a record that is of another format may only be refused. */
  private static void decodeAs(FormatDecoder decoder, byte[] record) {
    List<FeedEvent> events = new ArrayList<>();
    try {
      decoder.decode(Envelope.read(record), RecordHeaders.NONE, events::add);
      assertThat(events).hasSizeLessThanOrEqualTo(FeedLimits.TOKENS_MAX);
    } catch (Refusal e) {
      assertThat(e.position).isLessThanOrEqualTo(record.length);
    } catch (StreamConstraintsException e) {
      // a limit of the reader: some of them name no place
      assertThat(e.getOriginalMessage()).isNotEmpty();
    } catch (JsonProcessingException e) {
      assertThat(e.getLocation().getByteOffset()).isLessThanOrEqualTo(record.length);
    } catch (IOException e) {
      // bytes that are no text at all
      assertThat(e).hasMessageNotContaining("\0");
    }
  }

  private static void checkBounds(byte[] record, Outcome outcome, List<FeedEvent> events) {
    if (outcome instanceof Refused(Rejected why)) {
      assertThat(events).isEmpty();
      assertThat(why.reason()).isNotEqualTo(RejectReason.READER_FAILED);
      assertThat(why.position()).isBetween(-1L, (long) record.length);
      assertThat(why.detail()).hasSizeLessThanOrEqualTo(FeedLimits.DETAIL_CHARS_MAX);
      assertThat(why.sample()).hasSizeLessThanOrEqualTo(FeedLimits.SAMPLE_BYTES_MAX);
    } else {
      assertThat(events).hasSizeLessThanOrEqualTo(FeedLimits.TOKENS_MAX);
    }
  }
}

package dev.slipway.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is read from the bytes is what a reader of trees makes of them, whatever the bytes are. */
final class FastEqualsTreeTest {
  private static final long SEED = 20_261_125;
  private static final int MUTATIONS = 40_000;

  private final RecordDecoder fast = RecordDecoder.create(64);
  private final RecordDecoder tree = RecordDecoder.treesOnly();
  private final FastRecords fastOnly = new FastRecords(64);

  @Test
  void everyRecordedPodInEveryFormat() throws IOException {
    int plain = 0;
    int all = 0;
    for (ObjectNode pod : RealRecords.pods(data())) {
      for (ObjectNode record : Wrapped.all(pod)) {
        byte[] bytes = RealRecords.bytes(record);
        assertSame(bytes);
        all++;
        plain += fastOnly.read(bytes, RecordHeaders.NONE, new ArrayList<>()) == null ? 0 : 1;
      }
      assertSame(
          RealRecords.MAPPER
              .writerWithDefaultPrettyPrinter()
              .writeValueAsBytes(Wrapped.watch("ADDED", pod)));
    }
    assertThat(all).isGreaterThan(10_000);
    assertThat(plain).as("records of %d read without a tree", all).isGreaterThan(all * 9 / 10);
  }

  @Test
  void everyRecordedLineAndDocument() {
    Path data = data();
    List<byte[]> records = new ArrayList<>(RealRecords.lines(data));
    records.addAll(RealRecords.documents(data));
    assertThat(records).hasSizeGreaterThan(10_000);
    records.forEach(this::assertSame);
  }

  @Test
  void randomMutationsOfRecordedPods() {
    List<ObjectNode> pods = RealRecords.pods(data());
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < MUTATIONS; i++) {
      List<ObjectNode> records = Wrapped.all(pods.get(random.nextInt(pods.size())));
      byte[] bytes = RealRecords.bytes(records.get(random.nextInt(records.size())));
      assertSame(Mutations.mutate(bytes, random));
    }
  }

  private void assertSame(byte[] record) {
    List<FeedEvent> fastEvents = new ArrayList<>();
    List<FeedEvent> treeEvents = new ArrayList<>();
    Outcome fastOutcome = fast.decode(record, fastEvents::add);
    Outcome treeOutcome = tree.decode(record, treeEvents::add);
    if (!fastOutcome.equals(treeOutcome) || !fastEvents.equals(treeEvents)) {
      // comparing first keeps the text from being made for every record
      String text = new String(record, StandardCharsets.UTF_8);
      assertThat(fastOutcome).as(text).isEqualTo(treeOutcome);
      assertThat(fastEvents).as(text).isEqualTo(treeEvents);
    }
  }

  private static Path data() {
    var folder = RealRecords.folder();
    assumeTrue(folder.isPresent(), "skipped: no recorded data beside the checkout");
    return folder.orElseThrow();
  }
}

package dev.slipway.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.Pod;
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
  private static final int SAMPLE = 6;
  private static final int VERSIONS = 6;

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

  /** What is remembered of a pod or its template must not hide that a byte is another one. */
  @Test
  void everyByteAfterTheSameRecord() {
    var random = new SplittableRandom(SEED);
    for (ObjectNode pod : Versions.sample(RealRecords.pods(data()), SAMPLE)) {
      byte[] record = RealRecords.bytes(Wrapped.watch("MODIFIED", pod));
      for (int at = 0; at < record.length; at++) {
        assertSame(record);
        byte[] other = record.clone();
        other[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : record[at] ^ 1);
        assertSame(other);
      }
    }
  }

  @Test
  void versionsAndSiblingsOfRecordedPods() {
    var random = new SplittableRandom(SEED);
    var versions = new Versions(random);
    for (ObjectNode pod : RealRecords.pods(data())) {
      ObjectNode version = Wrapped.watch("MODIFIED", pod).deepCopy();
      for (int i = 0; i < VERSIONS; i++) {
        byte[] bytes = RealRecords.bytes(version);
        assertSame(bytes);
        assertSame(Mutations.mutate(bytes, random));
        versions.next(version);
      }
    }
  }

  /** Pods that differ only in what each pod of a template has of its own share one spec. */
  @Test
  void siblingsShareTheirSpec() {
    List<Pod> pods = new ArrayList<>();
    for (String suffix : List.of("abcde", "x2z4q", "00000")) {
      for (String node : List.of("", ",\"nodeName\":\"n1\"")) {
        byte[] record = Versions.sibling(suffix, node).getBytes(StandardCharsets.UTF_8);
        assertSame(record);
        fast.decode(
            record,
            event -> {
              if (event instanceof FeedEvent.PodSeen seen) {
                pods.add(seen.pod());
              }
            });
      }
    }
    assertThat(pods).hasSize(6);
    for (int i = 2; i < pods.size(); i++) {
      assertThat(pods.get(i).spec().containers())
          .isSameAs(pods.get(0).spec().containers())
          .first()
          .satisfies(app -> assertThat(app.volumeMounts()).containsExactly("config"));
      assertThat(pods.get(i).spec()).isSameAs(pods.get(i % 2).spec());
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

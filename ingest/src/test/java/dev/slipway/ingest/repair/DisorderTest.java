package dev.slipway.ingest.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.feed.FeedRecord;
import dev.slipway.ingest.format.Format;
import dev.slipway.ingest.format.RecordDecoder;
import dev.slipway.ingest.repair.Disorder.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same end whatever happens to the feed on the way, and everything that happened is counted.
 */
final class DisorderTest {
  private static final int PODS = 1500;
  private static final int PARTITIONS = 4;
  private static final int SKEW_MAX = 200;

  /** What an event counts as if it changes nothing. */
  private static final Set<AnomalyKind> DROPS =
      Set.of(
          AnomalyKind.DUPLICATE,
          AnomalyKind.LATE_VERSION,
          AnomalyKind.AFTER_DELETE,
          AnomalyKind.BEFORE_LIST,
          AnomalyKind.OLD_NAMESAKE,
          AnomalyKind.DELETED_WITHOUT_ADDED);

  private final RecordDecoder decoder = RecordDecoder.create();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void disorderedFeedEndsInTheStateOfTheOrderedOne(long seed) {
    var disorder = new Disorder(seed);
    List<Entry> ordered = disorder.ordered(PODS);
    List<byte[]> records = disordered(disorder, ordered);

    var whole = new Run(RepairLimits.DEFAULT);
    records.forEach(whole::accept);
    assertThat(whole.story.there).isEqualTo(endOf(ordered));
    assertThat(whole.repair.podCount()).isEqualTo(whole.story.there.size());
    assertThat(whole.repair.anomalies().count(AnomalyKind.WATCH_EXPIRED)).isOne();
    assertThat(whole.repair.anomalies().count(AnomalyKind.ABSENT_FROM_LIST)).isPositive();

    var restarted = new Run(RepairLimits.DEFAULT);
    for (int i = 0; i < records.size(); i++) {
      if (i == records.size() / 2) {
        restarted.restart();
      }
      restarted.accept(records.get(i));
    }
    assertThat(restarted.story.lines).isEqualTo(whole.story.lines);
    assertThat(restarted.repair.anomalies().counts()).isEqualTo(whole.repair.anomalies().counts());
    assertThat(restarted.written()).isEqualTo(whole.written());
  }

  /** Updates missing, a part of the feed lost to an expired watch, duplicates, no order. */
  private static List<byte[]> disordered(Disorder disorder, List<Entry> ordered) {
    int lostFrom = ordered.size() / 3;
    int lostTo = lostFrom + 400;
    List<Entry> before = disorder.withoutSomeUpdates(ordered.subList(0, lostFrom));
    List<Entry> after = disorder.withoutSomeUpdates(ordered.subList(lostTo, ordered.size()));
    List<List<byte[]>> feed = new ArrayList<>();
    disorder.withDuplicates(before).forEach(entry -> feed.add(List.of(entry.bytes())));
    String version = ordered.get(lostTo - 1).version();
    feed.add(List.of(Disorder.expired(), Disorder.list(Disorder.state(ordered, lostTo), version)));
    disorder.withDuplicates(after).forEach(entry -> feed.add(List.of(entry.bytes())));
    return disorder.overPartitions(feed, PARTITIONS, SKEW_MAX).stream()
        .flatMap(Collection::stream)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void everyRecordIsAppliedOrCountedAsWhatItIs(long seed) {
    var disorder = new Disorder(seed);
    List<Entry> ordered = disorder.ordered(PODS);
    List<Entry> feed =
        disorder.overPartitions(
            disorder.withDuplicates(disorder.withoutSomeUpdates(ordered)), PARTITIONS, SKEW_MAX);
    var run = new Run(RepairLimits.DEFAULT);
    var auditor = new Auditor();
    for (Entry entry : feed) {
      run.accept(entry.bytes());
      auditor.accept(entry);
    }
    assertThat(run.story.there).isEqualTo(endOf(ordered));
    Map<AnomalyKind, Long> counted = new EnumMap<>(run.repair.anomalies().counts());
    long drops = DROPS.stream().mapToLong(run.repair.anomalies()::count).sum();
    long ends = run.repair.anomalies().count(AnomalyKind.REPLACED);
    assertThat(run.story.lines.size() + drops - ends).isEqualTo(feed.size());
    for (AnomalyKind kind :
        List.of(AnomalyKind.DUPLICATE, AnomalyKind.LATE_VERSION, AnomalyKind.AFTER_DELETE)) {
      assertThat(counted.get(kind)).as(kind.name()).isEqualTo(auditor.counts.get(kind));
    }
    assertThat(auditor.counts.get(AnomalyKind.DUPLICATE)).isGreaterThan(100);
    assertThat(auditor.counts.get(AnomalyKind.LATE_VERSION)).isGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void windowLongerThanTheSkewTellsTheOrderedStory(long seed) {
    var disorder = new Disorder(seed);
    List<Entry> ordered = disorder.ordered(PODS);
    List<Entry> feed =
        disorder.overPartitions(disorder.withDuplicates(ordered), PARTITIONS, SKEW_MAX);
    var expected = new Run(RepairLimits.DEFAULT);
    ordered.forEach(entry -> expected.accept(entry.bytes()));
    var run = new Run(RepairLimits.DEFAULT.withReorderNanos(2 * SKEW_MAX * Times.MILLI));
    for (int i = 0; i < feed.size(); i++) {
      if (i == feed.size() / 2) {
        run.restart();
      }
      run.accept(feed.get(i).bytes());
    }
    run.repair.flush(run.story);
    assertThat(run.story.lines).isEqualTo(expected.story.lines);
    assertThat(expected.repair.anomalies().counts()).isEmpty();
    assertThat(run.repair.anomalies().counts())
        .containsOnlyKeys(AnomalyKind.DUPLICATE, AnomalyKind.REORDERED);
    assertThat(run.repair.anomalies().count(AnomalyKind.DUPLICATE))
        .isEqualTo(feed.size() - ordered.size());
  }

  private static Map<String, Pod> endOf(List<Entry> ordered) {
    return Disorder.state(ordered, ordered.size());
  }

  /** Decoder and repair behind each other; a record arrives every millisecond. */
  private final class Run {
    final RepairLimits limits;
    final Story story = new Story();
    FeedRepair repair;
    private final Changelog changelog = new Changelog();
    private long now;

    Run(RepairLimits limits) {
      this.limits = limits;
      this.repair = FeedRepair.create(limits);
    }

    void accept(byte[] record) {
      now += Times.MILLI;
      assertThat(decoder.decode(record, event -> repair.accept(event, now, story)))
          .isInstanceOf(Format.class);
    }

    Map<String, String> written() {
      changelog.save(repair);
      return changelog.last();
    }

    void restart() {
      changelog.save(repair);
      repair = changelog.restore(limits, story.called);
    }
  }

  /** Remembers everything for ever and says of each record what it is by plain words. */
  private static final class Auditor {
    final Map<AnomalyKind, Long> counts = new EnumMap<>(AnomalyKind.class);
    private final Map<String, Set<String>> seen = new HashMap<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final Map<String, String> holder = new HashMap<>();
    private final Map<String, String> end = new HashMap<>();

    void accept(Entry entry) {
      String uid = entry.uid();
      long version = Long.parseLong(entry.version());
      boolean repeated = !seen.computeIfAbsent(uid, _ -> new HashSet<>()).add(entry.version());
      String last = end.get(uid);
      if (last != null) {
        boolean again = entry.event() instanceof FeedRecord.Deleted || entry.version().equals(last);
        count(again ? AnomalyKind.DUPLICATE : AnomalyKind.AFTER_DELETE);
        return;
      }
      Long before = newest.get(uid);
      if (entry.event() instanceof FeedRecord.Deleted) {
        evict(entry, before == null);
        end.put(uid, entry.version());
      } else if (before == null) {
        if (evict(entry, true)) {
          newest.put(uid, version);
        }
      } else if (version <= before) {
        count(repeated ? AnomalyKind.DUPLICATE : AnomalyKind.LATE_VERSION);
      } else {
        newest.put(uid, version);
      }
    }

    /** A pod that is new to us ends an older one of its name; false if it is the older itself. */
    private boolean evict(Entry entry, boolean unknown) {
      String name = entry.event().pod().metadata().name();
      String other = holder.get(name);
      if (unknown && other != null && !other.equals(entry.uid()) && !end.containsKey(other)) {
        if (number(other) > number(entry.uid())) {
          end.put(entry.uid(), entry.version());
          return false;
        }
        end.put(other, Long.toString(newest.getOrDefault(other, 0L)));
      }
      if (unknown && !(entry.event() instanceof FeedRecord.Deleted)) {
        holder.put(name, entry.uid());
      }
      return true;
    }

    private static int number(String uid) {
      return Integer.parseInt(uid.substring(4));
    }

    private void count(AnomalyKind kind) {
      counts.merge(kind, 1L, Long::sum);
    }
  }
}

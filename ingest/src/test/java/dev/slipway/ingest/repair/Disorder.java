package dev.slipway.ingest.repair;

import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.feed.FeedEncoder;
import dev.slipway.ingest.feed.FeedRecord;
import dev.slipway.ingest.manifest.JsonPodCodec;
import dev.slipway.ingest.manifest.PodWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A cluster's feed as records, and the ways in which it goes wrong. */
public final class Disorder {
  private static final FeedEncoder ENCODER = new FeedEncoder(new JsonPodCodec());
  private static final PodPhase[] LIFE = {
    null, PodPhase.PENDING, PodPhase.PENDING, PodPhase.RUNNING, PodPhase.RUNNING, PodPhase.SUCCEEDED
  };

  private final SplittableRandom random;

  /** One record, and of which version of which pod it is. */
  public record Entry(FeedRecord event, byte[] bytes) {
    public String uid() {
      return event.pod().metadata().uid();
    }

    public String version() {
      return event.pod().metadata().resourceVersion();
    }
  }

  public Disorder(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /**
   * Lives of pods side by side, most of them deleted in the end. Every third name is taken again by
   * a later pod, as a StatefulSet's are.
   */
  public List<Entry> ordered(int pods) {
    List<ArrayDeque<FeedRecord>> lives = new ArrayList<>();
    List<Entry> feed = new ArrayList<>();
    long version = 100;
    int begun = 0;
    Map<String, Integer> busy = new TreeMap<>();
    while (begun < pods || !lives.isEmpty()) {
      boolean begin = begun < pods && (lives.size() < 40 || random.nextInt(8) == 0);
      if (begin) {
        String name = "pod-" + (begun % 3 == 0 ? begun % 30 : begun);
        if (busy.putIfAbsent(name, begun) == null) {
          lives.add(life(name, "uid-" + begun));
        }
        begun++;
        continue;
      }
      int which = random.nextInt(lives.size());
      FeedRecord next = stamped(lives.get(which).removeFirst(), ++version);
      feed.add(new Entry(next, ENCODER.encode(next)));
      if (lives.get(which).isEmpty()) {
        lives.remove(which);
      }
      if (next instanceof FeedRecord.Deleted) {
        busy.remove(next.pod().metadata().name());
      }
    }
    return feed;
  }

  private ArrayDeque<FeedRecord> life(String name, String uid) {
    var life = new ArrayDeque<FeedRecord>();
    int versions = random.nextInt(2, LIFE.length + 1);
    for (int i = 0; i < versions; i++) {
      Pod pod = Story.pod(name, uid, "", LIFE[i]);
      life.add(i == 0 ? new FeedRecord.Added(pod) : new FeedRecord.Modified(pod));
    }
    if (random.nextInt(4) != 0) {
      life.add(new FeedRecord.Deleted(life.getLast().pod()));
    }
    return life;
  }

  private static FeedRecord stamped(FeedRecord record, long version) {
    Pod pod = record.pod();
    Pod stamped =
        Story.pod(
            pod.metadata().name(),
            pod.metadata().uid(),
            Long.toString(version),
            pod.status().phase(),
            // several pods a second, as real ones
            Integer.parseInt(pod.metadata().uid().substring(4)) / 5 * Times.SECOND,
            1);
    return switch (record) {
      case FeedRecord.Added _ -> new FeedRecord.Added(stamped);
      case FeedRecord.Modified _ -> new FeedRecord.Modified(stamped);
      case FeedRecord.Deleted _ -> new FeedRecord.Deleted(stamped);
    };
  }

  /** Of a hundred updates that are not a pod's last record, one is missing. */
  public List<Entry> withoutSomeUpdates(List<Entry> feed) {
    Map<String, String> last = new TreeMap<>();
    feed.forEach(entry -> last.put(entry.uid(), entry.version()));
    List<Entry> kept = new ArrayList<>(feed);
    kept.removeIf(entry ->
        entry.event() instanceof FeedRecord.Modified
            && !entry.version().equals(last.get(entry.uid()))
            && random.nextInt(100) == 0);
    return kept;
  }

  /** Of a hundred records five come twice, the second within the next 50. */
  public List<Entry> withDuplicates(List<Entry> feed) {
    List<List<Entry>> due = new ArrayList<>();
    for (int i = 0; i <= feed.size(); i++) {
      due.add(new ArrayList<>(1));
    }
    for (int i = 0; i < feed.size(); i++) {
      if (random.nextInt(100) < 5) {
        due.get(Math.min(feed.size(), i + random.nextInt(50))).add(feed.get(i));
      }
    }
    List<Entry> result = new ArrayList<>();
    for (int i = 0; i < feed.size(); i++) {
      result.add(feed.get(i));
      result.addAll(due.get(i));
    }
    result.addAll(due.get(feed.size()));
    return result;
  }

  /**
   * Spreads the feed over partitions without regard to keys and reads it back, each partition in
   * order, the others as they come.
   *
   * @param skewMax how far a partition may be read ahead of another, in records of the feed
   */
  public <T> List<T> overPartitions(List<T> feed, int partitions, int skewMax) {
    List<ArrayDeque<Integer>> queues = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      queues.add(new ArrayDeque<>());
    }
    for (int i = 0; i < feed.size(); i++) {
      queues.get(random.nextInt(partitions)).add(i);
    }
    List<T> read = new ArrayList<>(feed.size());
    while (read.size() < feed.size()) {
      int behind =
          queues.stream()
              .filter(queue -> !queue.isEmpty())
              .mapToInt(ArrayDeque::getFirst)
              .min()
              .orElseThrow();
      ArrayDeque<Integer> queue = queues.get(random.nextInt(partitions));
      for (int burst = random.nextInt(1, 20);
          burst > 0 && !queue.isEmpty() && queue.getFirst() - behind < skewMax;
          burst--) {
        read.add(feed.get(queue.removeFirst()));
      }
    }
    return read;
  }

  /** The pods there after the first records of a feed, by UID. */
  public static Map<String, Pod> state(List<Entry> feed, int records) {
    Map<String, Pod> state = new TreeMap<>();
    for (Entry entry : feed.subList(0, records)) {
      if (entry.event() instanceof FeedRecord.Deleted) {
        state.remove(entry.uid());
      } else {
        state.put(entry.uid(), entry.event().pod());
      }
    }
    return state;
  }

  public static byte[] expired() {
    return "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":410,\"reason\":\"Expired\"}}"
        .getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] list(Map<String, Pod> pods, String version) {
    var items = new StringBuilder();
    for (Pod pod : pods.values()) {
      items.append(items.isEmpty() ? "" : ",").append(PodWriter.write(pod));
    }
    return ("{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\""
            + version
            + "\"},\"items\":["
            + items
            + "]}")
        .getBytes(StandardCharsets.UTF_8);
  }
}

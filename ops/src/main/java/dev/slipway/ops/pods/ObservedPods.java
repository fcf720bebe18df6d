package dev.slipway.ops.pods;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.observe.Finding;
import dev.slipway.engine.observe.GroupTotals;
import dev.slipway.engine.observe.ObserveSettings;
import dev.slipway.engine.observe.ObservedPod;
import dev.slipway.engine.observe.ObservedSpecs;
import dev.slipway.engine.observe.PodSnapshot;
import dev.slipway.ingest.service.ObserveListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pods that are observed, as the changelog holds them: the bytes a shard has written are kept
 * and read again when somebody asks, so that nothing is made for this while nobody does. Shards
 * write, anybody reads.
 */
public final class ObservedPods implements ObserveListener, PodSource {
  private static final int PAGE = 1_000;

  private static final Comparator<Found> BY_NAME =
      Comparator.comparing((Found found) -> found.whose.namespace())
          .thenComparing(found -> found.whose.name())
          .thenComparing(found -> found.whose.uid());

  private final int max;
  private final ObserveSettings rules;
  private final Function<String, List<StageLine>> stages;
  private final Map<String, Kept> pods = new ConcurrentHashMap<>();
  private final AtomicInteger kept = new AtomicInteger();
  private final PartitionTotals totals = new PartitionTotals();
  private final RecentFindings findings = new RecentFindings();
  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private volatile boolean full;

  private record Kept(int partition, byte[] snapshot) {}

  private record Found(String identity, PodSnapshot.Whose whose) {}

  /**
   * Keeps pods.
   *
   * @param max how many at most, 0: none; some 450 bytes each
   * @param rules what is expected of them
   * @param stages stage times of a namespace, of all if it is empty
   */
  public ObservedPods(int max, ObserveSettings rules, Function<String, List<StageLine>> stages) {
    this.max = max;
    this.rules = rules;
    this.stages = stages;
  }

  // What shards tell.

  @Override
  public void snapshot(int partition, String identity, byte @Nullable [] snapshot) {
    if (snapshot == null) {
      Kept before = pods.remove(identity);
      if (before != null) {
        kept.decrementAndGet();
        offer(before, true);
      }
      return;
    }
    Kept now = new Kept(partition, snapshot);
    if (pods.replace(identity, now) == null) {
      if (kept.incrementAndGet() > max) {
        kept.decrementAndGet();
        full = true;
        return;
      }
      pods.put(identity, now);
    }
    offer(now, false);
  }

  private void offer(Kept pod, boolean gone) {
    if (watches.isEmpty()) {
      return;
    }
    Pod object = read(pod).object();
    for (Watch watch : watches) {
      if (watch.wants(object.metadata())) {
        watch.offer(new Watch.Change(object.metadata(), gone ? null : object));
      }
    }
  }

  @Override
  public void dropped(int partition) {
    totals.drop(partition);
    pods.forEach((identity, pod) -> {
      if (pod.partition == partition && pods.remove(identity, pod)) {
        kept.decrementAndGet();
      }
    });
  }

  @Override
  public void finding(ObservedPod pod, Finding finding) {
    findings.add(pod.identity(), finding);
  }

  @Override
  public void totals(int partition, GroupTotals group) {
    totals.put(partition, group);
  }

  @Override
  public void totalsGone(int partition, String group, String name) {
    totals.remove(partition, group, name);
  }

  // What is answered.

  @Override
  public void check(PodQuery query) throws PodRoutes.BadRequest {
    if (query.labels() != LabelSelector.ALL) {
      throw new PodRoutes.BadRequest(
          400, "labelSelector: labels are not kept of pods that are only observed");
    }
    if (max == 0) {
      throw new PodRoutes.BadRequest(404, "no pods are kept: --pods-max 0");
    }
  }

  @Override
  public String note() {
    return full ? "not all pods are kept: --pods-max " + max : "";
  }

  @Override
  public Watch watch(PodQuery query) {
    Watch watch = new Watch(query);
    watches.add(watch);
    return watch;
  }

  @Override
  public void end(Watch watch) {
    watches.remove(watch);
  }

  @Override
  public void wakeAll() {
    watches.forEach(Watch::wake);
  }

  @Override
  public void list(PodQuery query, Optional<Watch> watch, PodDoor.PageSink<PodDoor.Shown> sink)
      throws IOException {
    List<Found> found = new ArrayList<>();
    pods.forEach((identity, pod) -> {
      PodSnapshot.Whose whose = PodSnapshot.whose(pod.snapshot);
      if (query.namespace().isEmpty() || query.namespace().equals(whose.namespace())) {
        found.add(new Found(identity, whose));
      }
    });
    found.sort(BY_NAME);
    int end = Math.min(found.size(), query.limit());
    for (int from = 0; from < end; from += PAGE) {
      sink.take(page(found.subList(from, Math.min(end, from + PAGE)), watch));
    }
  }

  private List<PodDoor.Shown> page(List<Found> found, Optional<Watch> watch) {
    List<PodDoor.Shown> page = new ArrayList<>();
    for (Found one : found) {
      // First this, then the pod is read: a change in between is shown once more, none is lost.
      watch.ifPresent(w -> w.shown(one.whose.uid()));
      Kept pod = pods.get(one.identity);
      if (pod != null) {
        Pod object = read(pod).object();
        page.add(new PodDoor.Shown(PodLine.of(object), Optional.of(object)));
      }
    }
    return page;
  }

  private static ObservedPod read(Kept pod) {
    return PodSnapshot.decode(pod.snapshot, new ObservedSpecs());
  }

  @Override
  public Optional<ObjectNode> pod(String namespace, String name) {
    for (Map.Entry<String, Kept> entry : pods.entrySet()) {
      PodSnapshot.Whose whose = PodSnapshot.whose(entry.getValue().snapshot);
      if (whose.name().equals(name) && whose.namespace().equals(namespace)) {
        ObservedPod pod = read(entry.getValue());
        return Optional.of(ObservedDetails.write(pod, rules, findings.of(entry.getKey())));
      }
    }
    return Optional.empty();
  }

  @Override
  public List<ObjectNode> nodes() {
    return groups("node");
  }

  @Override
  public List<ObjectNode> namespaces() {
    return groups("namespace");
  }

  @Override
  public List<StageLine> stages(String namespace) {
    return stages.apply(namespace);
  }

  /** Sums over the partitions, pods without a node left out. */
  private List<ObjectNode> groups(String kind) {
    Map<String, List<GroupTotals>> byName = new TreeMap<>();
    totals
        .all()
        .forEach(group -> {
          if (group.group().equals(kind) && !group.name().isEmpty()) {
            byName.computeIfAbsent(group.name(), _ -> new ArrayList<>()).add(group);
          }
        });
    List<ObjectNode> all = new ArrayList<>();
    byName.forEach((name, parts) -> all.add(json(name, parts)));
    return all;
  }

  private static ObjectNode json(String name, List<GroupTotals> parts) {
    Map<String, Long> sums = new HashMap<>();
    for (GroupTotals part : parts) {
      sums.merge("pods", part.pods(), Long::sum);
      sums.merge("pending", part.pending(), Long::sum);
      sums.merge("running", part.running(), Long::sum);
      sums.merge("succeeded", part.succeeded(), Long::sum);
      sums.merge("failed", part.failed(), Long::sum);
      sums.merge("unknown", part.unknown(), Long::sum);
      sums.merge("ready", part.ready(), Long::sum);
      sums.merge("restarts", part.restarts(), Long::sum);
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", name);
    sums.forEach(json::put);
    long cpu = parts.stream().mapToLong(GroupTotals::cpuMilli).sum();
    long memory = parts.stream().mapToLong(GroupTotals::memoryBytes).sum();
    ObjectNode requests = json.putObject("requests");
    if (cpu > 0) {
      requests.put("cpu", Quantity.ofMilli(cpu).toString());
    }
    if (memory > 0) {
      requests.put("memory", Quantity.ofBytes(memory).toString());
    }
    return json;
  }
}

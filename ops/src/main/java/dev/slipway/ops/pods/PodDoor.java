package dev.slipway.ops.pods;

import dev.slipway.actors.EngineSystem;
import dev.slipway.actors.PodInspection;
import dev.slipway.actors.PodRow;
import dev.slipway.actors.StatusListener;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.status.PublishedStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Lets people look at the pods of an engine. Holds nothing per pod: lists, counts and one pod's
 * details are read from the shards when somebody asks, changes are passed to those who watch. Its
 * listeners have to be given to the engine. Calls block and are for threads of their own.
 */
public final class PodDoor {
  /** Pods read at a time, so that a long list is never in memory whole. */
  private static final int PAGE = 1_000;

  private static final Comparator<Found> BY_NAME =
      Comparator.comparing((Found found) -> found.meta.namespace())
          .thenComparing(found -> found.meta.name())
          .thenComparing(found -> found.meta.uid());

  private final List<RecentEvents> events;
  private final List<Watch> watches = new CopyOnWriteArrayList<>();

  private PodDoor(List<RecentEvents> events) {
    this.events = events;
  }

  /** A pod that was found, and where. */
  private record Found(ObjectMeta meta, int shard) {}

  /** One pod's details and the events recorded about it. */
  record Details(PodInspection pod, List<RecentEvents.Recorded> events) {}

  /** The door of an engine of so many shards. */
  public static PodDoor create(int shards) {
    return new PodDoor(Stream.generate(RecentEvents::new).limit(shards).toList());
  }

  /** What a shard has to tell; does nearly nothing while nobody watches. */
  public StatusListener listener(int shard) {
    return new Listener(events.get(shard));
  }

  private final class Listener implements StatusListener {
    private final RecentEvents recent;

    Listener(RecentEvents recent) {
      this.recent = recent;
    }

    @Override
    public void status(PodState pod, long now) {
      changed(pod);
    }

    @Override
    public void transition(PodState pod, PodRow before, PodRow after, long now) {
      if (before.meta() != after.meta()) {
        changed(pod);
      }
    }

    @Override
    public void removed(ObjectMeta meta, long now) {
      offer(meta, _ -> new Watch.Change(meta, null));
    }

    @Override
    public void event(
        ObjectMeta pod, String container, String type, String reason, String message, long now) {
      recent.add(pod, container, type, reason, message, now);
    }

    private void changed(PodState pod) {
      offer(pod.apiMeta, meta -> new Watch.Change(meta, object(pod)));
    }

    private void offer(ObjectMeta meta, Function<ObjectMeta, Watch.Change> make) {
      if (watches.isEmpty()) {
        return;
      }
      Watch.Change change = null;
      for (Watch watch : watches) {
        if (watch.wants(meta)) {
          change = change == null ? make.apply(meta) : change;
          watch.offer(change);
        }
      }
    }
  }

  private static Pod object(PodState pod) {
    return new Pod(pod.apiMeta, pod.apiShape.spec, PublishedStatus.of(pod));
  }

  // Watching.

  Watch watch(PodQuery query) {
    Watch watch = new Watch(query);
    watches.add(watch);
    return watch;
  }

  /** Whoever waits for a change looks up. */
  void wakeAll() {
    watches.forEach(Watch::wake);
  }

  void end(Watch watch) {
    watches.remove(watch);
  }

  // Reading.

  /** Takes a page of a list. */
  @FunctionalInterface
  interface PageSink<A> {
    void take(List<A> page) throws java.io.IOException;
  }

  /** A pod as the list shows it: a row, and the object if the pod was not given up. */
  record Shown(PodLine line, Optional<Pod> object) {}

  /** Pages of the pods asked for, in the order of their names; the watch learns who is shown. */
  void list(EngineSystem engine, PodQuery query, Optional<Watch> watch, PageSink<Shown> sink)
      throws java.io.IOException {
    List<Found> found = find(engine, query);
    for (int from = 0; from < found.size(); from += PAGE) {
      List<Found> page = found.subList(from, Math.min(found.size(), from + PAGE));
      sink.take(read(engine, page, watch));
    }
  }

  private static List<Found> find(EngineSystem engine, PodQuery query) {
    List<List<Found>> shards = new ArrayList<>();
    List<CompletionStage<Void>> scans = new ArrayList<>();
    for (int shard = 0; shard < engine.shards(); shard++) {
      int number = shard;
      List<Found> own = new ArrayList<>();
      shards.add(own);
      scans.add(
          engine.scan(
              shard,
              (row, _) -> {
                if (query.matches(row.meta())) {
                  own.add(new Found(row.meta(), number));
                }
              }));
    }
    scans.forEach(PodDoor::join);
    List<Found> all = new ArrayList<>();
    shards.forEach(all::addAll);
    all.sort(BY_NAME);
    return all.size() > query.limit() ? all.subList(0, query.limit()) : all;
  }

  /** Those of the page that are still there, in its order. */
  private static List<Shown> read(EngineSystem engine, List<Found> page, Optional<Watch> watch) {
    Map<String, Shown> read = new HashMap<>();
    for (int shard = 0; shard < engine.shards(); shard++) {
      List<String> uids = new ArrayList<>();
      for (Found found : page) {
        if (found.shard == shard) {
          uids.add(found.meta.uid());
        }
      }
      if (!uids.isEmpty()) {
        join(
            engine.visit(
                shard,
                uids,
                (row, state) -> {
                  watch.ifPresent(w -> w.shown(row.meta().uid()));
                  read.put(row.meta().uid(), shown(row, Optional.ofNullable(state)));
                }));
      }
    }
    List<Shown> shown = new ArrayList<>();
    for (Found found : page) {
      Shown one = read.get(found.meta.uid());
      if (one != null) {
        shown.add(one);
      }
    }
    return shown;
  }

  private static Shown shown(PodRow row, Optional<PodState> state) {
    Optional<Pod> object = state.map(PodDoor::object);
    return new Shown(object.map(PodLine::of).orElseGet(() -> PodLine.of(row)), object);
  }

  /** One pod's details; empty if there is no such pod. */
  Optional<Details> details(EngineSystem engine, String namespace, String name) {
    PodQuery query = new PodQuery(namespace, LabelSelector.ALL, Integer.MAX_VALUE);
    List<Found> found = new ArrayList<>();
    for (int shard = 0; shard < engine.shards(); shard++) {
      int number = shard;
      join(
          engine.scan(
              shard,
              (row, _) -> {
                if (row.meta().name().equals(name) && query.matches(row.meta())) {
                  found.add(new Found(row.meta(), number));
                }
              }));
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Found first = found.getFirst();
    return join(engine.inspect(first.shard, first.meta.uid()))
        .map(pod -> new Details(pod, events.get(first.shard).of(first.meta.uid())));
  }

  /** Counts and sums by node and by namespace. */
  static PodGroups groups(EngineSystem engine) {
    PodGroups groups = new PodGroups();
    for (int shard = 0; shard < engine.shards(); shard++) {
      join(engine.scan(shard, groups));
    }
    return groups;
  }

  private static <A> A join(CompletionStage<A> stage) {
    return stage.toCompletableFuture().join();
  }
}

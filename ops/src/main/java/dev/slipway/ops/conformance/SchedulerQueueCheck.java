package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.scheduling.Change;
import dev.slipway.engine.scheduling.ClusterEvent;
import dev.slipway.engine.scheduling.Nominations;
import dev.slipway.engine.scheduling.Plugin;
import dev.slipway.engine.scheduling.SchedulingNode;
import dev.slipway.engine.scheduling.SchedulingPod;
import dev.slipway.engine.scheduling.queue.QueueSnapshot;
import dev.slipway.engine.scheduling.queue.QueuedPod;
import dev.slipway.engine.scheduling.queue.SchedulingQueue;
import dev.slipway.ingest.manifest.FieldProblems;
import dev.slipway.ingest.manifest.SchedulingReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Plays the recorded operations on a scheduling queue and compares its state after each of them.
 */
final class SchedulerQueueCheck {
  private static final long START =
      Instant.parse("2026-01-01T00:00:00Z").getEpochSecond() * Times.SECOND;
  private static final long MILLI = Times.SECOND / 1000;

  private final Nominations nominations = new Nominations();
  private final SchedulingQueue queue = new SchedulingQueue(nominations);
  private final Map<String, SchedulingPod> pods = new HashMap<>();
  private final Map<String, QueuedPod> inFlight = new HashMap<>();
  private final Comparison comparison = new Comparison();

  private SchedulerQueueCheck() {}

  static Verdict check(JsonNode vector, DataFolders data) {
    return new SchedulerQueueCheck().run(vector);
  }

  private Verdict run(JsonNode vector) {
    JsonNode steps = vector.path("out").path("steps");
    int step = 0;
    for (JsonNode op : vector.path("in").path("ops")) {
      long now = START + op.path("at").longValue() * MILLI;
      queue.advance(now);
      String at = "steps[" + step + "] " + op.path("op").asText();
      JsonNode recorded = steps.path(step++);
      play(op, now, at, recorded);
      state(at, recorded);
    }
    return comparison.verdict();
  }

  private void play(JsonNode op, long now, String at, JsonNode recorded) {
    switch (op.path("op").asText()) {
      case "add" -> queue.add(pod(op.path("pod")), now);
      case "update" ->
          queue.update(SchedulerInput.pod(op.path("oldPod")), pod(op.path("pod")), now);
      case "delete" -> queue.delete(known(op));
      case "pop" -> pop(at, recorded);
      case "fail" -> fail(op, now);
      case "bound" -> bound(op);
      case "activate" -> queue.activate(known(op));
      case "nominate" -> queue.nominate(known(op), op.path("nominate").asText());
      case "nodeAdd" -> queue.event(new ClusterEvent.NodeAdded(node(op.path("node"))), now);
      case "nodeUpdate" -> update(op, now, at, recorded);
      case "nodeDelete" -> queue.event(new ClusterEvent.NodeDeleted(node(op.path("oldNode"))), now);
      case "assignedPodAdd" ->
          queue.event(new ClusterEvent.AssignedPodAdded(SchedulerInput.pod(op.path("pod"))), now);
      case "assignedPodDelete" ->
          queue.event(new ClusterEvent.AssignedPodDeleted(SchedulerInput.pod(op.path("pod"))), now);
      case "time" -> {}
      default -> throw new IllegalArgumentException("no such operation: " + op);
    }
  }

  private SchedulingPod pod(JsonNode tree) {
    SchedulingPod pod = SchedulerInput.pod(tree);
    pods.put(pod.name(), pod);
    return pod;
  }

  private SchedulingPod known(JsonNode op) {
    SchedulingPod pod = pods.get(op.path("name").asText());
    if (pod == null) {
      throw new IllegalArgumentException("no such pod: " + op);
    }
    return pod;
  }

  private static SchedulingNode node(JsonNode tree) {
    return SchedulingReader.node(tree, FieldProblems.IGNORED);
  }

  private void pop(String at, JsonNode recorded) {
    QueuedPod next = queue.pop();
    if (next == null) {
      comparison.addTexts(at + ".popped", recorded.path("popped").asText(), "");
      return;
    }
    inFlight.put(next.pod().name(), next);
    comparison.add(at + ".popped", recorded.path("popped"), next.pod().name());
    comparison.add(at + ".attempts", recorded.path("attempts"), next.attempts());
  }

  /** The recorder had no informer: pods went back with the object they were popped with. */
  private void fail(JsonNode op, long now) {
    QueuedPod queued = inFlight.remove(op.path("name").asText());
    if (queued != null) {
      queue.fail(
          queued,
          queued.pod(),
          plugins(op.path("unschedulablePlugins")),
          plugins(op.path("pendingPlugins")),
          now);
    }
  }

  private static Set<Plugin> plugins(JsonNode names) {
    Set<Plugin> plugins = EnumSet.noneOf(Plugin.class);
    ResourceJson.texts(names).forEach(name -> plugins.add(Plugin.of(name).orElseThrow()));
    return plugins;
  }

  private void bound(JsonNode op) {
    QueuedPod queued = inFlight.remove(op.path("name").asText());
    if (queued != null) {
      queue.done(queued);
    }
  }

  private void update(JsonNode op, long now, String at, JsonNode recorded) {
    var event = new ClusterEvent.NodeUpdated(node(op.path("oldNode")), node(op.path("node")));
    List<String> labels = new ArrayList<>();
    Change.of(event).forEach(change -> labels.add(change.kind().label()));
    comparison.add(at + ".events", recorded.path("events"), labels);
    queue.event(event, now);
  }

  private void state(String at, JsonNode recorded) {
    QueueSnapshot ours = queue.snapshot();
    JsonNode theirs = recorded.path("state");
    comparison.add(at + ".active", theirs.path("active"), names(ours.active()));
    comparison.add(
        at + ".unschedulable", theirs.path("unschedulable"), names(ours.unschedulable()));
    comparison.add(at + ".gated", theirs.path("gated"), names(ours.gated()));
    Map<String, Long> expiries = new TreeMap<>();
    ours.backOff().forEach((key, until) -> expiries.put(name(key), (until - START) / MILLI));
    comparison.add(at + ".backoff", theirs.path("backoff"), expiries);
    if (recorded.has("nominated") || !nominations.isEmpty()) {
      Map<String, List<String>> nominated = new TreeMap<>();
      nominations
          .all()
          .forEach((node, there) ->
              nominated.put(node, there.stream().map(SchedulingPod::name).toList()));
      comparison.add(at + ".nominated", recorded.path("nominated"), nominated);
    }
  }

  private static Set<String> names(Set<String> keys) {
    Set<String> names = new TreeSet<>();
    keys.forEach(key -> names.add(name(key)));
    return names;
  }

  private static String name(String key) {
    return key.substring(key.indexOf('/') + 1);
  }
}

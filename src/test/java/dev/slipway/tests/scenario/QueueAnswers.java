package dev.slipway.tests.scenario;

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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Plays operations on a scheduling queue in the order they stand: {@code at[5.5]} (seconds), {@code
 * add[p pod]}, {@code update[p pod]}, {@code delete[p]}, {@code pop}, {@code fail[p Plugins]},
 * {@code pend[p Plugins]}, {@code done[p]}, {@code activate[p]}, {@code nominate[p n]}, {@code
 * node[...]} (the second of a name is an update), {@code gone[n]}, {@code bound[p pod]} (the second
 * of a name is an update), {@code left[p]}, {@code nomineeleft[p pod]}. The answer is what was
 * popped and where every pod waits in the end, back-offs with the second up to which they last.
 */
final class QueueAnswers {
  private static final Pattern OPERATION = Pattern.compile("(\\w+)(?:\\[([^\\]]*)\\])?");

  private final Nominations nominations = new Nominations();
  private final SchedulingQueue queue = new SchedulingQueue(nominations);
  private final Map<String, SchedulingPod> pods = new HashMap<>();
  private final Map<String, QueuedPod> flying = new HashMap<>();
  private final Map<String, SchedulingNode> nodes = new HashMap<>();
  private final Map<String, SchedulingPod> assigned = new HashMap<>();
  private final List<String> popped = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private long now;

  private QueueAnswers() {}

  static String of(String operations) {
    QueueAnswers answers = new QueueAnswers();
    Matcher matcher = OPERATION.matcher(operations);
    while (matcher.find()) {
      String text = matcher.group(2) == null ? "" : matcher.group(2);
      String[] parts = text.split(" +", 2);
      answers.play(matcher.group(1), parts[0], parts.length > 1 ? parts[1] : "", text);
    }
    return answers.state();
  }

  private void play(String operation, String name, String rest, String all) {
    switch (operation) {
      case "at" -> {
        now = Math.round(Double.parseDouble(name) * Times.SECOND);
        queue.advance(now);
      }
      case "add" -> {
        pods.put(name, PlacementText.pod(name, rest));
        queue.add(known(pods.get(name), name), now);
      }
      case "update" ->
          queue.update(
              pods.getOrDefault(name, PlacementText.pod(name, "")), replace(name, rest), now);
      case "delete" -> queue.delete(known(pods.get(name), name));
      case "pop" -> pop();
      case "fail" -> fail(name, plugins(rest), Set.of());
      case "pend" -> fail(name, Set.of(), plugins(rest));
      case "done" -> queue.done(known(flying.remove(name), name));
      case "activate" -> queue.activate(pods.getOrDefault(name, PlacementText.pod(name, "")));
      case "nominate" -> queue.nominate(known(pods.get(name), name), rest);
      default -> event(operation, name, rest, all);
    }
  }

  private static <T> T known(@Nullable T found, String name) {
    if (found == null) {
      throw new IllegalArgumentException("nothing of that name before: " + name);
    }
    return found;
  }

  private SchedulingPod replace(String name, String rest) {
    SchedulingPod pod = PlacementText.pod(name, rest);
    pods.put(name, pod);
    return pod;
  }

  private void pop() {
    QueuedPod next = queue.pop();
    if (next == null) {
      popped.add("-");
      return;
    }
    flying.put(next.pod().name(), next);
    popped.add(next.pod().name() + "#" + next.attempts());
  }

  private void fail(String name, Set<Plugin> by, Set<Plugin> waiting) {
    QueuedPod queued = known(flying.remove(name), name);
    queue.fail(queued, queued.latest(), by, waiting, now);
  }

  private static Set<Plugin> plugins(String names) {
    Set<Plugin> plugins = EnumSet.noneOf(Plugin.class);
    for (String name : names.isBlank() ? new String[0] : names.split(" +")) {
      plugins.add(Plugin.of(name).orElseThrow());
    }
    return plugins;
  }

  private void event(String operation, String name, String rest, String all) {
    ClusterEvent event =
        switch (operation) {
          case "node" -> {
            SchedulingNode node = PlacementText.node(all);
            SchedulingNode old = nodes.put(name, node);
            yield old == null
                ? new ClusterEvent.NodeAdded(node)
                : new ClusterEvent.NodeUpdated(old, node);
          }
          case "gone" -> new ClusterEvent.NodeDeleted(known(nodes.remove(name), name));
          case "bound" -> {
            SchedulingPod pod = PlacementText.pod(name, rest);
            SchedulingPod old = assigned.put(name, pod);
            yield old == null
                ? new ClusterEvent.AssignedPodAdded(pod)
                : new ClusterEvent.AssignedPodUpdated(old, pod);
          }
          case "left" -> new ClusterEvent.AssignedPodDeleted(known(assigned.remove(name), name));
          case "nomineeleft" -> new ClusterEvent.NominatedPodDeleted(PlacementText.pod(name, rest));
          default -> throw new IllegalArgumentException("no such operation: " + operation);
        };
    events.clear();
    Change.of(event).forEach(change -> events.add(change.kind().label()));
    queue.event(event, now);
  }

  private String state() {
    QueueSnapshot snapshot = queue.snapshot();
    List<String> parts = new ArrayList<>();
    add(parts, "popped", popped);
    add(parts, "active", names(snapshot.active()));
    List<String> backOff = new ArrayList<>();
    snapshot.backOff().forEach((key, until) -> backOff.add(name(key) + "@" + until / Times.SECOND));
    add(parts, "back-off", backOff);
    add(parts, "unschedulable", names(snapshot.unschedulable()));
    add(parts, "gated", names(snapshot.gated()));
    List<String> nominated = new ArrayList<>();
    nominations
        .all()
        .forEach((node, there) -> there.forEach(pod -> nominated.add(pod.name() + ">" + node)));
    add(parts, "nominated", nominated);
    if (events.size() > 1) {
      add(parts, "events", events);
    }
    return parts.isEmpty() ? "-" : String.join("; ", parts);
  }

  private static void add(List<String> parts, String title, List<String> words) {
    if (!words.isEmpty()) {
      parts.add(title + " " + String.join(" ", words));
    }
  }

  private static List<String> names(Set<String> keys) {
    Set<String> names = new TreeSet<>();
    keys.forEach(key -> names.add(name(key)));
    return List.copyOf(names);
  }

  private static String name(String key) {
    return key.substring(key.indexOf('/') + 1);
  }
}

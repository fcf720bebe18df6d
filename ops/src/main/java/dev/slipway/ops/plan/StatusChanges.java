package dev.slipway.ops.plan;

import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is different between two versions of a pod's status. */
final class StatusChanges {
  private StatusChanges() {}

  static List<StatusChange> between(PodStatus before, PodStatus after) {
    List<StatusChange> changes = new ArrayList<>();
    add(changes, "", "phase", phase(before.phase()), phase(after.phase()));
    add(changes, "", "reason", before.reason(), after.reason());
    Map<String, String> old = conditions(before);
    Map<String, String> young = conditions(after);
    Set<String> types = new LinkedHashSet<>(young.keySet());
    types.addAll(old.keySet());
    for (String type : types) {
      add(changes, "", type, old.getOrDefault(type, ""), young.getOrDefault(type, ""));
    }
    Map<String, ContainerStatus> known = new LinkedHashMap<>();
    containers(before).forEach(status -> known.put(status.name(), status));
    containers(after).forEach(status -> container(changes, known.get(status.name()), status));
    return changes;
  }

  private static void add(
      List<StatusChange> changes, String container, String field, String from, String to) {
    if (!from.equals(to)) {
      changes.add(new StatusChange(container, field, from, to, List.of()));
    }
  }

  private static String phase(@Nullable PodPhase phase) {
    return phase == null ? "" : phase.text();
  }

  private static Map<String, String> conditions(PodStatus status) {
    Map<String, String> conditions = new LinkedHashMap<>();
    for (PodCondition c : status.conditions()) {
      conditions.put(
          c.type(), c.status().text() + (c.reason().isEmpty() ? "" : " (" + c.reason() + ")"));
    }
    return conditions;
  }

  /** All container statuses, init containers first. */
  static Stream<ContainerStatus> containers(PodStatus status) {
    return Stream.of(
            status.initContainerStatuses(),
            status.containerStatuses(),
            status.ephemeralContainerStatuses())
        .flatMap(List::stream);
  }

  private static void container(
      List<StatusChange> changes, @Nullable ContainerStatus before, ContainerStatus after) {
    String name = after.name();
    add(changes, name, "state", before == null ? "" : state(before.state()), state(after.state()));
    add(
        changes,
        name,
        "started",
        before == null ? "false" : flag(before.started()),
        flag(after.started()));
    add(
        changes,
        name,
        "ready",
        String.valueOf(before != null && before.ready()),
        String.valueOf(after.ready()));
    add(
        changes,
        name,
        "restartCount",
        String.valueOf(before == null ? 0 : before.restartCount()),
        String.valueOf(after.restartCount()));
  }

  private static String flag(@Nullable Boolean value) {
    return String.valueOf(value != null && value);
  }

  /** The state in one short phrase. */
  static String state(ContainerState state) {
    return switch (state) {
      case ContainerState.None _ -> "";
      case ContainerState.Waiting(String reason, _) ->
          "Waiting" + (reason.isEmpty() ? "" : " (" + reason + ")");
      case ContainerState.Running _ -> "Running";
      case ContainerState.Terminated t ->
          "Terminated (" + t.reason() + ", exit code " + t.exitCode() + ")";
    };
  }
}

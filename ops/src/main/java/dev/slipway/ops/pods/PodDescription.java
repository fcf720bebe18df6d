package dev.slipway.ops.pods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.ops.print.HumanDuration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One pod as text, in the order of {@code kubectl describe pod} (pkg/describe/describe.go, 1.37),
 * with what the engine is at below it.
 */
public final class PodDescription {
  private static final int KEY = 18;
  private static final int INNER_KEY = 16;

  private final List<String> lines = new ArrayList<>();
  private final JsonNode root;
  private final JsonNode pod;
  private final JsonNode engine;
  private final long now;

  private PodDescription(JsonNode root) {
    this.root = root;
    this.pod = root.path("pod");
    this.engine = root.path("engine");
    this.now = engine.path("time").asLong();
  }

  /** The lines about a pod as the HTTP door tells it. */
  public static List<String> of(JsonNode root) {
    PodDescription description = new PodDescription(root);
    description.object();
    description.containers("Init Containers:", "initContainers", "initContainerStatuses");
    description.containers("Containers:", "containers", "containerStatuses");
    description.conditions();
    if (root.has("observed")) {
      description.observed(root.path("observed"));
    } else {
      description.events();
      description.engine();
    }
    return description.lines;
  }

  private void line(int indent, String key, String value) {
    String head = "  ".repeat(indent) + key;
    int width = indent == 0 ? KEY : 2 * indent + INNER_KEY;
    lines.add((head + " ".repeat(Math.max(1, width - head.length())) + value).stripTrailing());
  }

  private void text(int indent, String key, JsonNode value) {
    if (!value.asText().isEmpty()) {
      line(indent, key, value.asText());
    }
  }

  private void object() {
    JsonNode meta = pod.path("metadata");
    JsonNode status = pod.path("status");
    line(0, "Name:", meta.path("name").asText());
    line(0, "Namespace:", meta.path("namespace").asText());
    text(0, "Priority Class:", pod.path("spec").path("priorityClassName"));
    line(0, "Node:", or(pod.path("spec").path("nodeName"), "<none>"));
    text(0, "Start Time:", status.path("startTime"));
    map("Labels:", meta.path("labels"));
    map("Annotations:", meta.path("annotations"));
    if (meta.has("deletionTimestamp")) {
      line(0, "Status:", "Terminating (since " + meta.path("deletionTimestamp").asText() + ")");
      line(
          0,
          "Termination Grace Period:",
          meta.path("deletionGracePeriodSeconds").asText("0") + "s");
    } else {
      line(0, "Status:", or(status.path("phase"), "Pending"));
    }
    text(0, "Reason:", status.path("reason"));
    text(0, "Message:", status.path("message"));
    line(0, "IP:", status.path("podIP").asText());
    for (JsonNode owner : meta.path("ownerReferences")) {
      if (owner.path("controller").asBoolean()) {
        line(0, "Controlled By:", owner.path("kind").asText() + "/" + owner.path("name").asText());
      }
    }
    text(0, "QoS Class:", status.path("qosClass"));
  }

  private static String or(JsonNode value, String otherwise) {
    return value.asText().isEmpty() ? otherwise : value.asText();
  }

  private void map(String key, JsonNode values) {
    String shown = key;
    if (values.isEmpty()) {
      line(0, key, "<none>");
    }
    for (Map.Entry<String, JsonNode> value : values.properties()) {
      line(0, shown, value.getKey() + "=" + value.getValue().asText());
      shown = "";
    }
  }

  // Containers.

  private void containers(String head, String specs, String statuses) {
    JsonNode list = pod.path("spec").path(specs);
    if (list.isEmpty()) {
      return;
    }
    lines.add(head);
    Map<String, JsonNode> byName = new LinkedHashMap<>();
    pod.path("status").path(statuses).forEach(s -> byName.put(s.path("name").asText(), s));
    for (JsonNode spec : list) {
      JsonNode status = byName.get(spec.path("name").asText());
      container(spec, status == null ? MissingNode.getInstance() : status);
    }
  }

  private void container(JsonNode spec, JsonNode status) {
    lines.add("  " + spec.path("name").asText() + ":");
    text(2, "Container ID:", status.path("containerID"));
    line(2, "Image:", spec.path("image").asText());
    text(2, "Restart Policy:", spec.path("restartPolicy"));
    state("State:", status.path("state"));
    if (!status.path("lastState").isEmpty()) {
      state("Last State:", status.path("lastState"));
    }
    line(2, "Ready:", status.path("ready").asBoolean() ? "True" : "False");
    line(2, "Restart Count:", status.path("restartCount").asText("0"));
    amounts("Limits:", spec.path("resources").path("limits"));
    amounts("Requests:", spec.path("resources").path("requests"));
    for (JsonNode container : engine.path("containers")) {
      if (container.path("name").asText().equals(spec.path("name").asText())) {
        container.path("probes").forEach(this::probe);
      }
    }
  }

  private void probe(JsonNode probe) {
    line(
        2,
        probe.path("type").asText() + ":",
        "%s, last result %s, %d in a row"
            .formatted(
                probe.path("state").asText(),
                probe.path("last").asText(),
                probe.path("run").asInt()));
  }

  private void amounts(String key, JsonNode amounts) {
    if (!amounts.isEmpty()) {
      lines.add("    " + key);
      amounts
          .properties()
          .forEach(amount -> line(3, amount.getKey() + ":", amount.getValue().asText()));
    }
  }

  private void state(String key, JsonNode state) {
    if (state.has("running")) {
      line(2, key, "Running");
      text(3, "Started:", state.path("running").path("startedAt"));
    } else if (state.has("terminated")) {
      JsonNode ended = state.path("terminated");
      line(2, key, "Terminated");
      text(3, "Reason:", ended.path("reason"));
      text(3, "Message:", ended.path("message"));
      line(3, "Exit Code:", ended.path("exitCode").asText());
      text(3, "Started:", ended.path("startedAt"));
      text(3, "Finished:", ended.path("finishedAt"));
    } else {
      line(2, key, "Waiting");
      text(3, "Reason:", state.path("waiting").path("reason"));
      text(3, "Message:", state.path("waiting").path("message"));
    }
  }

  // Conditions, events, the engine.

  private void conditions() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("  Type", "Status", "Reason"));
    for (JsonNode condition : pod.path("status").path("conditions")) {
      rows.add(
          List.of(
              "  " + condition.path("type").asText(),
              condition.path("status").asText(),
              condition.path("reason").asText()));
    }
    lines.add("Conditions:");
    new TableColumns().draw(rows).forEach(row -> lines.add(row.stripTrailing()));
  }

  /** Equal events are one row with their count and the first and last time, as kubectl has it. */
  private void events() {
    if (root.path("events").isEmpty()) {
      line(0, "Events:", "<none>");
      return;
    }
    Map<List<String>, List<Long>> times = new LinkedHashMap<>();
    for (JsonNode event : root.path("events")) {
      List<String> key =
          List.of(
              event.path("type").asText(),
              event.path("reason").asText(),
              event.path("container").asText(),
              event.path("message").asText());
      times.computeIfAbsent(key, _ -> new ArrayList<>()).add(event.path("at").asLong());
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("  Type", "Reason", "Age", "Container", "Message"));
    times.forEach((key, at) ->
        rows.add(List.of("  " + key.get(0), key.get(1), age(at), key.get(2), key.get(3))));
    lines.add("Events:");
    new TableColumns().draw(rows).forEach(row -> lines.add(row.stripTrailing()));
  }

  private String age(List<Long> at) {
    String last = HumanDuration.of(now - at.getLast());
    return at.size() == 1
        ? last
        : last + " (x" + at.size() + " over " + HumanDuration.of(now - at.getFirst()) + ")";
  }

  private void observed(JsonNode observed) {
    line(0, "Workload:", observed.path("workload").asText());
    section("Next:", observed.path("next"));
    for (JsonNode step : observed.path("next")) {
      String at = step.path("at").asText();
      line(
          1,
          step.path("what").asText() + ":",
          (step.path("container").asText() + (at.isEmpty() ? "" : " at " + at)).strip());
    }
    section("Stages:", observed.path("stages"));
    for (JsonNode stage : observed.path("stages")) {
      line(1, stage.path("stage").asText() + ":", stage.path("seconds").asText() + "s");
    }
    section("Findings:", observed.path("findings"));
    observed.path("findings").forEach(this::finding);
  }

  private void section(String head, JsonNode list) {
    line(0, head, list.isEmpty() ? "<none>" : "");
  }

  private void finding(JsonNode finding) {
    String container = finding.path("container").asText();
    String at = finding.path("at").asText();
    lines.add(
        "  %s %s%s%s: %s (%s)"
            .formatted(
                finding.path("severity").asText(),
                finding.path("finding").asText(),
                container.isEmpty() ? "" : " container " + container,
                at.isEmpty() ? "" : " at " + at,
                finding.path("title").asText(),
                finding.path("rule").asText()));
    for (JsonNode fact : finding.path("evidence")) {
      lines.add("    " + fact.path("what").asText() + ": " + fact.path("value").asText());
    }
  }

  private void engine() {
    lines.add("Engine:");
    line(1, "Pod worker:", engine.path("worker").asText());
    line(1, "Step:", engine.path("step").asText());
    if (engine.path("rebuilds").asInt() > 0) {
      line(1, "Built anew:", engine.path("rebuilds").asText() + " times");
    }
    line(1, "Next:", engine.path("next").asText());
    if (engine.path("deadlines").isEmpty()) {
      line(1, "Deadlines:", "<none>");
      return;
    }
    lines.add("  Deadlines:");
    for (JsonNode deadline : engine.path("deadlines")) {
      String container = deadline.path("container").asText();
      lines.add(
          "    in %-6s %s%s"
              .formatted(
                  HumanDuration.of(Math.max(0, deadline.path("at").asLong() - now)),
                  deadline.path("what").asText(),
                  container.isEmpty() ? "" : " of container " + container));
    }
  }
}

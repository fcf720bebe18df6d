package dev.slipway.ops.print;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One pod as a row of {@code kubectl get pods -o wide}. */
public final class PodRow {
  /** The columns; those after Age are for wide tables. */
  public static final List<String> COLUMNS =
      List.of(
          "Name",
          "Ready",
          "Status",
          "Restarts",
          "Age",
          "IP",
          "Node",
          "Nominated Node",
          "Readiness Gates");

  private static final String NONE = "<none>";

  private final JsonNode pod;
  private final JsonNode spec;
  private final JsonNode status;
  private final Map<String, JsonNode> initContainers = new HashMap<>();
  private int total;
  private int ready;
  private final Restarts all = new Restarts();
  private final Restarts sidecars = new Restarts();
  private String word;

  private PodRow(JsonNode pod) {
    this.pod = pod;
    this.spec = pod.path("spec");
    this.status = pod.path("status");
    this.word = first(status.path("reason").asText(), status.path("phase").asText());
  }

  /** Restarts seen and the end of the last run before one. */
  private static final class Restarts {
    private long count;
    private String last = "";

    void add(JsonNode container) {
      count += container.path("restartCount").asLong();
      String ended = container.path("lastState").path("terminated").path("finishedAt").asText();
      if (ended.compareTo(last) > 0) {
        last = ended;
      }
    }
  }

  /** The cells of a pod's row at a time in epoch nanoseconds. */
  public static List<String> of(JsonNode pod, long now) {
    return new PodRow(pod).cells(now);
  }

  private static String first(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  private List<String> cells(long now) {
    total = spec.path("containers").size();
    for (JsonNode container : spec.path("initContainers")) {
      initContainers.put(container.path("name").asText(), container);
      total += isSidecar(container) ? 1 : 0;
    }
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText().equals("PodScheduled")
          && condition.path("reason").asText().equals("SchedulingGated")) {
        word = "SchedulingGated";
      }
    }
    Restarts restarts = all;
    if (!initializing() || conditionTrue("Initialized")) {
      apps();
      restarts = sidecars;
    }
    deletion();
    var cells = new ArrayList<String>();
    cells.add(pod.path("metadata").path("name").asText());
    cells.add(ready + "/" + total);
    cells.add(word);
    cells.add(words(restarts, now));
    cells.add(HumanDuration.since(pod.path("metadata").path("creationTimestamp"), now));
    cells.add(first(status.path("podIPs").path(0).path("ip").asText(), NONE));
    cells.add(first(spec.path("nodeName").asText(), NONE));
    cells.add(first(status.path("nominatedNodeName").asText(), NONE));
    cells.add(readinessGates());
    return cells;
  }

  private static boolean isSidecar(JsonNode container) {
    return container.path("restartPolicy").asText().equals("Always");
  }

  /** Looks at init containers up to the first that keeps the pod from going on. */
  private boolean initializing() {
    JsonNode statuses = status.path("initContainerStatuses");
    for (int i = 0; i < statuses.size(); i++) {
      JsonNode container = statuses.get(i);
      JsonNode declared = initContainers.get(container.path("name").asText());
      boolean sidecar = declared != null && isSidecar(declared);
      all.add(container);
      if (sidecar) {
        sidecars.add(container);
      }
      JsonNode terminated = container.path("state").path("terminated");
      if (!terminated.isMissingNode() && terminated.path("exitCode").asInt() == 0) {
        continue;
      }
      if (sidecar && container.path("started").asBoolean()) {
        ready += container.path("ready").asBoolean() ? 1 : 0;
        continue;
      }
      word = "Init:" + initWord(container, terminated, i);
      return true;
    }
    return false;
  }

  private String initWord(JsonNode container, JsonNode terminated, int index) {
    if (!terminated.isMissingNode()) {
      return terminatedWord(terminated);
    }
    String waiting = container.path("state").path("waiting").path("reason").asText();
    return waiting.isEmpty() || waiting.equals("PodInitializing")
        ? index + "/" + spec.path("initContainers").size()
        : waiting;
  }

  private static String terminatedWord(JsonNode terminated) {
    String reason = terminated.path("reason").asText();
    if (!reason.isEmpty()) {
      return reason;
    }
    int signal = terminated.path("signal").asInt();
    return signal != 0 ? "Signal:" + signal : "ExitCode:" + terminated.path("exitCode").asInt();
  }

  /**
   * Looks at app containers from the last to the first, whose word stays; only Completed gives way,
   * to one that failed or to one that runs.
   */
  private void apps() {
    boolean running = false;
    String failed = "";
    JsonNode statuses = status.path("containerStatuses");
    for (int i = statuses.size() - 1; i >= 0; i--) {
      JsonNode container = statuses.get(i);
      JsonNode state = container.path("state");
      sidecars.add(container);
      String waiting = state.path("waiting").path("reason").asText();
      if (!waiting.isEmpty()) {
        word = waiting;
      } else if (state.has("terminated")) {
        word = terminatedWord(state.path("terminated"));
        failed = state.path("terminated").path("exitCode").asInt() == 0 ? failed : word;
      } else if (container.path("ready").asBoolean() && state.has("running")) {
        running = true;
        ready++;
      }
    }
    if (!word.equals("Completed")) {
      return;
    }
    if (running && conditionTrue("Ready")) {
      word = "Running";
    } else if (!failed.isEmpty()) {
      word = failed;
    } else if (running) {
      word = "NotReady";
    }
  }

  private void deletion() {
    if (!pod.path("metadata").has("deletionTimestamp")) {
      return;
    }
    String phase = status.path("phase").asText();
    if (status.path("reason").asText().equals("NodeLost")) {
      word = "Unknown";
    } else if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
      word = "Terminating";
    }
  }

  private static String words(Restarts restarts, long now) {
    if (restarts.count == 0 || restarts.last.isEmpty()) {
      return Long.toString(restarts.count);
    }
    JsonNode last = com.fasterxml.jackson.databind.node.TextNode.valueOf(restarts.last);
    return restarts.count + " (" + HumanDuration.since(last, now) + " ago)";
  }

  private boolean conditionTrue(String type) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText().equals(type)
          && condition.path("status").asText().equals("True")) {
        return true;
      }
    }
    return false;
  }

  private String readinessGates() {
    JsonNode gates = spec.path("readinessGates");
    if (gates.isEmpty()) {
      return NONE;
    }
    int fulfilled = 0;
    for (JsonNode gate : gates) {
      fulfilled += firstStatus(gate.path("conditionType").asText()).equals("True") ? 1 : 0;
    }
    return fulfilled + "/" + gates.size();
  }

  private String firstStatus(String type) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition.path("status").asText();
      }
    }
    return "";
  }
}

package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.replay.PodHost;
import dev.slipway.engine.replay.PodObserver;
import dev.slipway.engine.replay.VirtualDriver;
import dev.slipway.engine.runtime.RuntimeLog;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.status.PublishedStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a pod did, in the form of the recorded traces. */
final class TraceRecord implements RuntimeLog, PodObserver {
  /** One runtime call or fact. */
  record Call(long t, String c, String text) {}

  /** One status the API got. */
  record Status(long t, String text) {}

  private final PodShape shape;
  private final long arrival;
  private @Nullable VirtualDriver driver;
  private final List<String> addedNames = new ArrayList<>();
  final List<Call> calls = new ArrayList<>();
  final List<Status> statuses = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  final TreeMap<String, StringBuilder> probes = new TreeMap<>();

  TraceRecord(PodShape shape, long arrival) {
    this.shape = shape;
    this.arrival = arrival;
  }

  void driver(VirtualDriver theDriver) {
    driver = theDriver;
  }

  private long ms() {
    return driver == null ? 0 : millis(driver.now());
  }

  private long millis(long now) {
    return (now - arrival) / Times.MILLI;
  }

  private String name(int container) {
    if (container < 0) {
      return "";
    }
    return container < shape.count
        ? shape.container(container).name()
        : addedNames.get(container - shape.count);
  }

  void action(String what, JsonNode action) {
    String c = what.equals("setGate") ? "" : action.path("c").asText("");
    if (what.equals("addEphemeral")) {
      addedNames.add(c);
    }
    boolean api = !what.equals("evict") && !what.equals("shutdown");
    String grace =
        action.has("grace") && what.equals("delete")
            ? " grace=" + action.path("grace").asText()
            : "";
    calls.add(new Call(ms(), c, (api ? "api:" : "node:") + what + grace));
  }

  /** Notes an action in front of what it causes, but only if it is possible. */
  void first(String what, JsonNode action, BooleanSupplier attempt) {
    int at = calls.size();
    if (attempt.getAsBoolean()) {
      calls.add(at, new Call(ms(), action.path("c").asText(""), "node:" + what));
    }
  }

  @Override
  public void note(Op op, int container, int attempt, long detail, String reason) {
    String c = name(container);
    if (op == Op.KILL) {
      return;
    }
    if (op == Op.PROBE) {
      String key = c + "/" + reason.toLowerCase(Locale.ROOT) + "/" + attempt;
      probes
          .computeIfAbsent(key, _ -> new StringBuilder())
          .append(' ')
          .append(ms())
          .append(detail < 0 ? "T" : detail == 1 ? "+" : "-");
      return;
    }
    String more =
        switch (op) {
          case RUN_SANDBOX, SANDBOX_READY, STOP_SANDBOX, CREATE, STARTED -> " n=" + attempt;
          case SANDBOX_FAILED, START_FAILED -> " n=" + attempt + " ok=false";
          case PULL -> "";
          case PULLED -> " ok=" + (detail == 1);
          case POST_START, PRE_STOP -> "";
          case POST_START_DONE, PRE_STOP_DONE -> " ok=" + (detail == 1);
          case EXITED -> " n=" + attempt + " exit=" + detail + " reason=" + reason;
          case STOP -> " n=" + attempt + " grace=" + detail;
          case KILL, PROBE, UPDATE -> "";
        };
    calls.add(new Call(ms(), c, op.text() + more));
  }

  @Override
  public void status(PodHost pod, long now) {
    statuses.add(new Status(millis(now), text(PublishedStatus.of(pod.state()))));
  }

  @Override
  public void removed(PodHost pod, long now) {
    PodPhase phase = pod.state().apiPhase;
    statuses.add(new Status(millis(now), "deleted " + (phase == null ? "" : phase.text())));
  }

  @Override
  public void event(
      PodHost pod, String type, String reason, int container, String message, long now) {
    events.add(millis(now) + ":" + reason + "(" + name(container) + ")");
  }

  private static String text(PodStatus status) {
    StringBuilder text = new StringBuilder(status.phase() == null ? "" : status.phase().text());
    text.append(' ').append(status.reason()).append('\n');
    TreeMap<String, String> conditions = new TreeMap<>();
    for (PodCondition c : status.conditions()) {
      conditions.put(c.type(), c.status().text() + (c.reason().isEmpty() ? "" : "/" + c.reason()));
    }
    text.append(conditions).append('\n');
    append(text, status.initContainerStatuses());
    append(text, status.containerStatuses());
    append(text, status.ephemeralContainerStatuses());
    return text.toString();
  }

  private static void append(StringBuilder text, List<ContainerStatus> statuses) {
    for (ContainerStatus s : statuses) {
      text.append(s.name())
          .append(' ')
          .append(state(s.state()))
          .append(' ')
          .append(s.started() == null ? '?' : s.started() ? 's' : '.')
          .append(s.ready() ? 'r' : '.')
          .append(' ')
          .append(s.restartCount())
          .append(' ')
          .append(state(s.lastState()))
          .append('\n');
    }
  }

  private static String state(ContainerState state) {
    return switch (state) {
      case ContainerState.None _ -> "-";
      case ContainerState.Waiting w -> "W:" + w.reason();
      case ContainerState.Running _ -> "R";
      case ContainerState.Terminated t -> "T:" + t.reason() + ":" + t.exitCode();
    };
  }
}

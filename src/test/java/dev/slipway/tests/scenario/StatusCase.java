package dev.slipway.tests.scenario;

import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.ConditionValue;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.StatusCell;
import dev.slipway.engine.state.TerminationRequest;
import dev.slipway.engine.status.PhaseRules;
import dev.slipway.engine.status.PublishedStatus;
import dev.slipway.engine.status.StatusManager;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One computation of a status.
 *
 * <p>Clauses: those of {@link Decision}; the status before: {@code was x Running|Waiting/Reason|
 * Terminated/code/reason last=... restarts=2 ready started other} (other: of another instance),
 * {@code was phase Running/Reason}, {@code cond Ready=True/Reason@5}; {@code api phase Failed},
 * {@code foreign x=True}; {@code error x CrashLoopBackOff} (a failed start), {@code workers} (all
 * probe workers exist), {@code generation 3}, {@code begun 5} (start time), {@code now 20}, {@code
 * terminal} (terminal computation), {@code final} (the last word on the pod), {@code request
 * Evicted} (of the node), {@code direct} (the phase from the statuses given, nothing else), {@code
 * active} (some app container has an active record), {@code published} (as the API shows it).
 *
 * <p>Seen: {@code Phase/Reason}, {@code x=State}, {@code x.last=}, {@code x.restarts=}, {@code
 * x.ready=}, {@code x.started=}, {@code Type=Status/Reason}, {@code Type.message=}, {@code
 * Type.since=}, {@code Type.generation=}, {@code order=} of conditions, {@code lists=} of names.
 */
final class StatusCase {
  private final PodText text;
  private final Decision view;
  private final List<List<String>> later = new ArrayList<>();
  private @Nullable TerminationRequest request;
  private boolean terminal;
  private boolean last;
  private boolean direct;
  private boolean active;
  private boolean published;
  private long now = 100 * Times.SECOND;

  private StatusCase(String pod) {
    text = new PodText(pod);
    view = new Decision(text);
  }

  /** The facts, by their keys. */
  static Map<String, String> seen(String pod, String given) {
    StatusCase row = new StatusCase(pod);
    for (String clause : given.split(";")) {
      row.take(PodText.words(clause));
    }
    return row.compute();
  }

  private void take(List<String> words) {
    if (words.isEmpty()) {
      return;
    }
    switch (words.getFirst()) {
      case "was", "cond", "api", "foreign", "error", "workers", "generation", "begun" ->
          later.add(words);
      case "now" -> now = Seconds.of(words.get(1));
      case "terminal" -> terminal = true;
      case "final" -> last = true;
      case "direct" -> direct = true;
      case "active" -> active = true;
      case "published" -> published = true;
      case "request" ->
          request = new TerminationRequest(words.get(1), "", words.get(1), false, false);
      default -> view.take(words);
    }
  }

  private Map<String, String> compute() {
    PodState pod = view.state();
    later.forEach(words -> apply(pod, words));
    if (direct) {
      return Map.of("", phase(pod).text());
    }
    StatusManager manager = new StatusManager(Profile.K8S_1_37);
    PodSink out = ignored();
    if (last) {
      pod.objectInitialized = StatusManager.hadInitialized(pod);
      pod.worker = PodState.Worker.TERMINATED;
      manager.terminated(pod, now, out);
    } else {
      if (published) {
        pod.worker = PodState.Worker.TERMINATED;
      }
      manager.compute(pod, terminal, request, now, out);
    }
    return facts(published ? PublishedStatus.of(pod) : PublishedStatus.cached(pod), pod);
  }

  private PodPhase phase(PodState pod) {
    StatusCell[] cells = new StatusCell[pod.shape.count];
    for (int c = 0; c < cells.length; c++) {
      cells[c] = pod.slots[c].status();
    }
    return new PhaseRules()
        .phase(Profile.K8S_1_37, pod.shape, cells, terminal, active, pod.isStatic);
  }

  private static PodSink ignored() {
    return (PodSink)
        Proxy.newProxyInstance(
            PodSink.class.getClassLoader(), new Class<?>[] {PodSink.class}, (_, _, _) -> null);
  }

  // The state before.

  private void apply(PodState pod, List<String> words) {
    switch (words.getFirst()) {
      case "was" -> was(pod, words);
      case "cond" -> condition(pod, words.get(1));
      case "api" -> {
        pod.apiPhase = PodPhase.of(head(words.get(2)));
        pod.apiReason = tail(words.get(2));
      }
      case "foreign" -> foreign(pod, words.get(1));
      case "error" -> pod.slots[pod.shape.ordinal(words.get(1))].startError(words.get(2), "");
      case "generation" -> pod.meta = pod.meta.withGeneration(Long.parseLong(words.get(1)));
      case "begun" -> pod.startTime = Seconds.of(words.get(1));
      default -> workers(pod);
    }
  }

  private void was(PodState pod, List<String> words) {
    pod.cached = true;
    if (words.get(1).equals("phase")) {
      pod.phase = PodPhase.of(head(words.get(2)));
      pod.reason = tail(words.get(2));
      return;
    }
    for (ContainerText container : text.named(words.get(1))) {
      int c = pod.shape.ordinal(container.name);
      StatusCell cell = pod.slots[c].status();
      cell.present = true;
      cell.recordId = c + 1;
      cell.state = state(words.get(2));
      words.subList(3, words.size()).forEach(word -> set(cell, word));
    }
  }

  private static void set(StatusCell cell, String word) {
    int at = word.indexOf('=');
    String value = word.substring(at + 1);
    switch (at < 0 ? word : word.substring(0, at)) {
      case "last" -> cell.lastState = state(value);
      case "restarts" -> cell.restartCount = Integer.parseInt(value);
      case "ready" -> cell.ready = true;
      case "started" -> cell.started = 1;
      case "stopped" -> cell.started = 0;
      case "other" -> cell.recordId = 99;
      default -> throw new IllegalArgumentException("unknown word of a status: " + word);
    }
  }

  private static ContainerState state(String text) {
    String[] parts = text.split("/");
    return switch (parts[0]) {
      case "-" -> ContainerState.NONE;
      case "Running" -> new ContainerState.Running(Times.SECOND);
      case "Waiting" -> new ContainerState.Waiting(parts.length > 1 ? parts[1] : "", "");
      case "Terminated" ->
          new ContainerState.Terminated(
              Integer.parseInt(parts[1]),
              parts.length > 2 ? parts[2] : parts[1].equals("0") ? "Completed" : "Error",
              "",
              Times.SECOND,
              2 * Times.SECOND,
              "");
      default -> throw new IllegalArgumentException("unknown state: " + text);
    };
  }

  private static void condition(PodState pod, String word) {
    String type = word.substring(0, word.indexOf('='));
    String[] value = word.substring(word.indexOf('=') + 1).split("@");
    for (OwnedCondition which : OwnedCondition.values()) {
      if (which.type().equals(type)) {
        ConditionValue shown =
            new ConditionValue(ConditionStatus.of(head(value[0])), tail(value[0]), "", 0);
        pod.condition(which, shown);
        if (which == OwnedCondition.RESIZE_PENDING) {
          pod.resizePending = shown;
        } else if (which == OwnedCondition.RESIZE_IN_PROGRESS) {
          pod.resizeInProgress = shown;
        }
        pod.since(which, value.length > 1 ? Seconds.of(value[1]) : 0);
      }
    }
  }

  private static void foreign(PodState pod, String word) {
    List<PodCondition> conditions = new ArrayList<>(pod.foreign);
    conditions.add(
        new PodCondition(
            word.substring(0, word.indexOf('=')),
            ConditionStatus.of(word.substring(word.indexOf('=') + 1)),
            "",
            "",
            0,
            Times.NONE,
            Times.NONE));
    pod.foreign = List.copyOf(conditions);
  }

  private static void workers(PodState pod) {
    for (int c = 0; c < pod.shape.ephemeralStart; c++) {
      for (ProbeType type : ProbeType.values()) {
        if (pod.shape.container(c).probe(type) != null) {
          pod.slots[c].worker(type, true);
        }
      }
    }
  }

  private static String head(String text) {
    int slash = text.indexOf('/');
    return slash < 0 ? text : text.substring(0, slash);
  }

  private static String tail(String text) {
    int slash = text.indexOf('/');
    return slash < 0 ? "" : text.substring(slash + 1);
  }

  // Facts.

  private static Map<String, String> facts(PodStatus status, PodState pod) {
    Map<String, String> facts = new LinkedHashMap<>();
    PodPhase phase = status.phase();
    facts.put("", (phase == null ? "-" : phase.text()) + reason(status.reason()));
    for (PodCondition c : status.conditions()) {
      facts.put(c.type(), c.status().text() + reason(c.reason()));
      facts.put(c.type() + ".message", c.message().replace(' ', '_'));
      facts.put(c.type() + ".since", Seconds.text(c.lastTransitionTime()));
      facts.put(c.type() + ".generation", Long.toString(c.observedGeneration()));
    }
    facts.put(
        "order",
        status.conditions().stream().map(PodCondition::type).collect(Collectors.joining(",")));
    facts.put(
        "lists",
        names(status.initContainerStatuses())
            + "/"
            + names(status.containerStatuses())
            + "/"
            + names(status.ephemeralContainerStatuses()));
    status.initContainerStatuses().forEach(s -> facts(s, facts));
    status.containerStatuses().forEach(s -> facts(s, facts));
    status.ephemeralContainerStatuses().forEach(s -> facts(s, facts));
    return facts;
  }

  private static String names(List<ContainerStatus> list) {
    return list.stream().map(ContainerStatus::name).collect(Collectors.joining(","));
  }

  private static void facts(ContainerStatus status, Map<String, String> facts) {
    String name = status.name();
    facts.put(name, words(status.state()));
    facts.put(name + ".last", words(status.lastState()));
    facts.put(name + ".restarts", Integer.toString(status.restartCount()));
    facts.put(name + ".ready", Boolean.toString(status.ready()));
    facts.put(name + ".started", String.valueOf(status.started()));
  }

  private static String words(ContainerState state) {
    return switch (state) {
      case ContainerState.None _ -> "-";
      case ContainerState.Waiting w -> "Waiting" + reason(w.reason());
      case ContainerState.Running _ -> "Running";
      case ContainerState.Terminated t -> "Terminated/" + t.exitCode() + reason(t.reason());
    };
  }

  private static String reason(String reason) {
    return reason.isEmpty() ? "" : "/" + reason;
  }
}

package dev.slipway.tests.scenario;

import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.lifecycle.PodActionsPlanner;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.PodActions;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.ProbeResult;
import dev.slipway.engine.state.RecordState;
import dev.slipway.engine.state.ResizeActions;
import dev.slipway.engine.state.Sandbox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One decision: builds the pod as the given cell says and writes down what the planner wants.
 *
 * <p>Clauses: {@code x RUNNING}, {@code x EXITED/137/OOMKilled}, {@code x -} (no record), {@code x
 * startup=Unknown} (a cached result), {@code x image!} (the spec has another image), spec words of
 * {@link ContainerText} after {@code spec}, {@code sandbox READY,1:NOTREADY}, {@code deleting};
 * {@code kubelet 1.32} ({@link ProfileText}); {@code x old} (its record is of the older sandbox),
 * {@code x has=lim.cpu:1,req.cpu:500m} (resources last set), {@code restartAll} (condition
 * AllContainersRestarting).
 */
final class Decision {
  private final PodText text;
  private final Map<String, String> records = new HashMap<>();
  private final Map<String, ProbeResult> results = new HashMap<>();
  private final List<String> otherImages = new ArrayList<>();
  private String sandboxes = "READY";
  private final Map<String, String> actuated = new HashMap<>();
  private final List<String> ofOlderSandbox = new ArrayList<>();
  private boolean restartAll;
  private boolean deleting;
  private Profile profile = Profile.K8S_1_37;

  Decision(PodText text) {
    this.text = text;
  }

  /** The decision in the words of the table. */
  static String of(String pod, String given) {
    Decision decision = new Decision(new PodText(pod));
    for (String clause : given.split(";")) {
      decision.take(PodText.words(clause));
    }
    return decision.plan();
  }

  void take(List<String> words) {
    if (words.isEmpty()) {
      return;
    }
    switch (words.getFirst()) {
      case "sandbox" -> sandboxes = words.get(1);
      case "deleting" -> deleting = true;
      case "kubelet" -> profile = ProfileText.of(words.subList(1, words.size()));
      case "restartAll" -> restartAll = true;
      case "pod" -> actuated.put("pod", words.get(1).substring(4));
      case "spec" -> takeSpec(words);
      default -> takeContainer(words);
    }
  }

  private void takeSpec(List<String> words) {
    for (ContainerText c : text.named(words.get(1))) {
      for (String word : words.subList(2, words.size())) {
        c.set(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
      }
    }
  }

  private void takeContainer(List<String> words) {
    for (ContainerText c : text.named(words.getFirst())) {
      for (String word : words.subList(1, words.size())) {
        int at = word.indexOf('=');
        if (word.equals("image!")) {
          otherImages.add(c.name);
        } else if (word.equals("old")) {
          ofOlderSandbox.add(c.name);
        } else if (word.startsWith("has=")) {
          actuated.put(c.name, word.substring(4));
        } else if (at > 0) {
          results.put(
              c.name + "." + word.substring(0, at),
              ProbeResult.valueOf(word.substring(at + 1).toUpperCase(Locale.ROOT)));
        } else {
          records.put(c.name, word);
        }
      }
    }
  }

  /** The pod as given. */
  PodState state() {
    PodShape shape = PodShape.of(text.spec());
    var meta = PodText.meta();
    PodState pod = new PodState(deleting ? meta.withDeletion(0, 30, 2) : meta, shape, false);
    pod.sandbox = sandbox();
    for (int c = 0; c < shape.count; c++) {
      String name = shape.container(c).name();
      Sandbox home = ofOlderSandbox.contains(name) ? older(pod) : pod.sandbox;
      pod.slots[c].newest = record(shape, c, home);
      pod.slots[c].actuated =
          actuated.containsKey(name)
              ? ContainerText.resources(actuated.get(name))
              : shape.container(c).resources();
    }
    ResourceRequirements own = shape.spec.resources();
    pod.actuated =
        actuated.containsKey("pod")
            ? ContainerText.resources(actuated.get("pod"))
            : own == null ? ResourceRequirements.NONE : own;
    return pod;
  }

  private String plan() {
    PodState pod = state();
    PodActions actions = new PodActions();
    new PodActionsPlanner(profile).plan(pod, restartAll, actions);
    return words(pod.shape, actions);
  }

  private static @Nullable Sandbox older(PodState pod) {
    Sandbox newest = pod.sandbox;
    return newest == null ? null : newest.older;
  }

  /** Newest first: {@code READY}, {@code 2:READY,1:READY}, {@code noip}, {@code -}. */
  private @Nullable Sandbox sandbox() {
    Sandbox newest = null;
    String[] items = sandboxes.split(",");
    for (int k = items.length - 1; k >= 0; k--) {
      String item = items[k];
      if (item.equals("-")) {
        continue;
      }
      int colon = item.indexOf(':');
      int attempt = colon < 0 ? 0 : Integer.parseInt(item.substring(0, colon));
      String state = item.substring(colon + 1);
      String ip = state.equals("noip") ? "" : "10.0.0.1";
      Sandbox made = new Sandbox(attempt, !state.equals("NOTREADY"), ip, false);
      made.older = newest;
      newest = made;
    }
    return newest;
  }

  private @Nullable ContainerRecord record(PodShape shape, int c, @Nullable Sandbox sandbox) {
    String name = shape.container(c).name();
    String given = records.getOrDefault(name, "-");
    if (given.equals("-")) {
      return null;
    }
    String[] parts = given.split("/");
    String image = shape.container(c).image() + (otherImages.contains(name) ? "-old" : "");
    Sandbox home = sandbox == null ? new Sandbox(0, false, "", false) : sandbox;
    ContainerRecord record = new ContainerRecord(c + 1, home, image, 0);
    switch (RecordState.valueOf(parts[0])) {
      case CREATED -> {}
      case RUNNING -> record.started(Times.SECOND);
      case UNKNOWN -> record.unknown();
      case EXITED -> {
        int code = Integer.parseInt(parts[1]);
        String reason = parts.length > 2 ? parts[2] : code == 0 ? "Completed" : "Error";
        record.started(Times.SECOND);
        record.exited(code, reason, "", Times.SECOND, name);
      }
    }
    for (ProbeType type : ProbeType.values()) {
      String key = name + "." + type.text().toLowerCase(Locale.ROOT);
      record.result(type, results.getOrDefault(key, ProbeResult.NONE));
    }
    return record;
  }

  private static String words(PodShape shape, PodActions actions) {
    List<String> words = new ArrayList<>();
    if (actions.stopPod) {
      words.add("POD");
    }
    if (actions.createSandbox) {
      words.add("SB" + actions.attempt);
    }
    for (int k = 0; k < actions.stopCount; k++) {
      String reason = actions.stopReasons[k].text();
      String name = shape.container(actions.stops[k]).name();
      words.add("-" + name + "(" + (reason.isEmpty() ? "none" : reason) + ")");
    }
    for (int k = 0; k < actions.resetCount; k++) {
      words.add("x" + shape.container(actions.resetOrdinals[k]).name());
    }
    updates("memory", actions.resizes.memory, shape, words);
    updates("cpu", actions.resizes.cpu, shape, words);
    for (int k = 0; k < actions.startCount; k++) {
      String name = shape.container(actions.starts[k]).name();
      words.add("+" + name + (actions.restartCounts[k] == 0 ? "" : "#" + actions.restartCounts[k]));
    }
    return words.isEmpty() ? "none" : String.join(" ", words);
  }

  /** {@code ~cpu:a1,a2}: in the order of execution. */
  private static void updates(
      String resource, List<ResizeActions.Update> updates, PodShape shape, List<String> words) {
    if (!updates.isEmpty()) {
      words.add(
          "~"
              + resource
              + ":"
              + updates.stream()
                  .map(u -> shape.container(u.container()).name())
                  .collect(Collectors.joining(",")));
    }
  }
}

package dev.slipway.tests.scenario;

import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.probe.ProbeRules;
import dev.slipway.engine.probe.ProbeSettings;
import dev.slipway.engine.profile.Gate;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.ConditionValue;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.ProbeResult;
import dev.slipway.engine.state.Sandbox;
import dev.slipway.engine.state.StatusCell;
import dev.slipway.engine.status.ProbeFlags;
import dev.slipway.engine.status.StatusCauses;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code started} and {@code ready} of one status computation.
 *
 * <p>Clauses: {@code agent 100 always} (as in {@link WorkerRun}), {@code wasReady} (the API says
 * Ready), {@code a1 readiness=p10} (spec words), and a status: {@code a1 RUNNING/50} (start) or
 * {@code EXITED/0}, then {@code wasStarted}, {@code worker=RU} and {@code R=Success}. The answer
 * lists {@code a1:started,ready,trigger} in the order of the statuses; {@code -} for none of these.
 */
final class ProbeFlagsRun {
  private final PodText text;
  private final List<List<String>> clauses = new ArrayList<>();
  private boolean wasReady;
  private boolean always;
  private long agentStart = Times.NONE;

  private ProbeFlagsRun(String podCell, String given) {
    text = new PodText(podCell);
    for (String clause : given.split(";")) {
      List<String> words = PodText.words(clause);
      switch (words.getFirst()) {
        case "agent" -> {
          agentStart = Seconds.of(words.get(1));
          always = words.size() > 2;
        }
        case "wasReady" -> wasReady = true;
        default -> {
          if (words.get(1).indexOf('=') > 0) {
            spec(words);
          } else {
            clauses.add(words);
          }
        }
      }
    }
  }

  private void spec(List<String> words) {
    for (ContainerText c : text.named(words.getFirst())) {
      for (String word : words.subList(1, words.size())) {
        c.set(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
      }
    }
  }

  static String of(String podCell, String given) {
    ProbeFlagsRun run = new ProbeFlagsRun(podCell, given);
    PodState pod = new PodState(PodText.meta(), PodShape.of(run.text.spec()), false);
    if (run.wasReady) {
      pod.condition(OwnedCondition.READY, new ConditionValue(ConditionStatus.TRUE, "", "", 0));
    }
    List<String> flags = new ArrayList<>();
    run.clauses.forEach(words -> flags.add(run.flags(pod, words)));
    return String.join(" ", flags);
  }

  private String flags(PodState pod, List<String> words) {
    int c = pod.shape.ordinal(words.getFirst());
    StatusCell cell = new StatusCell();
    String[] state = words.get(1).split("/");
    cell.present = true;
    cell.recordId = c + 1;
    cell.state =
        state[0].equals("RUNNING")
            ? new ContainerState.Running(Seconds.of(state[1]))
            : new ContainerState.Terminated(
                Integer.parseInt(state[1]), "", "", Times.NONE, Times.NONE, "");
    var record = new ContainerRecord(c + 1, new Sandbox(0, true, null, false), "", 0);
    pod.slots[c].newest = record;
    for (String word : words.subList(2, words.size())) {
      int at = word.indexOf('=');
      if (at < 0) {
        cell.started = 1;
      } else if (word.startsWith("worker=")) {
        word.substring(at + 1).chars().forEach(ch -> pod.slots[c].worker(type((char) ch), true));
      } else {
        record.result(
            type(word.charAt(0)),
            ProbeResult.valueOf(word.substring(at + 1).toUpperCase(Locale.ROOT)));
      }
    }
    var agent = new ProbeSettings(ProbeRules.Jitter.NONE, agentStart, always, true);
    Profile profile =
        Profile.K8S_1_37.with(Gate.CHANGE_CONTAINER_STATUS_ON_KUBELET_RESTART, always);
    boolean trigger = ProbeFlags.compute(profile, agent, pod, c, cell, new StatusCauses());
    List<String> set = new ArrayList<>();
    if (cell.started == 1) {
      set.add("started");
    }
    if (cell.ready) {
      set.add("ready");
    }
    if (trigger) {
      set.add("trigger");
    }
    return words.getFirst() + ":" + (set.isEmpty() ? "-" : String.join(",", set));
  }

  private static ProbeType type(char letter) {
    return switch (letter) {
      case 'U' -> ProbeType.STARTUP;
      case 'R' -> ProbeType.READINESS;
      default -> ProbeType.LIVENESS;
    };
  }
}

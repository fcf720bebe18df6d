package dev.slipway.tests.simulation;

import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.replay.VirtualDriver;
import dev.slipway.engine.runtime.RuntimeLog.Op;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Shows the checker of the simulation a life that is made up, so that a table can say what it must
 * refuse.
 *
 * <p>Words: {@code @5} (seconds), {@code sandbox 0}, {@code create a1}, {@code started a1}, {@code
 * exited a1 0}, {@code killing a1} (a stop begins), {@code stop a1 30}, {@code kill a1}, {@code
 * forget a1}; {@code stopping} (everything is being stopped), {@code terminating}; {@code grace
 * 30}, {@code deletion 50}; {@code phase Running}, {@code restarts a1 2}, {@code ip 10.0.0.1},
 * {@code removed}; {@code decide 1.37 1.33} (two deciders), {@code live 7} (a whole seeded life),
 * {@code replay 7 7} (the logs of two lives are one).
 */
public final class Observed {
  private final PodShape shape;
  private final PodState pod;
  private final VirtualDriver driver = new VirtualDriver(Profile.K8S_1_37, 0);
  private final Invariants invariants;
  private PodPhase phase = PodPhase.RUNNING;
  private final int[] restarts;
  private String ip = "";

  private Observed(PodShape shape) {
    this.shape = shape;
    this.pod = new PodState(ObjectMeta.of("ns", "pod", "uid"), shape, false);
    this.restarts = new int[shape.count];
    this.invariants = new Invariants(shape, pod, Profile.K8S_1_37, driver, null, _ -> {});
  }

  /** The rule the checker finds broken, {@code holds} if none. */
  public static String judge(PodShape shape, List<List<String>> words) {
    Observed observed = new Observed(shape);
    try {
      for (List<String> clause : words) {
        observed.take(clause);
        observed.invariants.check();
      }
      return "holds";
    } catch (IllegalStateException e) {
      return String.valueOf(e.getMessage()).split(":")[0];
    }
  }

  private void take(List<String> words) {
    String first = words.getFirst();
    if (first.startsWith("@")) {
      driver.runUntil(seconds(first.substring(1)));
      return;
    }
    switch (first) {
      case "sandbox" -> note(Op.SANDBOX_READY, -1, number(words, 1), 0);
      case "create" -> note(Op.CREATE, container(words), 0, 0);
      case "started" -> note(Op.STARTED, container(words), 0, 0);
      case "exited" -> note(Op.EXITED, container(words), 0, number(words, 2));
      case "stop" -> note(Op.STOP, container(words), 0, number(words, 2));
      case "kill" -> note(Op.KILL, container(words), 0, 0);
      case "killing" -> invariants.event("Killing", container(words), driver.now());
      case "forget" -> invariants.untracked(container(words));
      case "stopping" -> pod.step = PodState.Step.STOPPING_ALL;
      case "terminating" -> pod.worker = PodState.Worker.TERMINATING;
      case "grace" -> pod.grace = number(words, 1);
      case "deletion" ->
          pod.apiMeta = pod.apiMeta.withDeletion(seconds(words.get(1)), pod.grace, 1);
      case "phase" -> {
        phase = PodPhase.of(words.get(1));
        publish();
      }
      case "restarts" -> {
        restarts[container(words)] = number(words, 2);
        publish();
      }
      case "ip" -> {
        ip = words.get(1);
        publish();
      }
      case "removed" -> invariants.removed(driver.now());
      case "decide" -> decide(Profile.of(words.get(1)), Profile.of(words.get(2)));
      case "live" -> Life.live(number(words, 1));
      case "replay" -> replay(number(words, 1), number(words, 2));
      default -> throw new IllegalArgumentException("unknown observation: " + words);
    }
  }

  private static long seconds(String text) {
    return Long.parseLong(text) * Times.SECOND;
  }

  private static int number(List<String> words, int at) {
    return Integer.parseInt(words.get(at));
  }

  private int container(List<String> words) {
    return shape.ordinal(words.get(1));
  }

  private void note(Op op, int c, int attempt, long detail) {
    invariants.note(op, c, attempt, detail, "");
  }

  private void publish() {
    List<ContainerStatus> statuses = new ArrayList<>();
    for (int c = shape.appStart; c < shape.ephemeralStart; c++) {
      statuses.add(
          new ContainerStatus(
              shape.container(c).name(),
              ContainerState.NONE,
              ContainerState.NONE,
              false,
              restarts[c],
              "",
              "",
              "",
              null,
              ResourceRequirements.NONE,
              Map.of(),
              false));
    }
    invariants.published(
        new PodStatus(phase, "", "", 0, ip, "", 0, List.of(), List.of(), statuses, List.of()),
        driver.now());
  }

  /** The first app container has failed. */
  private void decide(Profile one, Profile other) {
    pod.sandbox = new Sandbox(0, true, "10.0.0.1", false);
    ContainerRecord record =
        new ContainerRecord(1, pod.sandbox, shape.container(shape.appStart).image(), 0);
    record.started(0);
    record.exited(1, "Error", "", 0, "1");
    pod.slots[shape.appStart].newest = record;
    if (!new Decisions(one, other).same(pod)) {
      throw new IllegalStateException("L-959: the deciders differ");
    }
  }

  private static void replay(long seed, long other) {
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    Life.live(seed, first::add);
    Life.live(other, second::add);
    if (!first.equals(second)) {
      throw new IllegalStateException("L-960: the logs differ");
    }
  }
}

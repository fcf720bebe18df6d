package dev.slipway.bench;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.ImagePullPolicy;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.lifecycle.PodLifecycle;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.Amounts;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.ProbeResult;
import dev.slipway.engine.state.ResizeActions;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Running and ready pods of one shape (a sidecar and an app container, both with a readiness
 * probe), brought up by the engine itself, and the order in which they are visited.
 */
final class SteadyPods {
  /** Ordinal of the app container. */
  static final int APP = 1;

  private static final long SEED = 20_26;

  final PodLifecycle lifecycle = new PodLifecycle(Profile.K8S_1_37);
  final PodState[] pods;
  final int[] order;
  final Answers sink = new Answers();
  long now = Times.SECOND;

  /** Starts that many pods. */
  SteadyPods(int count) {
    PodShape shape = shape();
    pods = new PodState[count];
    for (int k = 0; k < count; k++) {
      pods[k] = new PodState(ObjectMeta.of("bench", "pod-" + k, "uid-" + k), shape, false);
      bringUp(pods[k]);
    }
    order = randomOrder(count);
    now += Times.SECOND;
  }

  /** Every index once, shuffled with a fixed seed. */
  static int[] randomOrder(int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    int[] order = new int[count];
    for (int k = 0; k < count; k++) {
      int at = random.nextInt(k + 1);
      order[k] = order[at];
      order[at] = k;
    }
    return order;
  }

  /** A probe with a period of ten seconds. */
  static ProbeSpec probe() {
    return new ProbeSpec(new Handler.Exec(List.of("probe")), 0, 1, 10, 1, 3, null);
  }

  static ContainerSpec container(String name, @Nullable RestartPolicy policy) {
    return new ContainerSpec(
        name,
        name + ":1",
        ImagePullPolicy.IF_NOT_PRESENT,
        policy,
        List.of(),
        null,
        null,
        probe(),
        null,
        null,
        "",
        ResourceRequirements.NONE,
        List.of(),
        List.of());
  }

  private static PodShape shape() {
    return PodShape.of(
        new PodSpec(
            RestartPolicy.ALWAYS,
            30L,
            null,
            false,
            "node",
            List.of(),
            List.of(container("sidecar", RestartPolicy.ALWAYS)),
            List.of(container("app", null)),
            List.of(),
            null,
            Map.of(),
            null,
            ""));
  }

  private void bringUp(PodState pod) {
    sink.replies = new ArrayDeque<>();
    lifecycle.step(pod, PodEvent.ADDED, now, sink);
    settle(pod);
    for (int c = 0; c <= APP; c++) {
      lifecycle.step(pod, readiness(pod, c, ProbeResult.SUCCESS), now, sink);
    }
    settle(pod);
    sink.replies = null;
  }

  static PodEvent.ProbeResultChanged readiness(PodState pod, int c, ProbeResult result) {
    var record = pod.slots[c].newest;
    return new PodEvent.ProbeResultChanged(
        c, ProbeType.READINESS, record == null ? 0 : record.id, result);
  }

  private void settle(PodState pod) {
    ArrayDeque<PodEvent> replies = sink.replies;
    while (sink.woken || (replies != null && !replies.isEmpty())) {
      PodEvent reply = replies == null ? null : replies.poll();
      if (reply != null) {
        lifecycle.step(pod, reply, now, sink);
      } else {
        wake(pod);
      }
    }
  }

  /** Delivers the wake-ups the pod asks for, until it asks for none. */
  void wake(PodState pod) {
    while (sink.woken) {
      sink.woken = false;
      lifecycle.step(pod, PodEvent.WOKEN, now, sink);
    }
  }

  /** Counts the effects; while pods are brought up it answers them like a runtime without delay. */
  final class Answers implements PodSink {
    boolean woken;
    int startedRecord;
    long effects;
    @Nullable ArrayDeque<PodEvent> replies;

    private void reply(PodEvent event) {
      effects++;
      if (replies != null) {
        replies.add(event);
      }
    }

    @Override
    public void wakeSoon() {
      woken = true;
    }

    @Override
    public void createSandbox(int attempt) {
      reply(new PodEvent.SandboxReady(attempt, "10.0.0.1"));
    }

    @Override
    public void stopSandbox(int attempt) {
      effects++;
    }

    @Override
    public void inspectImage(int container, String image) {
      reply(new PodEvent.ImageInspected(container, true));
    }

    @Override
    public void pullImage(int container, String image) {
      effects++;
    }

    @Override
    public void startContainer(int container, int recordId, int attempt, long graceSeconds) {
      effects++;
      startedRecord = recordId;
      if (replies != null) {
        replies.add(new PodEvent.ContainerCreated(container, recordId));
        replies.add(new PodEvent.ContainerStarted(container, recordId, now));
        replies.add(new PodEvent.StartDone(container, recordId, "", ""));
      }
    }

    @Override
    public void stopContainer(
        int container, int recordId, long graceSeconds, boolean hooks, boolean waitsForTurn) {
      effects++;
    }

    @Override
    public void shortenStop(int container, long until) {}

    @Override
    public void turn(int container) {
      effects++;
    }

    @Override
    public void removeRecord(int container, int recordId) {
      effects++;
    }

    @Override
    public void requestResize() {
      effects++;
    }

    @Override
    public void measureMemory() {
      effects++;
    }

    @Override
    public void updateResources(
        int container, int recordId, ResizeActions.Kind kind, Amounts amounts) {
      effects++;
    }

    @Override
    public void ensureProbes(int container, boolean deleting) {
      effects++;
    }

    @Override
    public void stopLivenessAndStartup(int container) {
      effects++;
    }

    @Override
    public void removeProbes(int container) {
      effects++;
    }

    @Override
    public void cutProbes(int container) {
      effects++;
    }

    @Override
    public void triggerReadiness(int container) {
      effects++;
    }

    @Override
    public void observe(int container, int recordId, long startedAt, byte observation) {
      effects++;
    }

    @Override
    public void publishStatus() {
      effects++;
    }

    @Override
    public void removeApiObject() {
      effects++;
    }

    @Override
    public void recordEvent(String type, String reason, int container, String message) {
      effects++;
    }

    @Override
    public void armDeadline(int id, int generation, long at) {
      effects++;
    }

    @Override
    public void cancelDeadline(int id) {
      effects++;
    }
  }
}

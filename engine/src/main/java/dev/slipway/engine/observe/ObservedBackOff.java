package dev.slipway.engine.observe;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.restart.CrashLoopBackOff;
import dev.slipway.engine.state.BackOff;
import dev.slipway.engine.state.ContainerSlot;
import java.util.List;

/**
 * The restart back-off of a container as far as its statuses show it (rules L-310 to L-315), by the
 * engine's own {@link CrashLoopBackOff}.
 *
 * <p>What is kept is never stricter than the node's own entry: where a status leaves two readings,
 * the one with the shorter delay is taken. A kubelet that restarts forgets its entries, which no
 * status shows; so one early restart begins a new entry, and only a second one in a row, which that
 * cannot explain, is reported.
 */
final class ObservedBackOff {
  private static final int STRIKES = 2;

  /** Rule L-311, less the second that times are cut by. */
  private static final long FORGET_SURELY = 599 * Times.SECOND;

  private ObservedBackOff() {}

  static void forget(ObservedContainer container) {
    container.backOffUpdated = Times.NONE;
    container.strikes = 0;
  }

  /**
   * A new instance was started.
   *
   * @param next the instance before it is the one that is remembered
   */
  static void restarted(
      ObservedPod pod,
      int ordinal,
      long startedAt,
      boolean next,
      ObserveSettings settings,
      ObserveSink sink) {
    ObservedSpec.Container spec = pod.spec.containers().get(ordinal);
    ObservedContainer container = pod.containers[ordinal];
    if (!next || container.backOffKey != spec.key() || pod.spec.hasRestartAllRule()) {
      forget(container);
      container.backOffKey = spec.key();
      if (!next) {
        return;
      }
    }
    // A pass that stops a container itself does not see that end yet (rule L-312).
    long exitedAt = spec.probed() ? container.endBefore : container.lastEnd;
    if (exitedAt == Times.NONE) {
      return;
    }
    if (forgotten(container, exitedAt, startedAt)) {
      forget(container);
    }
    ContainerSlot slot = slot(container, spec.forRestart());
    long until =
        CrashLoopBackOff.attempt(settings.backOff(), slot, spec.forRestart(), exitedAt, startedAt);
    if (until == Times.NONE) {
      container.backOffDelay = slot.backOffDelay();
      container.strikes = 0;
    } else {
      early(pod, ordinal, exitedAt, startedAt, sink);
      container.backOffDelay = settings.backOff().first();
    }
    container.backOffUpdated = startedAt;
  }

  private static boolean forgotten(ObservedContainer container, long exitedAt, long startedAt) {
    return container.backOffUpdated != Times.NONE
        && (exitedAt - container.backOffUpdated >= FORGET_SURELY
            || startedAt - container.backOffUpdated >= FORGET_SURELY);
  }

  private static ContainerSlot slot(ObservedContainer container, ContainerSpec spec) {
    var slot = new ContainerSlot();
    if (container.backOffUpdated != Times.NONE) {
      slot.backOff(
          new BackOff(
              container.backOffDelay, container.backOffUpdated, spec.image(), spec.resources()));
    }
    return slot;
  }

  private static void early(
      ObservedPod pod, int ordinal, long exitedAt, long startedAt, ObserveSink sink) {
    ObservedContainer container = pod.containers[ordinal];
    container.strikes++;
    if (container.strikes < STRIKES) {
      return;
    }
    container.strikes = 0;
    sink.finding(
        pod,
        new Finding(
            FindingKind.BACK_OFF,
            pod.containerName(ordinal),
            startedAt,
            List.of(
                Facts.time("exited at", exitedAt),
                Facts.time("started again at", startedAt),
                Facts.duration("back-off at least", container.backOffDelay),
                Facts.count("restarts", container.instance + 1L))));
  }

  /** When the back-off that is in force is over; the end itself where there is none. */
  static long end(ObservedContainer container) {
    return container.backOffUpdated == Times.NONE
        ? container.lastEnd
        : container.lastEnd + container.backOffDelay;
  }
}

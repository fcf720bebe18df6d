package dev.slipway.ops.pods;

import dev.slipway.actors.PodRow;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Times;
import java.util.Comparator;

/**
 * One pod in a list.
 *
 * @param owner kind and name of its controller, {@code Pod} if it has none
 * @param ready the Ready condition is True
 * @param status kubectl's word for how the pod is
 * @param lastRestart when the container restarted last had ended, epoch nanoseconds or none
 * @param created epoch nanoseconds or none
 */
public record PodLine(
    String namespace,
    String name,
    String uid,
    String owner,
    PodPhase phase,
    boolean ready,
    int readyContainers,
    int containers,
    String status,
    int restarts,
    long lastRestart,
    long created,
    String podIP,
    String node) {
  /** As kubectl lists them. */
  public static final Comparator<PodLine> BY_NAME =
      Comparator.comparing(PodLine::namespace)
          .thenComparing(PodLine::name)
          .thenComparing(PodLine::uid);

  /** The line of a pod of which no more is known. */
  static PodLine of(PodRow row) {
    return new PodLine(
        row.meta().namespace(),
        row.meta().name(),
        row.meta().uid(),
        PodColumns.owner(row.meta()),
        row.phase(),
        row.ready(),
        row.readyContainers(),
        row.containers(),
        row.reason().isEmpty() ? row.phase().text() : row.reason(),
        row.restarts(),
        Times.NONE,
        row.meta().creationTimestamp(),
        "",
        "");
  }

  /** The line of a pod as it is in the API. */
  public static PodLine of(Pod pod) {
    return PodColumns.of(pod);
  }
}

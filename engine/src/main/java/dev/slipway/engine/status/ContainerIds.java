package dev.slipway.engine.status;

import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.state.PodState;
import java.util.stream.IntStream;

/** Container ids as the API shows them. */
public final class ContainerIds {
  private static final String[] NUMBERS =
      IntStream.range(0, 64).mapToObj(Integer::toString).toArray(String[]::new);

  private ContainerIds() {}

  /** The id of an instance: runtime, pod and number of the instance in the pod. */
  public static String text(PodState pod, int recordId) {
    return "slipway://" + pod.meta.uid() + "/" + recordId;
  }

  /**
   * What states of a pod's containers call an instance: its number. The text the API shows is made
   * where it is shown, so that a pod does not hold one for each container that has ended.
   */
  public static String instance(int recordId) {
    return recordId < NUMBERS.length ? NUMBERS[recordId] : Integer.toString(recordId);
  }

  /** The id a state has, as the API shows it. */
  static String shown(PodState pod, String id) {
    return !id.isEmpty() && Character.isDigit(id.charAt(0)) ? text(pod, Integer.parseInt(id)) : id;
  }

  /** The state as the API shows it. */
  static ContainerState shown(PodState pod, ContainerState state) {
    return state instanceof ContainerState.Terminated t
        ? new ContainerState.Terminated(
            t.exitCode(),
            t.reason(),
            t.message(),
            t.startedAt(),
            t.finishedAt(),
            shown(pod, t.containerID()))
        : state;
  }
}

package dev.slipway.ops.pods;

import dev.slipway.actors.PodInspection;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.state.PodState;
import dev.slipway.ops.print.HumanDuration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is expected to happen to a pod next, in one sentence. */
final class NextStep {
  private NextStep() {}

  private record Due(String what, long at) {}

  static String of(PodInspection pod) {
    return switch (pod.worker()) {
      case FINISHED -> "nothing: the pod has ended";
      case TERMINATED -> "the pod object is removed";
      case TERMINATING -> terminating(pod);
      case SYNCING -> syncing(pod);
    };
  }

  private static String terminating(PodInspection pod) {
    String who = busy(pod);
    return (who.isEmpty() ? "the sandbox stops" : who)
        + first(pod).map(due -> "; at the latest " + in(due, pod)).orElse("");
  }

  private static String syncing(PodInspection pod) {
    if (pod.step() != PodState.Step.IDLE) {
      String who = busy(pod);
      return who.isEmpty() ? step(pod.step()) : who;
    }
    Optional<Due> backOff = backOff(pod);
    if (backOff.isPresent()) {
      return in(backOff.get(), pod);
    }
    return first(pod).map(due -> in(due, pod)).orElse("nothing until something happens to it");
  }

  private static String step(PodState.Step step) {
    return switch (step) {
      case IDLE -> "nothing";
      case STOPPING_ALL -> "all containers stop";
      case STOPPING_SANDBOX -> "the sandbox stops";
      case STOPPING_ONE, RESETTING -> "a container stops";
      case MEASURING -> "the runtime tells how much memory is in use";
      case RESIZING -> "the runtime sets resources";
      case CREATING_SANDBOX -> "the sandbox becomes ready";
      case INSPECTING -> "the runtime tells whether it has the image";
      case PULLING -> "the image is pulled";
      case STARTING -> "a container starts";
    };
  }

  /** The containers that are carrying out an order. */
  private static String busy(PodInspection pod) {
    List<String> busy = new ArrayList<>();
    for (PodInspection.OfContainer container : pod.containers()) {
      String does =
          switch (container.operation()) {
            case NONE -> "";
            case CREATING -> "is created";
            case STARTING -> "starts";
            case POST_START -> "ends its postStart hook";
            case PRE_STOP -> "ends its preStop hook";
            case WAITING_FOR_TURN -> "is stopped when those before it have stopped";
            case STOPPING -> "stops";
          };
      if (!does.isEmpty()) {
        busy.add("container " + container.name() + " " + does);
      }
    }
    return String.join(", ", busy);
  }

  /** The container whose restart back-off is over first. */
  private static Optional<Due> backOff(PodInspection pod) {
    List<Due> waiting = new ArrayList<>();
    List<ContainerStatus> statuses = new ArrayList<>(pod.pod().status().initContainerStatuses());
    statuses.addAll(pod.pod().status().containerStatuses());
    for (ContainerStatus status : statuses) {
      boolean backsOff =
          status.state() instanceof ContainerState.Waiting(String reason, String _)
              && reason.equals("CrashLoopBackOff");
      if (backsOff && status.lastState() instanceof ContainerState.Terminated last) {
        pod.containers().stream()
            .filter(container -> container.name().equals(status.name()))
            .findFirst()
            .ifPresent(container ->
                waiting.add(
                    new Due(
                        "container %s may start again, its back-off of %s is over"
                            .formatted(status.name(), HumanDuration.of(container.backOffNanos())),
                        last.finishedAt() + container.backOffNanos())));
      }
    }
    return waiting.stream().min(Comparator.comparingLong(Due::at));
  }

  /** The deadline that comes first. */
  private static Optional<Due> first(PodInspection pod) {
    List<Due> all = new ArrayList<>();
    pod.armed().forEach(armed -> all.add(new Due(PodDetails.podDeadline(armed.id()), armed.at())));
    for (PodInspection.OfContainer container : pod.containers()) {
      container
          .armed()
          .forEach(armed ->
              all.add(
                  new Due(
                      PodDetails.containerDeadline(armed.id())
                          + " of container "
                          + container.name(),
                      armed.at())));
    }
    return all.stream().min(Comparator.comparingLong(Due::at));
  }

  private static String in(Due due, PodInspection pod) {
    long nanos = Math.max(0, due.at - pod.now());
    return nanos < Times.SECOND
        ? due.what + " in less than a second"
        : due.what + " in " + HumanDuration.of(nanos);
  }
}

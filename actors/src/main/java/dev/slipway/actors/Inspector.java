package dev.slipway.actors;

import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.state.ContainerUnit;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.ProbeWorker;
import dev.slipway.engine.status.PublishedStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Goes from a pod's actor to those of its containers and collects what they are at. All of them run
 * on the shard's thread. An actor that has stopped meanwhile does not answer.
 */
final class Inspector {
  private final CompletableFuture<Optional<PodInspection>> found = new CompletableFuture<>();
  private final List<PodInspection.OfContainer> containers = new ArrayList<>();
  private @Nullable PodPost post;
  private @Nullable PodState state;
  private List<PodInspection.Armed> podArmed = List.of();
  private int outstanding;

  /** Empty if there is no such pod, or it has no actors any more. */
  CompletableFuture<Optional<PodInspection>> found() {
    return found;
  }

  /** There is nobody to ask. */
  void nobody() {
    found.complete(Optional.empty());
  }

  /** The pod's actor tells, and sends the inspector on. */
  void pod(PodPost itsPost, PodState itsState, @Nullable OwnDeadline deadlines) {
    post = itsPost;
    state = itsState;
    podArmed = armed(deadlines);
    outstanding = itsPost.containers();
    itsPost.tellContainers(new ContainerActor.Inspect(this));
  }

  /** A container's actor tells. */
  void container(ContainerUnit unit, @Nullable OwnDeadline deadlines) {
    PodState pod = state;
    int ordinal = unit.ordinal;
    long backOff = pod == null ? 0 : pod.slots[ordinal].backOffDelay();
    containers.add(
        new PodInspection.OfContainer(
            ordinal,
            unit.spec.name(),
            unit.operation(),
            unit.alive,
            backOff,
            probes(unit),
            armed(deadlines)));
    if (--outstanding == 0) {
      complete();
    }
  }

  private void complete() {
    PodPost present = post;
    PodState pod = state;
    if (present == null || pod == null) {
      nobody();
      return;
    }
    containers.sort(Comparator.comparingInt(PodInspection.OfContainer::ordinal));
    found.complete(
        Optional.of(
            new PodInspection(
                new Pod(pod.apiMeta, pod.apiShape.spec, PublishedStatus.of(pod)),
                pod.worker,
                pod.step,
                present.rebuilds,
                podArmed,
                containers,
                present.shard.now())));
  }

  private static List<PodInspection.OfProbe> probes(ContainerUnit unit) {
    List<PodInspection.OfProbe> probes = new ArrayList<>();
    for (ProbeType type : ProbeType.values()) {
      ProbeWorker worker = unit.worker(type);
      if (worker != null) {
        probes.add(
            new PodInspection.OfProbe(type, worker.state(), worker.lastResult(), worker.resultRun));
      }
    }
    return probes;
  }

  private static List<PodInspection.Armed> armed(@Nullable OwnDeadline first) {
    List<PodInspection.Armed> armed = new ArrayList<>();
    for (OwnDeadline deadline = first; deadline != null; deadline = deadline.sibling) {
      if (deadline.armed()) {
        armed.add(new PodInspection.Armed(deadline.id(), deadline.at));
      }
    }
    armed.sort(Comparator.comparingInt(PodInspection.Armed::id));
    return armed;
  }
}

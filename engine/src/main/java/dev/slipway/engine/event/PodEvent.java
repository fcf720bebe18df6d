package dev.slipway.engine.event;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.resources.ResizeAdmission;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.ProbeResult;
import dev.slipway.engine.state.RuntimeReport;
import dev.slipway.engine.state.TerminationRequest;
import java.util.List;

/**
 * Everything that can happen to a pod (rules section 1.3). Containers are named by their ordinal in
 * the pod's shape, their instances by record id. Times are epoch nanoseconds.
 */
public sealed interface PodEvent {
  /** The node learnt of the pod; its first event. */
  record Added() implements PodEvent {}

  /** The pod object's spec or metadata changed in the API. */
  record Changed(ObjectMeta meta, PodShape shape) implements PodEvent {}

  /** The API took a deletion with grace; {@code meta} carries its timestamp and grace. */
  record DeleteRequested(ObjectMeta meta) implements PodEvent {}

  /** The node's answer to {@link PodSink#requestResize} (rules L-175, L-620, R-136). */
  record ResizeAnswered(ResizeAdmission.Answer answer) implements PodEvent {}

  /**
   * The answer to {@link PodSink#measureMemory}: bytes in use, by ordinal and of the whole pod;
   * negative where the runtime cannot say.
   */
  record MemoryMeasured(List<Long> containers, long pod) implements PodEvent {}

  /** One change of resources is over; the error is empty if it succeeded (rule L-173). */
  record ResourcesUpdated(int container, String error) implements PodEvent {}

  /** The pod object is gone from the API. */
  record Removed() implements PodEvent {}

  /**
   * The node itself wants the pod gone: eviction, preemption, shutdown.
   *
   * @param graceSeconds override, negative: none
   */
  record TerminateRequested(long graceSeconds, TerminationRequest request) implements PodEvent {}

  /** The node does not admit the pod; its first and only event (rule L-455). */
  record Rejected(String reason, String message) implements PodEvent {}

  /** The pod runs on the node, which knows of it from its runtime alone (rule L-427). */
  record Orphaned() implements PodEvent {}

  /** Somebody else wrote a condition of the pod. */
  record ForeignCondition(PodCondition condition) implements PodEvent {}

  record SandboxReady(int attempt, String ip) implements PodEvent, RuntimeReport {}

  record SandboxFailed(int attempt, String message) implements PodEvent {}

  /** The stop of the sandbox that was asked for is done. */
  record SandboxStopped(int attempt) implements PodEvent, RuntimeReport {}

  /** The sandbox died by itself; its containers' exits are reported one by one. */
  record SandboxLost(int attempt) implements PodEvent, RuntimeReport {}

  record ImageInspected(int container, boolean present) implements PodEvent {}

  record ImagePulled(int container) implements PodEvent {}

  /** The reason is a waiting reason: ErrImagePull, InvalidImageName, ... */
  record ImagePullFailed(int container, String reason, String message) implements PodEvent {}

  record ContainerCreated(int container, int recordId) implements PodEvent {}

  record ContainerStarted(int container, int recordId, long at)
      implements PodEvent, RuntimeReport {}

  /** The start that was asked for is over; the reason is empty if it succeeded. */
  record StartDone(int container, int recordId, String reason, String message)
      implements PodEvent {}

  record ContainerExited(
      int container, int recordId, int exitCode, String reason, String message, long at)
      implements PodEvent, RuntimeReport {}

  /** The runtime lost track of the instance, which may live on (rule L-020). */
  record ContainerUnknown(int container, int recordId) implements PodEvent, RuntimeReport {}

  /** The runtime has no record of the instance any more. */
  record ContainerGone(int container, int recordId) implements PodEvent, RuntimeReport {}

  /** The stop that was asked for is over. */
  record StopDone(int container, int recordId) implements PodEvent {}

  /** The stop that was asked for came back with an error (rule L-406). */
  record StopFailed(int container, int recordId, String message) implements PodEvent {}

  /** A cached probe result changed; NONE: it was removed. */
  record ProbeResultChanged(int container, ProbeType type, int recordId, ProbeResult result)
      implements PodEvent {}

  /** A probe worker has ended. */
  record WorkerEnded(int container, ProbeType type) implements PodEvent {}

  /** A deadline armed through {@link PodSink#armDeadline} is over. */
  record DeadlineReached(int id, int generation) implements PodEvent {}

  /** The wake-up asked for through {@link PodSink#wakeSoon}. */
  record Woken() implements PodEvent {}

  Added ADDED = new Added();
  Woken WOKEN = new Woken();
  Removed REMOVED = new Removed();
  Orphaned ORPHANED = new Orphaned();
}

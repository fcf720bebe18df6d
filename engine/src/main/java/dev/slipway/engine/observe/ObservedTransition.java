package dev.slipway.engine.observe;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.state.PodTransition;
import dev.slipway.engine.state.RecordTransition;

/**
 * One change derived from two versions of a pod.
 *
 * @param scope what changed
 * @param subject name of the container, type of the condition, empty for the pod itself
 * @param name the engine's own name of the transition where it has one ({@link RecordTransition},
 *     {@link PodTransition}), else {@code CHANGED}
 * @param from the state left, {@code -}: none
 * @param to the state reached
 * @param atNanos when it happened by the object's own times, {@link Times#NONE} where it does not
 *     say; whole seconds
 * @param restarts of a container: number of the instance, else 0
 * @param exitCode of an instance that ended, else 0
 * @param reason in the API's spelling, may be empty
 */
public record ObservedTransition(
    Scope scope,
    String subject,
    String name,
    String from,
    String to,
    long atNanos,
    int restarts,
    int exitCode,
    String reason) {
  /** What a transition is about. */
  public enum Scope {
    POD("pod"),
    PHASE("phase"),
    CONDITION("condition"),
    CONTAINER("container"),
    WAITING("waiting"),
    READY("ready");

    private final String text;

    Scope(String text) {
      this.text = text;
    }

    /** As it is written. */
    public String text() {
      return text;
    }
  }

  static ObservedTransition of(PodTransition transition, long atNanos, String reason) {
    return new ObservedTransition(
        Scope.POD,
        "",
        transition.name(),
        transition.from(),
        transition.to(),
        atNanos,
        0,
        0,
        reason);
  }

  static ObservedTransition of(
      RecordTransition transition,
      String container,
      long atNanos,
      int restarts,
      int exitCode,
      String reason) {
    return new ObservedTransition(
        Scope.CONTAINER,
        container,
        transition.name(),
        transition.from(),
        transition.to(),
        atNanos,
        restarts,
        exitCode,
        reason);
  }

  static ObservedTransition changed(
      Scope scope, String subject, String from, String to, long atNanos, String reason) {
    return new ObservedTransition(scope, subject, "CHANGED", from, to, atNanos, 0, 0, reason);
  }
}

package dev.slipway.engine.lifecycle;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.why.Because;
import dev.slipway.engine.why.Cause;
import dev.slipway.engine.why.Subject;
import org.jspecify.annotations.Nullable;

/**
 * What the API server makes of a delete request (rules L-414, L-415; registry/core/pod strategy.go
 * and rest/delete.go, 1.37.2).
 */
public final class ApiDeletion {
  /**
   * What happened to the object.
   *
   * @param meta the object's new metadata, null if the request changed nothing
   * @param removedAtOnce the object is gone
   */
  public record Result(@Nullable ObjectMeta meta, boolean removedAtOnce) {}

  private ApiDeletion() {}

  /**
   * Deletes.
   *
   * @param terminal the phase in the API is Succeeded or Failed
   * @param requested grace of the request in seconds, null for the pod's own
   */
  public static Result delete(PodState pod, boolean terminal, @Nullable Long requested, long now) {
    return delete(pod, terminal, requested, now, Because.NOBODY);
  }

  /** The same, and tells why the answer is what it is. */
  public static Result delete(
      PodState pod, boolean terminal, @Nullable Long requested, long now, Because why) {
    return pod.apiMeta.deleting()
        ? again(pod.apiMeta, requested, now, why)
        : first(pod, terminal, requested, now, why);
  }

  private static Result first(
      PodState pod, boolean terminal, @Nullable Long requested, long now, Because why) {
    Long own = pod.apiShape.spec.terminationGracePeriodSeconds();
    long grace = requested != null ? requested : own == null ? 0 : own;
    Cause cause = requested != null ? Cause.DELETE_GRACE : Cause.DELETE_OWN_GRACE;
    if (pod.apiShape.spec.nodeName().isEmpty() || terminal) {
      grace = 0;
      cause = Cause.DELETE_AT_ONCE;
    }
    if (grace < 0) {
      grace = 1;
    }
    why.because(Subject.DELETION, -1, cause, -1, grace);
    long generation = pod.apiMeta.generation() + (grace > 0 ? 1 : 0);
    ObjectMeta meta = pod.apiMeta.withDeletion(now + grace * Times.SECOND, grace, generation);
    return new Result(meta, grace == 0);
  }

  private static Result again(ObjectMeta meta, @Nullable Long requested, long now, Because why) {
    Long stored = meta.deletionGracePeriodSeconds();
    if (stored == null || stored == 0) {
      why.because(Subject.DELETION, -1, Cause.DELETE_SECOND_AT_ONCE, -1, 0);
      return new Result(null, true);
    }
    long old = stored < 0 ? 1 : stored;
    if (requested == null) {
      why.because(Subject.DELETION, -1, Cause.DELETE_UNCHANGED, -1, old);
      return new Result(null, false);
    }
    long wanted = requested < 0 ? 1 : requested;
    if (wanted >= old) {
      why.because(Subject.DELETION, -1, Cause.DELETE_UNCHANGED, -1, old);
      return new Result(null, false);
    }
    long timestamp = meta.deletionTimestamp() - (old - wanted) * Times.SECOND;
    if (timestamp < now) {
      timestamp = now;
      wanted = Math.min(wanted, 1);
    }
    why.because(Subject.DELETION, -1, Cause.DELETE_SHORTENED, -1, wanted);
    return new Result(meta.withDeletion(timestamp, wanted, meta.generation()), wanted == 0);
  }
}

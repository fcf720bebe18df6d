package dev.slipway.ops.plan;

import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.runtime.Behavior;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How pods are run.
 *
 * @param deleteAt nanoseconds after the pod's start, negative: not deleted
 * @param graceSeconds of that deletion, null: the pod's own
 * @param horizon no run goes on longer
 */
public record PlanOptions(
    Until until,
    long deleteAt,
    @Nullable Long graceSeconds,
    List<Failure> failures,
    long seed,
    Behavior behavior,
    Profile profile,
    long horizon,
    List<ImageChange> imageChanges) {
  public PlanOptions {
    failures = List.copyOf(failures);
    imageChanges = List.copyOf(imageChanges);
  }
}

package dev.slipway.tests.simulation;

import dev.slipway.engine.lifecycle.PodActionsPlanner;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.PodActions;
import dev.slipway.engine.state.PodState;
import java.util.Arrays;

/**
 * Rule L-959: a decision is a function of its inputs. Decides a pod twice, with a planner that has
 * decided much before and with a new one.
 */
final class Decisions {
  private final Profile profile;
  private final PodActionsPlanner used;
  private final PodActions first = new PodActions();
  private final PodActions second = new PodActions();

  Decisions(Profile profile) {
    this(profile, profile);
  }

  /** With a second opinion by another profile, which need not be the same. */
  Decisions(Profile used, Profile other) {
    this.used = new PodActionsPlanner(used);
    this.profile = other;
  }

  boolean same(PodState pod) {
    boolean all = pod.isTrue(OwnedCondition.ALL_RESTARTING);
    used.plan(pod, all, first);
    new PodActionsPlanner(profile).plan(pod, all, second);
    return words(first).equals(words(second));
  }

  private static String words(PodActions a) {
    return a.stopPod
        + " "
        + a.createSandbox
        + " "
        + a.attempt
        + Arrays.toString(Arrays.copyOf(a.stops, a.stopCount))
        + Arrays.toString(Arrays.copyOf(a.stopReasons, a.stopCount))
        + Arrays.toString(Arrays.copyOf(a.starts, a.startCount))
        + Arrays.toString(Arrays.copyOf(a.restartCounts, a.startCount))
        + Arrays.toString(Arrays.copyOf(a.resetOrdinals, a.resetCount))
        + a.resizes.isEmpty();
  }
}

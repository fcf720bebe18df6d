package dev.slipway.engine.status;

import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.state.ConditionValue;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.PodState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of a pod's conditions as the API shows it (rule L-600). */
final class ConditionList {
  private ConditionList() {}

  /**
   * Conditions of other owners as found, then the node's own in their order. DisruptionTarget is
   * shared: one that others wrote keeps its place.
   *
   * @param values by {@link OwnedCondition#ordinal()}, null where absent
   * @param since last transition times of the values
   */
  static List<PodCondition> of(PodState pod, @Nullable ConditionValue[] values, long[] since) {
    List<PodCondition> list = new ArrayList<>(pod.foreign.size() + values.length);
    list.addAll(pod.foreign);
    for (int k = 0; k < values.length; k++) {
      ConditionValue value = values[k];
      if (value != null) {
        PodCondition condition = condition(OwnedCondition.at(k), value, since[k]);
        int place = k == OwnedCondition.DISRUPTION_TARGET.ordinal() ? placeOf(condition, list) : -1;
        if (place < 0) {
          list.add(condition);
        } else {
          list.set(place, condition);
        }
      }
    }
    return list;
  }

  private static int placeOf(PodCondition condition, List<PodCondition> list) {
    for (int k = 0; k < list.size(); k++) {
      if (list.get(k).type().equals(condition.type())) {
        return k;
      }
    }
    return -1;
  }

  private static PodCondition condition(OwnedCondition which, ConditionValue value, long since) {
    return new PodCondition(
        which.type(),
        value.status(),
        value.reason(),
        value.message(),
        value.observedGeneration(),
        Times.truncateToSecond(since),
        Times.NONE);
  }
}

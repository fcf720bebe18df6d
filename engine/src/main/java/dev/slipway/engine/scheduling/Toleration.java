package dev.slipway.engine.scheduling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A toleration of a pod (K-022; source: {@code api core/v1/toleration.go}, 1.37).
 *
 * @param key empty for any key
 * @param effect null for any effect
 */
public record Toleration(
    String key, Operator operator, String value, Taint.@Nullable Effect effect) {
  /** How the value is compared; Gt, Lt and unknown texts never match, {@link #NEVER}. */
  public enum Operator {
    EQUAL,
    EXISTS,
    NEVER;

    /** The operator of that text, Equal where it is empty. */
    public static Operator of(String text) {
      return switch (text) {
        case "", "Equal" -> EQUAL;
        case "Exists" -> EXISTS;
        default -> NEVER;
      };
    }
  }

  private static final Taint UNSCHEDULABLE =
      new Taint("node.kubernetes.io/unschedulable", "", Taint.Effect.NO_SCHEDULE);

  /** Whether a pod with it may stand that taint. */
  public boolean tolerates(Taint taint) {
    if (effect != null && effect != taint.effect()) {
      return false;
    }
    if (!key.isEmpty() && !key.equals(taint.key())) {
      return false;
    }
    return switch (operator) {
      case EXISTS -> true;
      case EQUAL -> value.equals(taint.value());
      case NEVER -> false;
    };
  }

  /** Whether one of the tolerations stands the taint. */
  static boolean anyTolerates(List<Toleration> tolerations, Taint taint) {
    for (Toleration toleration : tolerations) {
      if (toleration.tolerates(taint)) {
        return true;
      }
    }
    return false;
  }

  /** Whether every NoSchedule and NoExecute taint is tolerated (K-023). */
  static boolean allTolerated(List<Toleration> tolerations, List<Taint> taints) {
    for (Taint taint : taints) {
      if (taint.filters() && !anyTolerates(tolerations, taint)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a node with {@code spec.unschedulable} may be used all the same (K-021). */
  static boolean tolerateUnschedulable(List<Toleration> tolerations) {
    return anyTolerates(tolerations, UNSCHEDULABLE);
  }

  /** Number of PreferNoSchedule taints not tolerated (K-024). */
  static int intolerable(List<Toleration> tolerations, List<Taint> taints) {
    int count = 0;
    for (Taint taint : taints) {
      if (taint.effect() == Taint.Effect.PREFER_NO_SCHEDULE && !anyTolerates(tolerations, taint)) {
        count++;
      }
    }
    return count;
  }
}

package dev.slipway.engine.state;

import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.why.Subject;

/** The pod conditions the node owns or shares, in the order of the list (rules L-600, L-610). */
public enum OwnedCondition {
  RESIZE_PENDING("PodResizePending"),
  RESIZE_IN_PROGRESS("PodResizeInProgress"),
  DISRUPTION_TARGET("DisruptionTarget"),
  READY_TO_START("PodReadyToStartContainers"),
  INITIALIZED("Initialized"),
  READY("Ready"),
  CONTAINERS_READY("ContainersReady"),
  SCHEDULED("PodScheduled"),
  ALL_RESTARTING("AllContainersRestarting");

  /** Every pod has so many of them; the others come with what happens to few. */
  static final int COMMON = 5;

  private static final int FIRST_COMMON = READY_TO_START.ordinal();
  private static final OwnedCondition[] ALL = values();
  private static final Subject[] SUBJECTS = Subject.values();

  private final String type;

  OwnedCondition(String type) {
    this.type = type;
  }

  /** The API's spelling. */
  public String type() {
    return type;
  }

  /** What causes of its changes are about. */
  public Subject subject() {
    return SUBJECTS[Subject.RESIZE_PENDING_CONDITION.ordinal() + ordinal()];
  }

  /** A place for each, the common ones first. */
  int place() {
    return (ordinal() - FIRST_COMMON + ALL.length) % ALL.length;
  }

  /** How many there are. */
  public static int count() {
    return ALL.length;
  }

  /** The condition at a place of the list. */
  public static OwnedCondition at(int index) {
    return ALL[index];
  }

  /** True if the type belongs to the node alone; DisruptionTarget is shared with others. */
  public static boolean ownsAlone(PodCondition condition) {
    for (OwnedCondition owned : ALL) {
      if (owned != DISRUPTION_TARGET && owned.type.equals(condition.type())) {
        return true;
      }
    }
    return false;
  }
}

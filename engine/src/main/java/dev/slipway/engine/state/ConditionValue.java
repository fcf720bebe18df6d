package dev.slipway.engine.state;

import dev.slipway.engine.api.ConditionStatus;

/** What a condition says, without its times; shared between pods that say the same. */
public record ConditionValue(
    ConditionStatus status, String reason, String message, long observedGeneration) {
  private static final int CACHED = 8;
  private static final ConditionValue[] TRUE = plain(ConditionStatus.TRUE);
  private static final ConditionValue[] FALSE = plain(ConditionStatus.FALSE);

  private static ConditionValue[] plain(ConditionStatus status) {
    ConditionValue[] values = new ConditionValue[CACHED];
    for (int generation = 0; generation < CACHED; generation++) {
      values[generation] = new ConditionValue(status, "", "", generation);
    }
    return values;
  }

  /** True or False without reason and message. */
  public static ConditionValue plain(boolean value, long generation) {
    if (generation >= 0 && generation < CACHED) {
      return value ? TRUE[(int) generation] : FALSE[(int) generation];
    }
    return new ConditionValue(
        value ? ConditionStatus.TRUE : ConditionStatus.FALSE, "", "", generation);
  }

  /** True if the status is True. */
  public boolean isTrue() {
    return status == ConditionStatus.TRUE;
  }

  /** True if this value says exactly that. */
  public boolean says(
      ConditionStatus otherStatus, String otherReason, String otherMessage, long generation) {
    return status == otherStatus
        && observedGeneration == generation
        && reason.equals(otherReason)
        && message.equals(otherMessage);
  }
}

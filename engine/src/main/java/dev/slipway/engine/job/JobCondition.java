package dev.slipway.engine.job;

/** One entry of a Job's {@code status.conditions}; {@code isTrue} is its status. */
public record JobCondition(String type, boolean isTrue, String reason, String message) {
  static final String SUSPENDED = "Suspended";
  static final String COMPLETE = "Complete";
  static final String FAILED = "Failed";
  static final String FAILURE_TARGET = "FailureTarget";
  static final String SUCCESS_CRITERIA_MET = "SuccessCriteriaMet";

  boolean is(String wanted) {
    return isTrue && type.equals(wanted);
  }

  /** The same reason under another type. */
  JobCondition as(String other) {
    return new JobCondition(other, true, reason, message);
  }
}

package dev.slipway.engine.runtime;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One thing a behavior rule can set, under the name it has in behavior files. */
public enum BehaviorField {
  PULL("pull", Unit.DURATION),
  PULL_FAILS("pullFails", Unit.COUNT),
  CREATE("create", Unit.DURATION),
  START("start", Unit.DURATION),
  START_ERRORS("startErrors", Unit.COUNT),
  RUN("run", Unit.DURATION_OR_FOREVER),
  EXIT("exit", Unit.EXIT_CODE),
  OOM("oom", Unit.CHANCE),
  STOP("stop", Unit.DURATION_OR_FOREVER),
  STOP_EXIT("stopExit", Unit.EXIT_CODE),
  POST_START("postStart", Unit.DURATION_OR_FOREVER),
  POST_START_OK("postStartOk", Unit.CHANCE),
  PRE_STOP("preStop", Unit.DURATION_OR_FOREVER),
  PRE_STOP_OK("preStopOk", Unit.CHANCE),
  SANDBOX("sandbox", Unit.DURATION),
  SANDBOX_STOP("sandboxStop", Unit.DURATION),
  SANDBOX_FAILS("sandboxFails", Unit.COUNT),
  DELETE_AFTER("deleteAfter", Unit.DURATION),
  EVICT_AFTER("evictAfter", Unit.DURATION);

  /** What the numbers of a field are. */
  public enum Unit {
    DURATION,
    /** {@code forever} or {@code ignored} is allowed too. */
    DURATION_OR_FOREVER,
    COUNT,
    EXIT_CODE,
    /** A probability, or true or false. */
    CHANCE
  }

  private final String key;
  private final Unit unit;

  BehaviorField(String key, Unit unit) {
    this.key = key;
    this.unit = unit;
  }

  /** The name in behavior files. */
  public String key() {
    return key;
  }

  /** The name in annotations, after {@code slipway.dev/}. */
  public String annotation() {
    return key.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  public Unit unit() {
    return unit;
  }

  /** True if it is about the pod, not about one container. */
  public boolean ofPod() {
    return compareTo(SANDBOX) >= 0;
  }

  /** The field of that name in behavior files, null if there is none. */
  public static @Nullable BehaviorField ofKey(String key) {
    for (BehaviorField field : values()) {
      if (field.key.equals(key)) {
        return field;
      }
    }
    return null;
  }

  /** The field of that name in annotations, null if there is none. */
  public static @Nullable BehaviorField ofAnnotation(String name) {
    for (BehaviorField field : values()) {
      if (field.annotation().equals(name)) {
        return field;
      }
    }
    return null;
  }
}

package dev.slipway.ops.plan;

import dev.slipway.engine.runtime.BehaviorField.Unit;
import dev.slipway.engine.runtime.BehaviorText;

/**
 * A container whose process is to die at some time.
 *
 * @param at nanoseconds after the pod's start
 * @param exitCode what it exits with; 137 if it is killed for want of memory
 * @param oom the kernel kills it for want of memory
 */
public record Failure(String container, long at, int exitCode, boolean oom) {
  private static final int OOM_EXIT = 137;

  /** Reads {@code CONTAINER@TIME[=EXIT]}; EXIT is a number or {@code oom}. */
  public static Failure parse(String text) {
    int at = text.lastIndexOf('@');
    if (at <= 0) {
      throw new IllegalArgumentException("not CONTAINER@TIME or CONTAINER@TIME=EXIT: " + text);
    }
    String when = text.substring(at + 1);
    int equals = when.indexOf('=');
    String exit = equals < 0 ? "1" : when.substring(equals + 1);
    long time = BehaviorText.duration(equals < 0 ? when : when.substring(0, equals));
    String container = text.substring(0, at);
    return exit.equals("oom")
        ? new Failure(container, time, OOM_EXIT, true)
        : new Failure(container, time, (int) BehaviorText.value(exit, Unit.EXIT_CODE), false);
  }

  /** What the runtime says of such an end (rule L-535). */
  String reason() {
    return exitCode == 0 ? "Completed" : "Error";
  }

  /** What it is called in a timeline. */
  String text() {
    return oom ? "killed for want of memory" : "killed, exit code " + exitCode;
  }
}

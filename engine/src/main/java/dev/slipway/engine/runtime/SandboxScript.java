package dev.slipway.engine.runtime;

/**
 * How the pod sandbox behaves.
 *
 * @param create making one, nanoseconds
 * @param stop stopping one, nanoseconds
 * @param fails so many are not made at first
 */
public record SandboxScript(long create, long stop, int fails) {
  public static final SandboxScript DEFAULT = new SandboxScript(0, 0, 0);
}

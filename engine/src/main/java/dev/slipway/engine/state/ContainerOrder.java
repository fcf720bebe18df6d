package dev.slipway.engine.state;

import dev.slipway.engine.api.Times;

/**
 * The start or stop a container is carrying out. There only as long as that takes: most of its life
 * a container does neither.
 */
public final class ContainerOrder {
  /** The stop in progress follows a failed postStart hook and ends the start (rule L-211). */
  public boolean startFails;

  public String startFailure = "";

  public long graceSeconds;
  public boolean waitsForTurn;
  public boolean turnCame;
  public long stepBegan = Times.NONE;
}

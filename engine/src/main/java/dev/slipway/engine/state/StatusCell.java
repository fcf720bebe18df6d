package dev.slipway.engine.state;

import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ResourceRequirements;

/** The status of one container in the engine's compact form. */
public sealed class StatusCell permits ContainerSlot {
  public static final byte STARTED_ABSENT = -1;

  /** False until a first status was computed. */
  public boolean present;

  public ContainerState state = ContainerState.NONE;
  public ContainerState lastState = ContainerState.NONE;

  /** An empty Waiting stands beside the Terminated of {@link #lastState} (rule L-536 b). */
  public boolean lastAlsoWaiting;

  public int restartCount;

  /** The record the status is about, 0 if none: the API's containerID. */
  public int recordId;

  /** The image of that record, empty if none. */
  public String image = "";

  /** What the runtime calls that image, empty if none. */
  public String imageId = "";

  /** What the instance was given, empty if there is none. */
  public ResourceRequirements resources = ResourceRequirements.NONE;

  /** {@link #STARTED_ABSENT}, 0 or 1. */
  public byte started = STARTED_ABSENT;

  public boolean ready;

  /** Takes over another cell's content. */
  public final void set(StatusCell other) {
    present = other.present;
    state = other.state;
    lastState = other.lastState;
    lastAlsoWaiting = other.lastAlsoWaiting;
    restartCount = other.restartCount;
    recordId = other.recordId;
    image = other.image;
    imageId = other.imageId;
    resources = other.resources;
    started = other.started;
    ready = other.ready;
  }

  /** Back to a cell nothing was written to. */
  public final void clear() {
    present = false;
    state = ContainerState.NONE;
    lastState = ContainerState.NONE;
    lastAlsoWaiting = false;
    restartCount = 0;
    recordId = 0;
    image = "";
    imageId = "";
    resources = ResourceRequirements.NONE;
    started = STARTED_ABSENT;
    ready = false;
  }

  /** True if both cells say the same. */
  public final boolean same(StatusCell other) {
    return present == other.present
        && restartCount == other.restartCount
        && recordId == other.recordId
        && lastAlsoWaiting == other.lastAlsoWaiting
        && started == other.started
        && ready == other.ready
        && state.equals(other.state)
        && lastState.equals(other.lastState)
        && image.equals(other.image)
        && imageId.equals(other.imageId)
        && resources.equals(other.resources);
  }
}

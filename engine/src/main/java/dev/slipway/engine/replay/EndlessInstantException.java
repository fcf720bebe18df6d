package dev.slipway.engine.replay;

/**
 * A pod has more to do at one instant than any pod can: what it does takes no time and leads to
 * itself again, as with a container that ends at once and restarts all containers of its pod (rule
 * L-305 knows no back-off).
 */
public final class EndlessInstantException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  EndlessInstantException(String message) {
    super(message);
  }
}

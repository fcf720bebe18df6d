package dev.slipway.engine.probe;

/** A request that cannot be made as the probe or hook is written (rule P-075g). */
final class BadRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  BadRequestException(String message) {
    super(message);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}

package dev.slipway.engine.api;

import java.util.List;

/**
 * One entry of {@code restartPolicyRules} (rules L-301, V-24): which exit codes it matches and what
 * then happens.
 */
public record RestartRule(Action action, Operator operator, List<Integer> exitCodes) {
  /** {@code action} of the rule; an unknown one never acts. */
  public enum Action {
    RESTART("Restart"),
    RESTART_ALL_CONTAINERS("RestartAllContainers"),
    UNKNOWN("");

    private final String text;

    Action(String text) {
      this.text = text;
    }

    /** The API's spelling. */
    public String text() {
      return text;
    }
  }

  /** {@code exitCodes.operator}; an unknown one, or absent exitCodes, never match. */
  public enum Operator {
    IN,
    NOT_IN,
    UNKNOWN
  }

  public RestartRule {
    exitCodes = List.copyOf(exitCodes);
  }

  /** True if the rule's condition holds for the exit code. */
  public boolean matches(int exitCode) {
    return switch (operator) {
      case IN -> contains(exitCode);
      case NOT_IN -> !contains(exitCode);
      case UNKNOWN -> false;
    };
  }

  private boolean contains(int exitCode) {
    for (int i = 0; i < exitCodes.size(); i++) {
      if (exitCodes.get(i) == exitCode) {
        return true;
      }
    }
    return false;
  }
}

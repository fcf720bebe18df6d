package dev.slipway.ops.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Values of options that picocli does not read itself. */
final class OptionValues {
  private OptionValues() {}

  /** The value; one that its reader refuses is wrong usage of the command, with the reason. */
  static <T> T parsed(CommandSpec command, String option, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), option + ": " + e.getMessage());
    }
  }
}

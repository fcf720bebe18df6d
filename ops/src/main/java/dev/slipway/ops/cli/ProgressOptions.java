package dev.slipway.ops.cli;

import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How much a command says beside its output. */
final class ProgressOptions {
  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--quiet", description = "No progress, no counts at the end.")
  private boolean quiet;

  boolean quiet() {
    return quiet;
  }

  /** Shows how far the command is; closed at its end. */
  Progress open() {
    return new Progress(command.commandLine().getErr());
  }

  /** What to tell how far it is. */
  Consumer<String> teller(Progress progress) {
    return quiet ? _ -> {} : progress::show;
  }
}

package dev.slipway.bench.cli;

import dev.slipway.bench.live.LiveCommand;
import dev.slipway.ops.cli.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slipway bench}: how fast, how much, how late. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures this build on this machine.",
    footer = {"", "Nothing else should run beside a measurement."},
    subcommands = {
      IngestCommand.class,
      JmhCommand.class,
      KillCommand.class,
      RestoreCommand.class,
      LiveCommand.class
    })
public final class BenchCommand implements Subcommand {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "a subcommand is missing");
  }
}

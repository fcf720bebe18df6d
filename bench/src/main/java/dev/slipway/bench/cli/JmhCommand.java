package dev.slipway.bench.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code slipway bench jmh}: the JMH benchmarks. */
@Command(
    name = "jmh",
    description = "Runs the JMH benchmarks whose names match, with JMH's own options.",
    footer = {
      "Arguments are those of JMH's own command line; -h lists them, -l the benchmarks.",
      "",
      "Example: slipway bench jmh 'PodStepBenchmark|ProbeTickBenchmark' -prof gc"
    })
final class JmhCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** JMH parses them itself. */
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    try {
      CommandLineOptions options = new CommandLineOptions(arguments.toArray(String[]::new));
      if (options.shouldHelp()) {
        options.showHelp();
      } else if (options.shouldList()) {
        new Runner(options).list();
      } else {
        new Runner(options).run();
      }
      return CommandLine.ExitCode.OK;
    } catch (CommandLineOptionException | IOException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    } catch (RunnerException e) {
      spec.commandLine().getErr().println("slipway bench jmh: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }
}

package dev.slipway.ops.cli;

import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The entry point: parses the command line and hands over to a subcommand. */
@Command(
    name = "slipway",
    description = "A pod-lifecycle engine for millions of Kubernetes pods.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      PlanCommand.class,
      ResourcesCommand.class,
      RulesCommand.class,
      ReplayCommand.class,
      DiffCommand.class,
      ConformanceCommand.class,
      DemoCommand.class,
      ServeCommand.class,
      RecordCommand.class,
      FeedCommand.class,
      GetCommand.class,
      DescribeCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command, for callers in the same process. */
  public static CommandLine commandLine() {
    CommandLine main = new CommandLine(new Main());
    ServiceLoader.load(Subcommand.class).forEach(main::addSubcommand);
    main.getSubcommands().values().forEach(ReplayCommand::describe);
    return main.setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a subcommand is missing");
  }

  /** Reads the version Maven wrote into the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"slipway " + text()};
    }

    static String text() {
      String version = Main.class.getPackage().getImplementationVersion();
      return version == null ? "(not from a jar)" : version;
    }
  }
}

package dev.slipway.ops.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ops.replay.RunDiff;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slipway diff}: what two replays have different. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compares two run directories of slipway replay: the figures of the variants both have, then"
          + " their tables.",
      ""
    },
    exitCodeListHeading = "%nExit codes, as of kubectl diff:%n",
    exitCodeList = {"0:the same", "1:different", "2:an error"})
final class DiffCommand implements Callable<Integer> {
  private static final int DIFFERENT = 1;
  private static final int ERROR = 2;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN_A", description = "Folder of a run.")
  private Path first;

  @Parameters(index = "1", paramLabel = "RUN_B", description = "Folder of another.")
  private Path second;

  @Option(
      names = "--tolerance",
      paramLabel = "PERCENT",
      defaultValue = "0",
      description =
          "Figures that differ by no more count as the same; tables are compared at 0 only"
              + " (default: ${DEFAULT-VALUE}).")
  private double tolerance;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      defaultValue = "table",
      description = "Form of the output (default: ${DEFAULT-VALUE}).")
  private Format format;

  private enum Format {
    TABLE,
    JSON
  }

  @Override
  public Integer call() throws IOException {
    if (tolerance < 0) {
      throw new ParameterException(spec.commandLine(), "--tolerance: must not be negative");
    }
    PrintWriter out = spec.commandLine().getOut();
    try {
      RunDiff.Result result = RunDiff.of(first, second, tolerance / 100);
      if (format == Format.JSON) {
        out.println(json(result));
      } else {
        table(result, out);
      }
      out.flush();
      return result.same() ? 0 : DIFFERENT;
    } catch (NoSuchFileException e) {
      spec.commandLine().getErr().println(e.getMessage() + ": no such file: not a run directory?");
      return ERROR;
    } catch (IOException e) {
      spec.commandLine().getErr().println(String.valueOf(e.getMessage()));
      return ERROR;
    }
  }

  private static void table(RunDiff.Result result, PrintWriter out) {
    result.notes().forEach(out::println);
    int wide = result.figures().stream().mapToInt(f -> f.name().length()).max().orElse(0);
    String variant = "";
    for (RunDiff.Figure figure : result.figures()) {
      if (!figure.variant().equals(variant)) {
        variant = figure.variant();
        out.println(variant + ":");
      }
      double change = figure.after() - figure.before();
      String percent =
          figure.before() == 0
              ? ""
              : String.format(Locale.ROOT, "  %+.1f %%", 100 * change / Math.abs(figure.before()));
      out.println(
          String.format(
                  Locale.ROOT,
                  "  %-" + wide + "s  %,18.3f  %,18.3f  %+,18.3f%s",
                  figure.name().replace('_', ' '),
                  figure.before(),
                  figure.after(),
                  change,
                  percent)
              .stripTrailing());
    }
  }

  private static String json(RunDiff.Result result) throws IOException {
    var mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("same", result.same());
    result.notes().forEach(root.putArray("notes")::add);
    var figures = root.putArray("figures");
    for (RunDiff.Figure figure : result.figures()) {
      ObjectNode node = figures.addObject();
      node.put("variant", figure.variant()).put("figure", figure.name());
      put(node, "a", figure.before());
      put(node, "b", figure.after());
    }
    return mapper.writeValueAsString(root);
  }

  private static void put(ObjectNode node, String field, double value) {
    if (Double.isNaN(value)) {
      node.putNull(field);
    } else {
      node.put(field, new BigDecimal(String.valueOf(value)));
    }
  }
}

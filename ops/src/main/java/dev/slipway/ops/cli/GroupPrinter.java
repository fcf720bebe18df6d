package dev.slipway.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.slipway.ops.pods.GroupLine;
import dev.slipway.ops.pods.GroupTable;
import dev.slipway.ops.pods.PodClient;
import dev.slipway.ops.pods.TableColumns;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Prints nodes or namespaces. */
final class GroupPrinter {
  /** How often a watch looks: counting goes through all pods. */
  private static final long LOOK_MILLIS = 1_000;

  private final PrintWriter out;
  private final GetCommand.Format format;
  private final GetCommand.Resource resource;
  private final Set<String> names;
  private final TableColumns columns = new TableColumns();

  /** Prints those of these names, all if there are none. */
  GroupPrinter(
      PrintWriter out, GetCommand.Format format, GetCommand.Resource resource, Set<String> names) {
    this.out = out;
    this.format = format;
    this.resource = resource;
    this.names = names;
  }

  /** Prints what there is, then, if watching, what has changed. */
  void print(PodClient client, boolean watch) throws IOException, InterruptedException {
    Map<String, GroupLine> last = new HashMap<>();
    boolean first = true;
    while (first || watch) {
      if (!first) {
        Thread.sleep(LOOK_MILLIS);
      }
      List<GroupLine> lines = new ArrayList<>();
      for (GroupLine line : client.groups(resource.plural())) {
        boolean wanted = names.isEmpty() || names.contains(line.name());
        if (wanted && !line.equals(last.put(line.name(), line))) {
          lines.add(line);
        }
      }
      print(lines, first);
      first = false;
    }
  }

  private void print(List<GroupLine> lines, boolean first) throws JsonProcessingException {
    switch (format) {
      case NAME -> lines.forEach(line -> out.println(resource.singular + "/" + line.name()));
      case JSON ->
          out.println(
              new ObjectMapper()
                  .enable(SerializationFeature.INDENT_OUTPUT)
                  .writeValueAsString(Map.of("items", lines)));
      case YAML -> out.print(new YAMLMapper().writeValueAsString(Map.of("items", lines)));
      case CSV -> {
        out.println(String.join(",", GroupTable.head(true)).toLowerCase(Locale.ROOT));
        lines.forEach(line -> out.println(String.join(",", GroupTable.row(line, true))));
      }
      case TABLE, WIDE -> table(lines, first);
    }
    out.flush();
  }

  private void table(List<GroupLine> lines, boolean first) {
    boolean wide = format == GetCommand.Format.WIDE;
    List<List<String>> rows = new ArrayList<>();
    if (first) {
      rows.add(GroupTable.head(wide));
    }
    lines.forEach(line -> rows.add(GroupTable.row(line, wide)));
    columns.draw(rows).forEach(out::println);
  }
}

package dev.slipway.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.slipway.ops.pods.StageLine;
import dev.slipway.ops.pods.StageTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** Prints stage times. */
final class StagePrinter {
  private StagePrinter() {}

  static void print(PrintWriter out, GetCommand.Format format, List<StageLine> lines)
      throws JsonProcessingException {
    List<ObjectNode> items = lines.stream().map(StageLine::json).toList();
    items.forEach(item -> item.remove("order"));
    switch (format) {
      case JSON ->
          out.println(
              new ObjectMapper()
                  .enable(SerializationFeature.INDENT_OUTPUT)
                  .writeValueAsString(Map.of("items", items)));
      case YAML -> out.print(new YAMLMapper().writeValueAsString(Map.of("items", items)));
      case CSV -> {
        out.println("namespace,workload,stage,pods,p50Seconds,p90Seconds,p99Seconds,maxSeconds");
        for (StageLine line : lines) {
          out.printf(
              "%s,%s,%s,%d,%d,%d,%d,%d%n",
              line.namespace(),
              line.workload(),
              line.stage(),
              line.pods(),
              line.p50(),
              line.p90(),
              line.p99(),
              line.max());
        }
      }
      case NAME ->
          lines.stream()
              .map(line -> line.namespace() + "/" + line.workload())
              .distinct()
              .forEach(out::println);
      case TABLE, WIDE -> StageTable.draw(lines).forEach(out::println);
    }
    out.flush();
  }
}

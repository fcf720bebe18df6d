package dev.slipway.ops.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a run: manifest.json, summary.json, report.md, report.html and a folder per variant. The
 * same input, seed and program give the same bytes; nothing that was measured goes into a file.
 */
final class RunDirectory {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private RunDirectory() {}

  static void write(Path folder, RunInfo info, List<Variant> variants) throws IOException {
    Files.createDirectories(folder);
    for (Variant variant : variants) {
      Path its = folder.resolve(variant.name());
      Files.createDirectories(its);
      for (Table table : Tabulated.of(variant.run(), variant.series())) {
        table.write(its);
      }
    }
    json(folder.resolve("manifest.json"), manifest(info, variants));
    json(folder.resolve("summary.json"), summary(variants));
    Files.writeString(folder.resolve("report.md"), ReportText.of(info, variants));
    Files.writeString(folder.resolve("report.html"), ReportHtml.of(info, variants));
  }

  private static void json(Path file, ObjectNode tree) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(tree) + "\n", StandardCharsets.UTF_8);
  }

  private static ObjectNode manifest(RunInfo info, List<Variant> variants) {
    ObjectNode root = JSON.createObjectNode();
    root.put("slipway", info.version());
    root.put("seed", info.seed());
    root.put("kubernetes", info.profile());
    ObjectNode inputs = root.putObject("inputs");
    info.inputs().forEach((file, hash) -> inputs.put(file, "sha256:" + hash));
    ObjectNode options = root.putObject("options");
    info.options().forEach(options::put);
    ObjectNode all = root.putObject("variants");
    for (Variant variant : variants) {
      ObjectNode its = all.putObject(variant.name());
      its.put("summary", variant.run().scenario().summary());
      its.put("kubernetes", variant.run().scenario().profile().text());
    }
    ObjectNode passedOver = root.putObject("passedOver");
    new TreeMap<>(info.passedOver()).forEach(passedOver::put);
    root.put("machine", info.machine());
    var not = root.putArray("notModelled");
    info.notModelled().forEach(not::add);
    return root;
  }

  private static ObjectNode summary(List<Variant> variants) {
    ObjectNode root = JSON.createObjectNode();
    for (Variant variant : variants) {
      ObjectNode its = root.putObject(variant.name());
      for (Map.Entry<String, Double> figure : variant.figures().entrySet()) {
        its.put(figure.getKey(), new java.math.BigDecimal(Figures.plain(figure.getValue())));
      }
    }
    return root;
  }
}

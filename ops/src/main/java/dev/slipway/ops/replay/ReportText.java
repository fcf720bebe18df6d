package dev.slipway.ops.replay;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The report as Markdown: what was run, the figures of the variants side by side, what is left out.
 */
final class ReportText {
  private ReportText() {}

  static String of(RunInfo info, List<Variant> variants) {
    List<String> lines = new ArrayList<>();
    RunResult base = variants.getFirst().run();
    lines.add("# Replay of " + String.join(", ", names(info)));
    lines.add("");
    lines.add(
        "%s pods, %s nodes, %s of virtual time, Kubernetes %s, seed %d, placement %s."
            .formatted(
                Figures.human(variants.getFirst().figures().getOrDefault("pods", 0.0)),
                Figures.human(base.nodes().size()),
                Figures.clock(base.scenario().end() - base.scenario().start()),
                info.profile(),
                info.seed(),
                base.scenario().recorded() ? "recorded" : "simulated"));
    lines.add("");
    for (Variant variant : variants) {
      lines.add("- **" + variant.name() + "**: " + variant.run().scenario().summary());
    }
    lines.add("");
    lines.addAll(initUnused(variants));
    lines.add("");
    lines.add("## Figures");
    lines.add("");
    lines.addAll(table(variants));
    lines.add("");
    lines.add("Times are seconds of the run. A mean is over the samples of the time series, an");
    lines.add("hour figure is exact. `running` is what containers that are up request.");
    lines.add("");
    lines.add("## Not modelled");
    lines.add("");
    info.notModelled().forEach(line -> lines.add("- " + line));
    return String.join("\n", lines) + "\n";
  }

  static List<String> names(RunInfo info) {
    return info.inputs().keySet().stream()
        .map(file -> file.substring(file.lastIndexOf('/') + 1))
        .toList();
  }

  /** The figure behind the sentence of the documentation on sidecars and scheduling. */
  private static List<String> initUnused(List<Variant> variants) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Scheduling goes by effective requests, so init containers may reserve what is never");
    lines.add("used after the start. Of what was requested over time that was:");
    lines.add("");
    for (Variant variant : variants) {
      List<String> parts = new ArrayList<>();
      for (String resource : variant.run().scenario().resources()) {
        double percent =
            variant
                .figures()
                .getOrDefault(
                    Columns.unitName(resource) + "_init_unused_percent_of_requested", 0.0);
        parts.add(resource + " " + Figures.human(percent) + " %");
      }
      lines.add("- " + variant.name() + ": " + String.join(", ", parts));
    }
    return lines;
  }

  private static List<String> table(List<Variant> variants) {
    Set<String> names = new LinkedHashSet<>();
    variants.forEach(variant -> names.addAll(variant.figures().keySet()));
    List<String> lines = new ArrayList<>();
    var head = new StringBuilder("| figure |");
    var rule = new StringBuilder("| --- |");
    for (Variant variant : variants) {
      head.append(' ').append(variant.name()).append(" |");
      rule.append(" ---: |");
    }
    lines.add(head.toString());
    lines.add(rule.toString());
    Map<String, Double> base = variants.getFirst().figures();
    for (String name : names) {
      var line = new StringBuilder("| " + name.replace('_', ' ') + " |");
      for (Variant variant : variants) {
        double value = variant.figures().getOrDefault(name, 0.0);
        line.append(' ').append(Figures.human(value));
        if (variant != variants.getFirst()) {
          line.append(change(value - base.getOrDefault(name, 0.0)));
        }
        line.append(" |");
      }
      lines.add(line.toString());
    }
    return lines;
  }

  static String change(double difference) {
    if (Math.abs(difference) < 5e-7) {
      return "";
    }
    return " (" + (difference > 0 ? "+" : "−") + Figures.human(Math.abs(difference)) + ")";
  }
}

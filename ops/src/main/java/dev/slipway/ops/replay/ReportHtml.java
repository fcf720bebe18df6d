package dev.slipway.ops.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.ContainerRole;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.state.PodShape;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The report as one page that needs nothing else: the data as JSON inside a template that draws.
 */
final class ReportHtml {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEMPLATE = "report.html";
  private static final String DATA = "@@DATA@@";
  private static final String TITLE = "@@TITLE@@";

  private ReportHtml() {}

  static String of(RunInfo info, List<Variant> variants) throws IOException {
    String title = String.join(", ", ReportText.names(info));
    return template()
        .replace(TITLE, title.replace("&", "&amp;").replace("<", "&lt;"))
        .replace(DATA, JSON.writeValueAsString(data(info, variants)).replace("</", "<\\/"));
  }

  private static String template() throws IOException {
    try (InputStream in = ReportHtml.class.getResourceAsStream(TEMPLATE)) {
      if (in == null) {
        throw new IllegalStateException("the report's template is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static ObjectNode data(RunInfo info, List<Variant> variants) {
    ObjectNode root = JSON.createObjectNode();
    Scenario base = variants.getFirst().run().scenario();
    root.put("title", String.join(", ", ReportText.names(info)));
    root.put("version", info.version());
    root.put("seed", info.seed());
    root.put("profile", info.profile());
    root.put("placement", base.recorded() ? "recorded" : "simulated");
    root.put("machine", info.machine());
    info.inputs().forEach(root.putObject("inputs")::put);
    ArrayNode not = root.putArray("notModelled");
    info.notModelled().forEach(not::add);
    root.put("start", base.start() / Times.SECOND);
    root.put("end", base.end() / Times.SECOND);
    ArrayNode all = root.putArray("variants");
    variants.forEach(variant -> all.add(variant(variant)));
    return root;
  }

  private static ObjectNode variant(Variant variant) {
    ObjectNode node = JSON.createObjectNode();
    Scenario scenario = variant.run().scenario();
    Series series = variant.series();
    node.put("name", variant.name());
    node.put("summary", scenario.summary());
    node.put("kubernetes", scenario.profile().text());
    node.put("step", series.step() / Times.SECOND);
    ArrayNode resources = node.putArray("resources");
    scenario
        .resources()
        .forEach(
            name -> resources.addObject().put("name", name).put("key", Columns.unitName(name)));
    ObjectNode columns = node.putObject("series");
    List<String> names = Columns.names(scenario.resources());
    for (int c = 0; c < names.size(); c++) {
      ArrayNode values = columns.putArray(names.get(c));
      for (long value : series.values(c)) {
        values.add(value);
      }
    }
    latency(variant.run(), node.putObject("latency"));
    ObjectNode figures = node.putObject("figures");
    variant
        .figures()
        .forEach((name, value) -> figures.put(name, new BigDecimal(Figures.plain(value))));
    ArrayNode pods = node.putArray("pods");
    Gantt.chosen(variant.run()).forEach(pod -> pods.add(pod(pod, scenario)));
    return node;
  }

  private static void latency(RunResult run, ObjectNode node) {
    for (Stage stage : Stage.values()) {
      ArrayNode values = node.putArray(stage.key());
      long[] sorted = Tabulated.sorted(run, stage);
      for (int percent = 0; sorted.length > 0 && percent <= 100; percent++) {
        values.add(new BigDecimal(Figures.plain(Summary.quantile(sorted, percent / 100.0))));
      }
    }
  }

  private static ObjectNode pod(PodRecord pod, Scenario scenario) {
    ObjectNode node = JSON.createObjectNode();
    LifeLog life = pod.life;
    node.put("name", pod.input.meta().key());
    node.put("node", pod.node);
    node.put("outcome", pod.outcome == null ? "" : pod.outcome.text());
    node.put("arrival", millis(pod.arrival));
    if (life != null) {
      node.put("bound", millis(life.boundAt));
      node.put("ready", life.readyAt == Times.NONE ? -1 : millis(life.readyAt));
      node.put("restarts", life.restarts);
    }
    node.put("ended", pod.endedAt == Times.NONE ? -1 : millis(pod.endedAt));
    PodShape shape = pod.input.shape();
    ArrayNode containers = node.putArray("containers");
    for (int c = 0; c < shape.count; c++) {
      containers.add(shape.container(c).name() + role(shape.role(c)));
    }
    ArrayNode spans = node.putArray("spans");
    for (Gantt.Span span : Gantt.of(pod, scenario)) {
      spans
          .addArray()
          .add(span.container())
          .add(span.kind())
          .add(millis(span.from()))
          .add(millis(span.to()))
          .add(span.text());
    }
    return node;
  }

  private static String role(ContainerRole role) {
    return switch (role) {
      case REGULAR_INIT -> " (init)";
      case SIDECAR -> " (sidecar)";
      case APP -> "";
      case EPHEMERAL -> " (ephemeral)";
    };
  }

  private static long millis(long nanos) {
    return Math.floorDiv(nanos, Times.MILLI);
  }
}

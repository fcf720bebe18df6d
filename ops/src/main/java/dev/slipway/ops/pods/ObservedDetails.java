package dev.slipway.ops.pods;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.Finding;
import dev.slipway.engine.observe.NextStep;
import dev.slipway.engine.observe.ObserveSettings;
import dev.slipway.engine.observe.ObservedPod;
import dev.slipway.engine.observe.StageTimes;
import dev.slipway.ingest.manifest.ApiTimes;
import dev.slipway.ingest.manifest.PodWriter;
import java.util.List;

/** One observed pod as JSON: the object as far as it is known, what comes next, what was found. */
final class ObservedDetails {
  private ObservedDetails() {}

  static ObjectNode write(ObservedPod pod, ObserveSettings rules, List<Finding> findings) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set("pod", PodWriter.write(pod.object()));
    ObjectNode observed = root.putObject("observed");
    observed.put("workload", pod.workload());
    next(observed.putArray("next"), pod.next(rules));
    stages(observed.putArray("stages"), pod.stages());
    ArrayNode found = observed.putArray("findings");
    findings.forEach(finding -> finding(found.addObject(), finding));
    return root;
  }

  private static void next(ArrayNode list, List<NextStep> steps) {
    for (NextStep step : steps) {
      ObjectNode node = list.addObject();
      node.put("what", step.what().text());
      node.put("rule", step.what().rule());
      node.put("container", step.container());
      time(node, step.atNanos());
    }
  }

  private static void time(ObjectNode node, long at) {
    if (at != Times.NONE) {
      node.put("at", ApiTimes.format(at));
    }
  }

  private static void stages(ArrayNode list, StageTimes stages) {
    stage(list, "scheduled", stages.scheduled());
    stage(list, "sandbox", stages.sandbox());
    for (StageTimes.Start start : stages.containers()) {
      stage(list, "started/" + start.container(), start.after());
    }
    stage(list, "initialized", stages.initialized());
    stage(list, "ready", stages.ready());
  }

  private static void stage(ArrayNode list, String name, long after) {
    if (after != Times.NONE) {
      list.addObject().put("stage", name).put("seconds", after / Times.SECOND);
    }
  }

  private static void finding(ObjectNode node, Finding finding) {
    node.put("finding", finding.kind().id());
    node.put("rule", finding.kind().rule());
    node.put("severity", finding.kind().severity().text());
    node.put("title", finding.kind().title());
    node.put("container", finding.container());
    time(node, finding.atNanos());
    ArrayNode evidence = node.putArray("evidence");
    for (Finding.Fact fact : finding.evidence()) {
      evidence.addObject().put("what", fact.what()).put("value", fact.value());
    }
  }
}

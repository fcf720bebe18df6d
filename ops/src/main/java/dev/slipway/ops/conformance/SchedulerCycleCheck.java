package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.scheduling.Cluster;
import dev.slipway.engine.scheduling.CycleReport;
import dev.slipway.engine.scheduling.CycleReport.NodeScore;
import dev.slipway.engine.scheduling.CycleReport.NodeStatus;
import dev.slipway.engine.scheduling.CycleReport.PreemptionReport;
import dev.slipway.engine.scheduling.Decision;
import dev.slipway.engine.scheduling.Plugin;
import dev.slipway.engine.scheduling.PreemptionResult;
import dev.slipway.engine.scheduling.Scheduler;
import dev.slipway.engine.scheduling.SchedulerOptions;
import dev.slipway.engine.scheduling.SchedulingPod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds one scheduling cycle against the recorded one: every step of it, and the decision that is
 * made without writing the steps down, which must be one of the recorded best nodes.
 */
final class SchedulerCycleCheck {
  /** No case has a victim without start time that another one is compared with by time. */
  private static final long NOW = 1_800_000_000_000_000_000L;

  private static final Set<String> NO_SCORE_PLUGINS = Set.of("VolumeBinding", "DynamicResources");

  private SchedulerCycleCheck() {}

  static Verdict schedule(JsonNode vector, DataFolders data) {
    Cluster cluster = SchedulerInput.cluster(vector.path("in"));
    SchedulingPod pod = SchedulerInput.pod(vector.path("in").path("pod"));
    var scheduler = new Scheduler(cluster, SchedulerOptions.FULL);
    CycleReport report = scheduler.explain(pod, NOW);
    JsonNode out = vector.path("out");
    var comparison = new Comparison();
    comparison.addTexts("failed", text(out.has("error")), text(report.failed()));
    steps(comparison, out, report);
    comparison.add("preFilter.skipped", known(out.path("preFilter")), skipped(report));
    comparison.add("preFilter.nodes", out.path("preFilter").path("nodes"), report.narrowed());
    comparison.addTexts(
        "nominatedOnly",
        text(out.path("nominatedOnly").booleanValue()),
        text(report.nominatedOnly()));
    if (!report.failed()) {
      comparison.add("feasible", sorted(out.path("feasible")), sorted(report.feasible()));
      scores(comparison, out.path("scores"), report.scores());
      comparison.add("best", sorted(out.path("best")), report.best());
    }
    decision(comparison, out, scheduler.schedule(pod, NOW));
    return comparison.verdict();
  }

  static Verdict preemption(JsonNode vector, DataFolders data) {
    Cluster cluster = SchedulerInput.cluster(vector.path("in"));
    SchedulingPod pod = SchedulerInput.pod(vector.path("in").path("pod"));
    var scheduler = new Scheduler(cluster, SchedulerOptions.FULL);
    CycleReport report = scheduler.explain(pod, NOW);
    JsonNode out = vector.path("out");
    var comparison = new Comparison();
    steps(comparison, out, report);
    PreemptionReport found = report.preemption();
    if (found == null) {
      return comparison.addTexts("feasible", "-", report.feasible().toString()).verdict();
    }
    comparison.addTexts("reason", out.path("reason").asText(), found.ineligible());
    comparison.add("potential", sorted(out.path("potential")), sorted(found.potential()));
    if (found.ineligible().isEmpty()) {
      comparison.add("rejected", out.path("rejected"), statuses(found.rejected()));
      comparison.add("candidates", out.path("candidates"), candidates(found));
      comparison.add("chosen", sorted(out.path("chosen")), found.chosen());
    }
    decided(comparison, out, scheduler.schedule(pod, NOW));
    return comparison.verdict();
  }

  private static void steps(Comparison comparison, JsonNode out, CycleReport report) {
    JsonNode preFilter = out.path("preFilter");
    if (ResourceJson.present(preFilter)) {
      boolean failed = !report.preFilterFailure().isEmpty();
      comparison.addTexts(
          "preFilter.code",
          preFilter.path("code").asText(),
          failed ? "UnschedulableAndUnresolvable" : "Success");
      comparison.addTexts(
          "preFilter.plugin", preFilter.path("plugin").asText(), name(report.preFilterPlugin()));
      comparison.add(
          "preFilter.reasons",
          preFilter.path("reasons"),
          failed ? List.of(report.preFilterFailure()) : List.of());
    }
    comparison.add("infeasible", out.path("infeasible"), statuses(report.rejected()));
    comparison.addTexts("others", others(out.path("others")), report.absentReason());
    comparison.addTexts("message", out.path("message").asText(), report.message());
  }

  private static String others(JsonNode others) {
    return others.path("reasons").path(0).asText();
  }

  private static String name(@Nullable Plugin plugin) {
    return plugin == null ? "" : plugin.pluginName();
  }

  private static String text(boolean value) {
    return value ? "true" : "false";
  }

  private static JsonNode sorted(JsonNode names) {
    return SampleTree.of(new TreeSet<>(ResourceJson.texts(names)));
  }

  private static Set<String> sorted(List<String> names) {
    return new TreeSet<>(names);
  }

  /** Skipped plugins of the record without those of volumes and claims. */
  private static JsonNode known(JsonNode preFilter) {
    var names = new TreeSet<String>();
    for (String name : ResourceJson.texts(preFilter.path("skipped"))) {
      if (Plugin.of(name).isPresent()) {
        names.add(name);
      }
    }
    return SampleTree.of(names);
  }

  private static Set<String> skipped(CycleReport report) {
    var names = new TreeSet<String>();
    if (report.preFilterFailure().isEmpty()) {
      report.skipped().forEach(plugin -> names.add(plugin.pluginName()));
    }
    return names;
  }

  private static Map<String, Object> statuses(Map<String, NodeStatus> statuses) {
    var all = new TreeMap<String, Object>();
    statuses.forEach((node, status) -> {
      var one = new HashMap<String, Object>();
      one.put("code", status.unresolvable() ? "UnschedulableAndUnresolvable" : "Unschedulable");
      one.put("reasons", status.reasons().stream().sorted().toList());
      if (status.plugin() != null) {
        one.put("plugin", name(status.plugin()));
      }
      all.put(node, one);
    });
    return all;
  }

  private static void scores(
      Comparison comparison, JsonNode recorded, Map<String, NodeScore> ours) {
    comparison.add(
        "scored", SampleTree.of(new TreeSet<>(names(recorded))), new TreeSet<>(ours.keySet()));
    ours.forEach((node, score) -> {
      JsonNode theirs = recorded.path(node);
      comparison.add(node + ".raw", theirs.path("raw"), values(score.raw()));
      comparison.add(node + ".weighted", theirs.path("weighted"), values(score.weighted()));
      comparison.add(node + ".total", theirs.path("total"), score.total());
    });
  }

  private static List<String> names(JsonNode map) {
    var names = new ArrayList<String>();
    map.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Scores by plugin; volumes and claims always give 0 (K-047). */
  private static Map<String, Object> values(Map<Plugin, Long> scores) {
    var values = new TreeMap<String, Object>();
    NO_SCORE_PLUGINS.forEach(name -> values.put(name, 0));
    scores.forEach((plugin, score) -> values.put(plugin.pluginName(), score));
    return values;
  }

  private static void decision(Comparison comparison, JsonNode out, Decision decision) {
    switch (decision) {
      case Decision.Placed placed -> {
        List<String> best = ResourceJson.texts(out.path("best"));
        String same = best.contains(placed.node()) ? placed.node() : best.toString();
        comparison.addTexts("decision", same, placed.node());
        JsonNode total = out.path("scores").path(placed.node()).path("total");
        comparison.addTexts("decision.score", text(total), Long.toString(placed.score()));
      }
      case Decision.Unschedulable none -> {
        String recorded = out.path("message").asText();
        boolean same = none.message().startsWith(recorded);
        comparison.addTexts("decision", recorded, same ? recorded : none.message());
      }
      case Decision.Failed failed ->
          comparison.addTexts("decision", out.has("error") ? "" : "no error", "");
    }
  }

  private static String text(JsonNode total) {
    return total.isMissingNode() ? "0" : total.asText();
  }

  private static Map<String, Object> candidates(PreemptionReport found) {
    var all = new TreeMap<String, Object>();
    found
        .candidates()
        .forEach((node, candidate) ->
            all.put(
                node,
                Map.of(
                    "victims",
                    candidate.victims().stream().map(SchedulingPod::key).toList(),
                    "pdbViolations",
                    candidate.violations())));
    return all;
  }

  private static void decided(Comparison comparison, JsonNode out, Decision decision) {
    if (!(decision instanceof Decision.Unschedulable none)) {
      comparison.addTexts("decision", "unschedulable", decision.toString());
      return;
    }
    JsonNode postFilter = out.path("postFilter");
    switch (none.preemption()) {
      case PreemptionResult.Nominated nominated -> {
        List<String> chosen = ResourceJson.texts(out.path("chosen"));
        boolean same = chosen.contains(nominated.node());
        comparison.addTexts(
            "decision", same ? nominated.node() : chosen.toString(), nominated.node());
        comparison.add(
            "decision.victims",
            out.path("candidates").path(nominated.node()).path("victims"),
            nominated.victims().stream().map(SchedulingPod::key).toList());
        comparison.addTexts("decision.message", out.path("message").asText(), none.message());
      }
      case PreemptionResult.None nobody -> {
        comparison.addTexts(
            "decision.preemption",
            postFilter.path("message").asText(),
            "preemption: " + nobody.reason());
        String recorded = out.path("message").asText();
        boolean begins = none.message().startsWith(recorded + " ");
        comparison.addTexts("decision.message", recorded, begins ? recorded : none.message());
        comparison.addTexts(
            "clearsNomination",
            text(postFilter.path("clearsNomination").booleanValue()),
            text(nobody.clearsNomination()));
      }
    }
  }
}

package dev.slipway.tests.scenario;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.scheduling.Cluster;
import dev.slipway.engine.scheduling.CycleReport;
import dev.slipway.engine.scheduling.CycleReport.PreemptionReport;
import dev.slipway.engine.scheduling.Decision;
import dev.slipway.engine.scheduling.LabelSelector;
import dev.slipway.engine.scheduling.Plugin;
import dev.slipway.engine.scheduling.PodDisruptionBudget;
import dev.slipway.engine.scheduling.PreemptionResult;
import dev.slipway.engine.scheduling.Scheduler;
import dev.slipway.engine.scheduling.SchedulerOptions;
import dev.slipway.engine.scheduling.SchedulingPod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers of the placement table for an incoming pod. The cluster is {@code node[...]}, {@code
 * on[NODE NAME pod]}, {@code wait[NODE NAME pod]} (nominated), {@code budget[NS NAME ALLOWED
 * SELECTOR]} with names in {@code disrupted=}, {@code service[NS NAME k=v]}, {@code owner[NS KIND
 * NAME SELECTOR]}, {@code space[NS k=v]} (a namespace), {@code drop[NAME]} (a pod that leaves),
 * {@code gone[NODE]}. The first bare word asks: {@code place} the best nodes or the message, {@code
 * decide} the decision, {@code order[..]} the nodes of pods placed one after another, {@code
 * totals}, {@code raw} and {@code weighted} scores of a plugin, {@code skipped} filters, {@code
 * victims} of preemption.
 */
final class PlacementAnswers {
  private static final long NOW = 1000 * Times.SECOND;

  private final Cluster cluster;
  private final Given given;
  private final String incoming;

  private PlacementAnswers(String incoming, Given given) {
    this.incoming = incoming;
    this.given = given;
    this.cluster = given.has("gate-off") ? Cluster.withoutSidecars() : new Cluster();
    build();
  }

  static String of(String incoming, Given given) {
    return new PlacementAnswers(incoming, given).answer();
  }

  private void build() {
    given
        .all("space")
        .forEach(text -> {
          List<String> words = words(text);
          cluster.setNamespace(
              words.get(0), words.size() > 1 ? PlacementText.pairs(words.get(1)) : Map.of());
        });
    given.all("node").forEach(text -> cluster.addNode(PlacementText.node(text)));
    given
        .all("on")
        .forEach(text -> {
          SchedulingPod pod = named(text);
          cluster.addPod(pod, words(text).get(0));
        });
    given.all("drop").forEach(cluster::removePod);
    given.all("gone").forEach(cluster::removeNode);
    given.all("node2").forEach(text -> cluster.addNode(PlacementText.node(text)));
    given.all("renode").forEach(text -> cluster.updateNode(PlacementText.node(text)));
    given.all("wait").forEach(text -> cluster.nominations().set(named(text), words(text).get(0)));
    given.all("budget").forEach(text -> cluster.setBudget(budget(words(text))));
    given
        .all("service")
        .forEach(text -> {
          List<String> words = words(text);
          cluster.setService(words.get(0), words.get(1), PlacementText.pairs(words.get(2)));
        });
    given
        .all("owner")
        .forEach(text -> {
          List<String> words = words(text);
          cluster.setController(
              words.get(0),
              PlacementText.owner(words.get(1), words.get(2)),
              selector(words.get(3)));
        });
  }

  private static List<String> words(String text) {
    return Arrays.asList(text.split(" +"));
  }

  /** {@code NODE NAME pod parts}. */
  private static SchedulingPod named(String text) {
    String[] parts = text.split(" +", 3);
    return PlacementText.pod(parts[1], parts.length > 2 ? parts[2] : "A");
  }

  private static LabelSelector selector(String text) {
    LabelSelector selector = PlacementText.selector(text);
    return selector == null ? LabelSelector.of(Map.of()) : selector;
  }

  private static PodDisruptionBudget budget(List<String> words) {
    String disrupted = "disrupted=";
    Set<String> names =
        words.stream()
            .filter(word -> word.startsWith(disrupted))
            .map(word -> word.substring(disrupted.length()))
            .collect(Collectors.toSet());
    return new PodDisruptionBudget(
        words.get(0),
        words.get(1),
        PlacementText.selector(words.get(3)),
        Integer.parseInt(words.get(2)),
        names);
  }

  private SchedulingPod pod() {
    return PlacementText.pod("new", incoming);
  }

  private String answer() {
    var scheduler =
        new Scheduler(
            cluster, given.has("sampled") ? SchedulerOptions.SAMPLED : SchedulerOptions.FULL);
    return switch (given.word(0)) {
      case "decide" -> decision(scheduler.schedule(pod(), NOW));
      case "order" -> order(scheduler);
      case "fill" -> fill(scheduler);
      default -> explain(scheduler.explain(pod(), NOW));
    };
  }

  private static String decision(Decision decision) {
    return switch (decision) {
      case Decision.Placed placed -> placed.node() + " of " + placed.feasible();
      case Decision.Failed failed -> "error: " + failed.message();
      case Decision.Unschedulable none ->
          none.message()
              + switch (none.preemption()) {
                case PreemptionResult.Nominated chosen ->
                    " -> "
                        + chosen.node()
                        + " without "
                        + names(chosen.victims())
                        + (chosen.lowerNominations().isEmpty()
                            ? ""
                            : ", not for " + names(chosen.lowerNominations()));
                case PreemptionResult.None nobody ->
                    nobody.clearsNomination() ? " (nomination cleared)" : "";
              };
    };
  }

  private static String names(List<SchedulingPod> pods) {
    return pods.stream().map(SchedulingPod::name).collect(Collectors.joining(" "));
  }

  /** Places pods one after another; each is assumed on its node before the next is tried. */
  private String order(Scheduler scheduler) {
    List<String> nodes = new ArrayList<>();
    List<String> pods = new ArrayList<>(List.of(incoming));
    pods.addAll(given.all("then"));
    for (int i = 0; i < pods.size(); i++) {
      SchedulingPod pod = PlacementText.pod("new" + i, pods.get(i));
      if (scheduler.schedule(pod, NOW) instanceof Decision.Placed placed) {
        cluster.addPod(pod, placed.node());
        nodes.add(placed.node());
      } else {
        nodes.add("-");
      }
    }
    return String.join(" ", nodes);
  }

  /**
   * A cluster of equal nodes in three zones, by a sampling search: nodes of the first decisions.
   */
  private String fill(Scheduler scheduler) {
    long nodes = given.number("nodes", 0);
    for (int i = 0; i < nodes; i++) {
      cluster.addNode(PlacementText.node("n" + i + " c=64 m=64Gi pods=110 zone:z" + i * 3 / nodes));
    }
    List<String> placed = new ArrayList<>();
    for (int i = 0; i < given.number("pods", 1); i++) {
      placed.add(decision(scheduler.schedule(PlacementText.pod("p" + i, incoming), NOW)));
    }
    return String.join(", ", placed);
  }

  private String explain(CycleReport report) {
    return switch (given.word(0)) {
      case "place" ->
          report.failed()
              ? "error"
              : report.best().isEmpty() ? report.message() : String.join(" ", report.best());
      case "totals" -> scores(report, score -> score.total());
      case "raw" -> scores(report, score -> score.raw().getOrDefault(plugin(), -1L));
      case "weighted" -> scores(report, score -> score.weighted().getOrDefault(plugin(), -1L));
      case "skipped" ->
          report.skipped().stream().map(Plugin::pluginName).collect(Collectors.joining(" "));
      case "victims" -> victims(report.preemption());
      case "codes" -> codes(report);
      default -> throw new IllegalArgumentException("no such question: " + given.word(0));
    };
  }

  private Plugin plugin() {
    return Plugin.of(given.word(1)).orElseThrow();
  }

  private static String scores(CycleReport report, ToLongFunction<CycleReport.NodeScore> measure) {
    return report.scores().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + measure.applyAsLong(entry.getValue()))
        .collect(Collectors.joining(" "));
  }

  /** Rejections with their plugin; {@code !} where preemption cannot help. */
  private static String codes(CycleReport report) {
    return report.rejected().entrySet().stream()
        .map(entry -> {
          Plugin plugin = entry.getValue().plugin();
          return entry.getKey()
              + "="
              + (plugin == null ? "" : plugin.pluginName())
              + (entry.getValue().unresolvable() ? "!" : "");
        })
        .collect(Collectors.joining(" "));
  }

  private static String victims(@Nullable PreemptionReport found) {
    if (found == null || !found.ineligible().isEmpty()) {
      return found == null ? "none needed" : found.ineligible();
    }
    String candidates =
        found.candidates().entrySet().stream()
            .map(entry ->
                entry.getKey()
                    + ": "
                    + names(entry.getValue().victims())
                    + (entry.getValue().violations() == 0
                        ? ""
                        : " (" + entry.getValue().violations() + " break a budget)"))
            .collect(Collectors.joining("; "));
    return candidates.isEmpty()
        ? found.message()
        : candidates + "; chosen " + String.join(" ", found.chosen());
  }
}

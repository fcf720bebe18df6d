package dev.slipway.tests.scenario;

import static dev.slipway.tests.scenario.SumsText.list;
import static dev.slipway.tests.scenario.SumsText.words;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.resources.Eviction;
import dev.slipway.engine.resources.EvictionRanking;
import dev.slipway.engine.resources.EvictionThreshold;
import dev.slipway.engine.resources.KubeletAdmission;
import dev.slipway.engine.resources.KubeletDefaults;
import dev.slipway.engine.resources.NodeAllocatable;
import dev.slipway.engine.resources.NodeUsage;
import dev.slipway.engine.resources.PodImportance;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.PodSchedulerRequest;
import dev.slipway.engine.resources.ResizeAdmission;
import dev.slipway.engine.resources.ResourceFit;
import dev.slipway.engine.resources.ResourceScores;
import dev.slipway.engine.resources.SchedulerVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Questions about nodes. A node is {@code node[allocatable] used[pod].. times=N} (each pod N
 * times).
 *
 * <ul>
 *   <li>{@code vector}: milli, bytes of memory and storage, scalars; {@code nonzero}: milli and
 *       bytes for scores; {@code node-used}: the same of the node, with the number of pods
 *   <li>{@code fit}: shortages, {@code !} where pods leaving would not help; {@code ignore[..]}
 *   <li>{@code score least|most|ratio weights[..] shape[0:10 100:0]}, {@code balanced}, {@code
 *       weights}
 *   <li>{@code allocatable capacity[..] kube[..] system[..] hard[signal=..]}: allocatable, the
 *       kubepods cgroup's memory and shares, {@code invalid} if it is
 *   <li>{@code threshold TEXT of=CAPACITY}, {@code evict-default SIGNAL of=CAPACITY}, {@code
 *       max-pods [per-core=N] cores=N}
 *   <li>{@code admit}, {@code resize from[..] [static-cpu] [static-memory]}
 *   <li>{@code evict SIGNAL pod[name priority usage pod]..}: names in order, {@code =} between
 *       equals; {@code measured NAME}; {@code may-evict [priority=N] [static]}; {@code grace [soft]
 *       max=N own=N}; {@code pressure after=SECONDS}
 * </ul>
 */
final class NodeAnswers {
  private NodeAnswers() {}

  static String of(String cell, Given given) {
    return switch (given.word(0)) {
      case "vector" -> vector(ResourceFit.request(SumsText.pod(cell)));
      case "nonzero" -> {
        PodSchedulerRequest request = PodSchedulerRequest.of(SumsText.pod(cell));
        yield request.nonZeroMilliCpu() + " " + request.nonZeroMemory();
      }
      case "node-used" -> {
        NodeUsage node = node(given);
        yield node.pods() + " pods " + vector(node.requested());
      }
      case "fit" -> fit(SumsText.pod(cell), given);
      case "score" ->
          Long.toString(ResourceScores.fit(strategy(given), SumsText.pod(cell), node(given)));
      case "balanced" -> {
        OptionalLong score =
            ResourceScores.balanced(
                List.of(SumsText.name("c"), SumsText.name("m")), SumsText.pod(cell), node(given));
        yield score.isPresent() ? Long.toString(score.getAsLong()) : "skip";
      }
      case "weights" -> ResourceScores.FIT_WEIGHT + " " + ResourceScores.BALANCED_WEIGHT;
      case "allocatable" -> allocatable(given);
      case "threshold" -> threshold(given);
      case "evict-default" -> evictDefault(given);
      case "max-pods" ->
          Long.toString(
              KubeletDefaults.pods(
                  KubeletDefaults.MAX_PODS,
                  (int) given.number("per-core", 0),
                  given.number("cores", 1)));
      case "admit" -> admit(SumsText.pod(cell), given);
      case "resize" -> resize(SumsText.pod(cell), given);
      case "evict" -> evict(given);
      case "measured" ->
          EvictionRanking.request(SumsText.pod(cell), SumsText.name(given.word(1))).toString();
      default -> evictionRules(given);
    };
  }

  private static String vector(SchedulerVector vector) {
    String scalars =
        vector.scalars().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining());
    return vector.milliCpu() + " " + vector.memory() + " " + vector.ephemeralStorage() + scalars;
  }

  private static List<PodResources> used(Given given) {
    int times = (int) given.number("times", 1);
    return given.all("used").stream()
        .flatMap(text -> Collections.nCopies(times, SumsText.pod(text)).stream())
        .toList();
  }

  private static NodeUsage node(Given given) {
    return NodeUsage.of(list(given.get("node", "-")), used(given));
  }

  private static String fit(PodResources pod, Given given) {
    String ignored = given.get("ignore", "");
    var fit = new ResourceFit(ignored.isEmpty() ? Set.of() : Set.of(ignored.split(" ")), Set.of());
    List<ResourceFit.Shortage> shortages = fit.shortages(ResourceFit.request(pod), node(given));
    return shortages.isEmpty()
        ? "fits"
        : shortages.stream()
            .map(shortage -> shortage.reason() + (shortage.unresolvable() ? "!" : ""))
            .collect(Collectors.joining(", "));
  }

  private static ResourceScores.Strategy strategy(Given given) {
    var weights = new ArrayList<ResourceScores.Weighted>();
    list(given.get("weights", "c=1 m=1"))
        .toMap()
        .forEach((name, weight) -> weights.add(new ResourceScores.Weighted(name, weight.value())));
    return switch (given.word(1)) {
      case "least" -> new ResourceScores.Strategy.LeastAllocated(weights);
      case "most" -> new ResourceScores.Strategy.MostAllocated(weights);
      default ->
          new ResourceScores.Strategy.RequestedToCapacityRatio(
              weights,
              Stream.of(given.get("shape", "").split(" "))
                  .map(point -> point.split(":"))
                  .map(point ->
                      new ResourceScores.ShapePoint(
                          Long.parseLong(point[0]), Long.parseLong(point[1])))
                  .toList());
    };
  }

  private static String allocatable(Given given) {
    var hard = new HashMap<String, EvictionThreshold>();
    String thresholds = given.get("hard", "");
    for (String word : thresholds.isEmpty() ? new String[0] : thresholds.split(" ")) {
      int at = word.indexOf('=');
      hard.put(word.substring(0, at), EvictionThreshold.parse(word.substring(at + 1)));
    }
    var node =
        new NodeAllocatable(
            list(given.get("capacity", "-")),
            list(given.get("kube", "-")),
            list(given.get("system", "-")),
            hard);
    return words(node.allocatable())
        + "; kubepods "
        + (node.kubepodsCgroup().memory() == null ? "-" : node.kubepodsCgroup().memory())
        + " "
        + (node.kubepodsCgroup().cpuShares() == null ? "-" : node.kubepodsCgroup().cpuShares())
        + (node.isInvalid() ? " invalid" : "");
  }

  private static String threshold(Given given) {
    try {
      Quantity capacity = Quantity.parse(given.get("of", "0"));
      EvictionThreshold threshold = EvictionThreshold.parse(given.word(1));
      return threshold instanceof EvictionThreshold.Off
          ? "off"
          : Long.toString(threshold.of(capacity).value());
    } catch (IllegalArgumentException e) {
      return "error";
    }
  }

  private static String evictDefault(Given given) {
    EvictionThreshold threshold =
        KubeletDefaults.EVICTION_HARD.get(EvictionRanking.Signal.of(given.word(1)));
    return threshold == null
        ? "none"
        : Long.toString(threshold.of(Quantity.parse(given.get("of", "0"))).value());
  }

  private static String admit(PodResources pod, Given given) {
    KubeletAdmission.Answer answer = KubeletAdmission.admit(pod, node(given));
    return answer.admit() ? "admitted" : answer.reason();
  }

  private static String resize(PodResources desired, Given given) {
    var policies =
        new ResizeAdmission.Policies(
            given.has("static-cpu") ? "static" : "none",
            given.has("static-memory") ? "Static" : "None");
    ResizeAdmission.Answer answer =
        ResizeAdmission.resize(
            desired,
            SumsText.pod(given.get("from", "")),
            list(given.get("node", "-")),
            used(given),
            policies);
    return switch (answer) {
      case ResizeAdmission.Answer.Nothing _ -> "nothing";
      case ResizeAdmission.Answer.InProgress _ -> "in progress";
      case ResizeAdmission.Answer.Pending pending -> pending.reason();
    };
  }

  private static String evict(Given given) {
    EvictionRanking.Signal signal = EvictionRanking.Signal.of(given.word(1));
    List<EvictionRanking.Candidate> candidates =
        given.all("pod").stream().map(NodeAnswers::candidate).toList();
    return EvictionRanking.order(signal, EvictionRanking.Layout.SHARED, candidates).stream()
        .map(group ->
            group.stream().map(EvictionRanking.Candidate::name).collect(Collectors.joining("=")))
        .collect(Collectors.joining(" "));
  }

  /** {@code name priority usage pod}: usage of every kind, or {@code ?} for no statistics. */
  private static EvictionRanking.Candidate candidate(String text) {
    String[] words = text.split(" +", 4);
    PodResources pod = SumsText.pod(words[3]);
    int priority = Integer.parseInt(words[1]);
    if (words[2].equals("?")) {
      return new EvictionRanking.Candidate(words[0], priority, pod, null);
    }
    long usage = Quantity.parse(words[2]).value();
    var stats =
        new EvictionRanking.Stats(
            usage,
            new EvictionRanking.FsUsage(usage, usage),
            EvictionRanking.FsUsage.NONE,
            EvictionRanking.FsUsage.NONE,
            usage);
    return new EvictionRanking.Candidate(words[0], priority, pod, stats);
  }

  private static String evictionRules(Given given) {
    return switch (given.word(0)) {
      case "may-evict" ->
          Boolean.toString(
              Eviction.mayEvict(
                  new PodImportance(given.has("static"), (int) given.number("priority", 0), "")));
      case "grace" ->
          Long.toString(
              Eviction.graceSeconds(
                  given.has("soft"),
                  given.number("max", 0),
                  given.has("own") ? given.number("own", 0) : null));
      case "pressure" ->
          Boolean.toString(
              Eviction.reportsPressure(
                  Times.SECOND, Times.SECOND + given.number("after", 0) * Times.SECOND));
      case "evicted" ->
          Eviction.REASON
              + " "
              + Eviction.CONDITION_REASON
              + String.format(Locale.ROOT, " %d", Eviction.CYCLE / Times.SECOND);
      default -> throw new IllegalArgumentException("no such question: " + given.word(0));
    };
  }
}

package dev.slipway.tests.scenario;

import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.EffectiveResources;
import dev.slipway.engine.resources.KubeletAdmission;
import dev.slipway.engine.resources.NodeUsage;
import dev.slipway.engine.resources.OomScore;
import dev.slipway.engine.resources.PodCgroup;
import dev.slipway.engine.resources.PodImportance;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QosRules;
import dev.slipway.engine.resources.QuotaPod;
import dev.slipway.engine.resources.QuotaUsage;
import dev.slipway.engine.resources.ResizeAdmission;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sums of one pod. Given: {@code x has=req.cpu:100m}; {@code node cpu:2,memory:4Gi} (what it
 * has, for OOM scores and admission), {@code from x has=...} (what was allocated before, for a
 * resize), {@code others req.cpu:1} (another pod of the node). Facts: {@code req.cpu}, {@code
 * lim.cpu} and so on, {@code qos}, {@code quota.requests.cpu}, {@code shares}, {@code quota},
 * {@code memoryMax}, {@code oom.x}, {@code admitted}, {@code resize}.
 */
final class SumsCase {
  private final PodText text;
  private final PodText before;
  private ResourceList node = ResourceList.EMPTY;
  private List<PodResources> others = List.of();

  private SumsCase(String pod) {
    text = new PodText(pod);
    before = new PodText(pod);
  }

  /** The facts, by their keys. */
  static Map<String, String> seen(String pod, String given) {
    SumsCase row = new SumsCase(pod);
    for (String clause : given.split(";")) {
      row.take(PodText.words(clause));
    }
    return row.facts();
  }

  private void take(List<String> words) {
    switch (words.isEmpty() ? "" : words.getFirst()) {
      case "" -> {}
      case "node" -> node = list(words.get(1));
      case "others" -> {
        PodText other = new PodText("[ | b1]");
        set(other, List.of("b1", "has=" + words.get(1)));
        others = List.of(PodResources.of(other.spec()));
      }
      case "from" -> set(before, words.subList(1, words.size()));
      default -> {
        set(text, words);
        set(before, words);
      }
    }
  }

  private static void set(PodText pod, List<String> words) {
    for (ContainerText c : pod.named(words.getFirst())) {
      for (String word : words.subList(1, words.size())) {
        c.set(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
      }
    }
  }

  private static ResourceList list(String text) {
    return ResourceList.of(ContainerText.resources("req." + text.replace(",", ",req.")).requests());
  }

  private Map<String, String> facts() {
    PodSpec spec = text.spec();
    PodResources pod = PodResources.of(spec);
    Map<String, String> facts = new LinkedHashMap<>();
    put("req.", EffectiveResources.podRequests(pod, ResourceOptions.SPEC), facts);
    put("lim.", EffectiveResources.podLimits(pod, ResourceOptions.SPEC), facts);
    put("quota.", QuotaUsage.of(QuotaPod.of(pod), 0), facts);
    facts.put("qos", QosRules.compute(pod).text());
    var cgroup = PodCgroup.values(pod, PodCgroup.Config.DEFAULT);
    facts.put("shares", String.valueOf(cgroup.cpuShares()));
    facts.put("quota", String.valueOf(cgroup.cpuQuota()));
    facts.put("memoryMax", String.valueOf(cgroup.memory()));
    Quantity capacity = node.getOrZero("memory");
    if (capacity.value() > 0) {
      spec.initContainers().forEach(c -> oom(pod, ContainerResources.of(c), capacity, facts));
      spec.containers().forEach(c -> oom(pod, ContainerResources.of(c), capacity, facts));
    }
    PodResources allocated = PodResources.of(before.spec());
    facts.put(
        "admitted",
        Boolean.toString(KubeletAdmission.admit(pod, NodeUsage.of(node, others)).admit()));
    facts.put("resize", resize(pod, allocated));
    return facts;
  }

  private String resize(PodResources pod, PodResources allocated) {
    var policies = new ResizeAdmission.Policies("none", "None");
    return switch (ResizeAdmission.resize(pod, allocated, node, others, policies)) {
      case ResizeAdmission.Answer.Nothing _ -> "none";
      case ResizeAdmission.Answer.InProgress _ -> "inProgress";
      case ResizeAdmission.Answer.Pending pending -> pending.reason();
    };
  }

  private static void oom(
      PodResources pod, ContainerResources c, Quantity capacity, Map<String, String> facts) {
    int score = OomScore.of(pod, c, c.alwaysRestarts(), PodImportance.NONE, capacity.value());
    facts.put("oom." + c.name(), Integer.toString(score));
  }

  private static void put(String prefix, ResourceList list, Map<String, String> facts) {
    list.toMap().forEach((name, amount) -> facts.put(prefix + name, amount.toString()));
  }
}

package dev.slipway.tests.scenario;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.scheduling.ControllerRef;
import dev.slipway.engine.scheduling.HostPort;
import dev.slipway.engine.scheduling.LabelRequirement;
import dev.slipway.engine.scheduling.LabelSelector;
import dev.slipway.engine.scheduling.NodeAffinity;
import dev.slipway.engine.scheduling.NodeImage;
import dev.slipway.engine.scheduling.NodeSelectorTerm;
import dev.slipway.engine.scheduling.PodAffinity;
import dev.slipway.engine.scheduling.PodTerm;
import dev.slipway.engine.scheduling.SchedulingNode;
import dev.slipway.engine.scheduling.SchedulingPod;
import dev.slipway.engine.scheduling.SchedulingSpec;
import dev.slipway.engine.scheduling.SpreadConstraint;
import dev.slipway.engine.scheduling.Taint;
import dev.slipway.engine.scheduling.Toleration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pods and nodes of the placement table.
 *
 * <p>A node is words: its name, amounts ({@code c=4 m=8Gi pods=110}), {@code closed} for
 * unschedulable, labels with a colon ({@code zone:a}), taints ({@code !key=value/NoSchedule}),
 * images ({@code @name=MiB}), {@code cond:Ready=True}, {@code note:a=b} an annotation. {@code zone}
 * and {@code host} stand for the well-known keys.
 *
 * <p>A pod is parts divided by {@code ;}: the containers of {@link SumsText} and {@code labels
 * k=v}, {@code ns b}, {@code node n1}, {@code select k=v}, {@code tolerate key=value/Effect} (key
 * {@code *} for any; without value: Exists), {@code require key Op values} (one term), {@code
 * prefer 10 key Op values}, {@code field n1 n2} (a term for each name), {@code both n1 n2} (one
 * term with all), {@code affine KEY SELECTOR}, {@code avoid KEY SELECTOR}, {@code near 5 KEY
 * SELECTOR}, {@code far 5 KEY SELECTOR}, {@code spread KEY SKEW SELECTOR}, {@code soft KEY SKEW
 * SELECTOR}, {@code port 80}, {@code image NAME}, {@code priority 5}, {@code never}, {@code gates
 * g1}, {@code nominated n1}, {@code owner KIND NAME}, {@code deleting}, {@code preempted}, {@code
 * start 5} (seconds). A selector is {@code k=v,k}, {@code {}} or {@code -} for none; behind it
 * {@code keys=k}, {@code min=3}, {@code taints} and {@code anynode} for a constraint, {@code
 * in=ns1,ns2} and {@code inlabel=SELECTOR} for a term.
 */
final class PlacementText {
  private static final Map<String, String> KEYS =
      Map.of("zone", "topology.kubernetes.io/zone", "host", "kubernetes.io/hostname");
  private static final Set<String> SUMS = Set.of("A", "S", "I", "O", "P", "status");
  private static final long MIB = 1 << 20;

  private final List<String> sums = new ArrayList<>();
  private final Map<String, String> labels = new LinkedHashMap<>();
  private final List<Toleration> tolerations = new ArrayList<>();
  private final List<NodeSelectorTerm> required = new ArrayList<>();
  private final List<NodeAffinity.Preferred> preferred = new ArrayList<>();
  private final List<PodTerm> affine = new ArrayList<>();
  private final List<PodTerm> avoid = new ArrayList<>();
  private final List<PodTerm.Weighted> near = new ArrayList<>();
  private final List<PodTerm.Weighted> far = new ArrayList<>();
  private final List<SpreadConstraint> spread = new ArrayList<>();
  private final List<HostPort> ports = new ArrayList<>();
  private final List<String> images = new ArrayList<>();
  private List<String> gates = List.of();
  private @Nullable Map<String, String> selector;
  private @Nullable ControllerRef owner;
  private String namespace = "default";
  private String node = "";
  private String nominated = "";
  private int priority;
  private boolean never;
  private boolean deleting;
  private boolean preempted;
  private long start = Times.NONE;

  private PlacementText() {}

  static SchedulingPod pod(String name, String cell) {
    PlacementText text = new PlacementText();
    for (String part : cell.split(";")) {
      text.take(part.strip());
    }
    return new SchedulingPod(
        name, name, text.spec(), text.nominated, text.deleting, text.preempted, text.start);
  }

  private SchedulingSpec spec() {
    String containers = sums.isEmpty() ? "A" : String.join("; ", sums);
    long imageCount = sums.stream().filter(part -> "ASI".contains(part.substring(0, 1))).count();
    return SchedulingSpec.builder(namespace)
        .labels(labels)
        .controller(owner)
        .nodeName(node)
        .nodeSelector(selector)
        .nodeAffinity(
            new NodeAffinity(
                required.isEmpty() ? null : required, preferred.isEmpty() ? null : preferred))
        .tolerations(tolerations)
        .affinity(new PodAffinity(affine, near))
        .antiAffinity(new PodAffinity(avoid, far))
        .spread(spread)
        .hostPorts(ports)
        .images(images, (int) Math.max(1, imageCount))
        .priority(priority)
        .neverPreempts(never)
        .gates(gates)
        .resources(SumsText.pod(containers))
        .build();
  }

  private void take(String part) {
    List<String> words = Arrays.asList(part.split(" +"));
    List<String> rest = words.subList(1, words.size());
    if (SUMS.contains(words.get(0))) {
      sums.add(part);
      return;
    }
    switch (words.get(0)) {
      case "" -> {}
      case "labels" -> labels.putAll(pairs(String.join(",", rest)));
      case "ns" -> namespace = rest.get(0);
      case "node" -> node = rest.get(0);
      case "select" -> selector = pairs(String.join(",", rest));
      case "tolerate" -> tolerations.add(toleration(rest.get(0)));
      case "require" -> required.add(term(rest));
      case "prefer" ->
          preferred.add(
              new NodeAffinity.Preferred(
                  Integer.parseInt(rest.get(0)), term(rest.subList(1, rest.size()))));
      case "field" -> rest.forEach(name -> required.add(field(List.of(name))));
      case "both" -> required.add(field(rest));
      case "affine" -> affine.add(podTerm(rest));
      case "avoid" -> avoid.add(podTerm(rest));
      case "near" -> near.add(weighted(rest));
      case "far" -> far.add(weighted(rest));
      case "spread" -> spread.add(constraint(rest, true));
      case "soft" -> spread.add(constraint(rest, false));
      default -> flag(words.get(0), rest);
    }
  }

  private void flag(String word, List<String> rest) {
    switch (word) {
      case "port" -> ports.add(port(rest.get(0)));
      case "image" -> images.add(rest.get(0));
      case "priority" -> priority = Integer.parseInt(rest.get(0));
      case "never" -> never = true;
      case "gates" -> gates = List.copyOf(rest);
      case "nominated" -> nominated = rest.get(0);
      case "owner" -> owner = owner(rest.get(0), rest.get(1));
      case "deleting" -> deleting = true;
      case "preempted" -> preempted = true;
      case "start" -> start = Long.parseLong(rest.get(0)) * Times.SECOND;
      default -> throw new IllegalArgumentException("no such part of a pod: " + word);
    }
  }

  static ControllerRef owner(String kind, String name) {
    return new ControllerRef(kind.equals("ReplicationController") ? "v1" : "apps/v1", kind, name);
  }

  private static HostPort port(String text) {
    String[] parts = text.split("/");
    return new HostPort(
        parts.length > 2 ? parts[2] : "",
        parts.length > 1 ? parts[1] : "",
        Integer.parseInt(parts[0]));
  }

  private static Toleration toleration(String text) {
    String[] sides = text.split("/");
    String effect = sides.length > 1 ? sides[1] : "";
    String[] pair = sides[0].split("=");
    boolean equal = pair.length > 1;
    return new Toleration(
        pair[0].equals("*") ? "" : pair[0],
        Toleration.Operator.of(equal ? "Equal" : "Exists"),
        equal ? pair[1] : "",
        effect.isEmpty() ? null : Taint.Effect.of(effect));
  }

  private static NodeSelectorTerm term(List<String> words) {
    return words.isEmpty()
        ? new NodeSelectorTerm(List.of(), List.of())
        : new NodeSelectorTerm(List.of(requirement(words)), List.of());
  }

  private static LabelRequirement requirement(List<String> words) {
    return new LabelRequirement(
        key(words.get(0)),
        LabelRequirement.Operator.of(words.get(1)),
        words.subList(2, words.size()));
  }

  private static NodeSelectorTerm field(List<String> names) {
    return new NodeSelectorTerm(
        List.of(),
        names.stream()
            .map(name ->
                new LabelRequirement("metadata.name", LabelRequirement.Operator.IN, List.of(name)))
            .toList());
  }

  private static PodTerm.Weighted weighted(List<String> words) {
    return new PodTerm.Weighted(
        Integer.parseInt(words.get(0)), podTerm(words.subList(1, words.size())));
  }

  private static PodTerm podTerm(List<String> words) {
    List<String> in = List.of();
    LabelSelector namespaces = null;
    for (String word : words.subList(2, words.size())) {
      if (word.startsWith("in=")) {
        in = List.of(word.substring("in=".length()).split(","));
      } else {
        namespaces = selector(word.substring("inlabel=".length()));
      }
    }
    return new PodTerm(key(words.get(0)), selector(words.get(1)), in, namespaces);
  }

  private static SpreadConstraint constraint(List<String> words, boolean hard) {
    List<String> keys = List.of();
    int min = 1;
    for (String word : words) {
      keys = word.startsWith("keys=") ? List.of(word.substring("keys=".length())) : keys;
      min = word.startsWith("min=") ? Integer.parseInt(word.substring("min=".length())) : min;
    }
    return new SpreadConstraint(
        Integer.parseInt(words.get(1)),
        key(words.get(0)),
        hard,
        selector(words.get(2)),
        keys,
        min,
        !words.contains("anynode"),
        words.contains("taints"));
  }

  /** {@code k=v,k}, {@code {}}, or {@code -} for none. */
  static @Nullable LabelSelector selector(String text) {
    if (text.equals("-")) {
      return null;
    }
    Map<String, String> pairs = new LinkedHashMap<>();
    List<LabelRequirement> exist = new ArrayList<>();
    for (String word : text.equals("{}") ? new String[0] : text.split(",")) {
      if (word.contains("=")) {
        pairs.putAll(pairs(word));
      } else {
        exist.add(new LabelRequirement(key(word), LabelRequirement.Operator.EXISTS, List.of()));
      }
    }
    return new LabelSelector(pairs, exist);
  }

  static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String word : text.split(",")) {
      String[] pair = word.split("=", 2);
      pairs.put(key(pair[0]), pair[1]);
    }
    return pairs;
  }

  private static String key(String word) {
    return KEYS.getOrDefault(word, word);
  }

  static SchedulingNode node(String text) {
    List<String> words = Arrays.asList(text.split(" +"));
    Map<String, String> labels = new LinkedHashMap<>();
    Map<String, String> notes = new LinkedHashMap<>();
    Map<String, String> conditions = new LinkedHashMap<>();
    Map<String, Quantity> amounts = new LinkedHashMap<>();
    List<Taint> taints = new ArrayList<>();
    List<NodeImage> images = new ArrayList<>();
    for (String word : words.subList(1, words.size())) {
      if (word.equals("closed")) {
        continue;
      }
      String body = word.substring(1);
      if (word.startsWith("!")) {
        taints.add(taint(body));
      } else if (word.startsWith("@")) {
        int at = body.lastIndexOf('=');
        long size = Long.parseLong(body.substring(at + 1)) * MIB;
        images.add(new NodeImage(List.of(body.substring(0, at)), size));
      } else if (word.startsWith("cond:")) {
        conditions.putAll(pairs(word.substring("cond:".length())));
      } else if (word.startsWith("note:")) {
        notes.putAll(pairs(word.substring("note:".length())));
      } else if (word.contains(":")) {
        String[] pair = word.split(":", 2);
        labels.put(key(pair[0]), pair[1]);
      } else {
        String[] pair = word.split("=", 2);
        amounts.put(SumsText.name(pair[0]), Quantity.parse(pair[1]));
      }
    }
    return new SchedulingNode(
        words.get(0),
        labels,
        notes,
        taints,
        words.contains("closed"),
        ResourceList.of(amounts),
        images,
        conditions);
  }

  private static Taint taint(String text) {
    String[] sides = text.split("/");
    String[] pair = sides[0].split("=");
    return new Taint(pair[0], pair.length > 1 ? pair[1] : "", Taint.Effect.of(sides[1]));
  }
}

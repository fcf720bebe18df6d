package dev.slipway.tests.scenario;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.ContainerResourceStatus;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.NodeAllocatableClaim;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QosClass;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceStatus;
import dev.slipway.engine.resources.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Pods and amounts of the resource tables. A pod is parts divided by {@code ;}, a letter and
 * amounts each: {@code A} app, {@code S} sidecar, {@code I} regular init container, {@code O}
 * overhead, {@code P} pod level ({@code P {}} is an empty one); containers are named a0, s0, i0 and
 * so on. An amount is {@code name=request}, {@code name=request/limit} or {@code name=/limit}; c, m
 * and e stand for cpu, memory and ephemeral-storage. Further parts: {@code status a0 alloc[c=1]
 * actual[c=1/2]}, {@code status pod ...}, {@code infeasible}, {@code class Guaranteed}, {@code
 * claim containers=2 maps[c=1] pod[c=1] each[c=1]}.
 */
final class SumsText {
  private static final Map<String, String> SHORT =
      Map.of("cpu", "c", "memory", "m", "ephemeral-storage", "e");

  private final List<ContainerResources> apps = new ArrayList<>();
  private final List<ContainerResources> inits = new ArrayList<>();
  private final List<ContainerResourceStatus> statuses = new ArrayList<>();
  private final List<NodeAllocatableClaim> claims = new ArrayList<>();
  private @Nullable Resources podLevel;
  private ResourceList overhead = ResourceList.ABSENT;
  private ResourceList allocated = ResourceList.ABSENT;
  private @Nullable Resources actual;
  private boolean infeasible;
  private @Nullable QosClass stored;

  private SumsText() {}

  static PodResources pod(String cell) {
    SumsText text = new SumsText();
    for (String part : cell.split(";")) {
      text.take(part.strip());
    }
    var status =
        new ResourceStatus(
            text.statuses, text.allocated, text.actual, text.infeasible, text.claims, text.stored);
    return new PodResources(text.inits, text.apps, text.podLevel, text.overhead, status);
  }

  private void take(String part) {
    int blank = part.indexOf(' ');
    String kind = blank < 0 ? part : part.substring(0, blank);
    String rest = blank < 0 ? "" : part.substring(blank + 1).strip();
    switch (kind) {
      case "A" -> apps.add(new ContainerResources("a" + apps.size(), false, resources(rest)));
      case "S" -> inits.add(new ContainerResources("s" + inits.size(), true, resources(rest)));
      case "I" -> inits.add(new ContainerResources("i" + inits.size(), false, resources(rest)));
      case "O" -> overhead = resources(rest).requests();
      case "P" -> podLevel = rest.equals("{}") ? resources("") : resources(rest);
      case "status" -> status(new Given(rest));
      case "infeasible" -> infeasible = true;
      case "class" -> stored = QosClass.parse(rest);
      case "claim" -> claim(new Given(rest));
      default -> throw new IllegalArgumentException("no such part of a pod: " + part);
    }
  }

  private void status(Given given) {
    ResourceList aside =
        given.has("alloc") ? resources(given.get("alloc", "")).requests() : ResourceList.ABSENT;
    Resources inForce = given.has("actual") ? resources(given.get("actual", "")) : null;
    if (given.word(0).equals("pod")) {
      allocated = aside;
      actual = inForce;
    } else {
      statuses.add(new ContainerResourceStatus(given.word(0), aside, inForce));
    }
  }

  private void claim(Given given) {
    var maps = new ArrayList<NodeAllocatableClaim.Mapping>();
    list(given.get("maps", "-"))
        .toMap()
        .forEach((name, amount) -> maps.add(new NodeAllocatableClaim.Mapping(name, amount)));
    var overheads = new ArrayList<NodeAllocatableClaim.Overhead>();
    ResourceList each = list(given.get("each", "-"));
    list(given.get("pod", "-"))
        .toMap()
        .forEach((name, amount) ->
            overheads.add(new NodeAllocatableClaim.Overhead(name, amount, each.get(name))));
    claims.add(new NodeAllocatableClaim((int) given.number("containers", 1), maps, overheads));
  }

  private static Resources resources(String text) {
    Map<String, Quantity> requests = new LinkedHashMap<>();
    Map<String, Quantity> limits = new LinkedHashMap<>();
    for (String word : text.isBlank() ? new String[0] : text.split(" +")) {
      int equals = word.indexOf('=');
      String name = name(word.substring(0, equals));
      String value = word.substring(equals + 1);
      int slash = value.indexOf('/');
      put(requests, name, slash < 0 ? value : value.substring(0, slash));
      put(limits, name, slash < 0 ? "" : value.substring(slash + 1));
    }
    return new Resources(
        requests.isEmpty() ? ResourceList.ABSENT : ResourceList.of(requests),
        limits.isEmpty() ? ResourceList.ABSENT : ResourceList.of(limits));
  }

  private static void put(Map<String, Quantity> list, String name, String amount) {
    if (!amount.isEmpty()) {
      list.put(name, Quantity.parse(amount));
    }
  }

  static String name(String word) {
    return SHORT.entrySet().stream()
        .filter(entry -> entry.getValue().equals(word))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(word);
  }

  /** Requests only: {@code c=1 m=1Gi}, {@code -} for none. */
  static ResourceList list(String text) {
    return text.equals("-") || text.isBlank() ? ResourceList.EMPTY : resources(text).requests();
  }

  /** The same in words of the table, sorted by name. */
  static String words(ResourceList list) {
    return list.isEmpty()
        ? "-"
        : list.toMap().entrySet().stream()
            .map(entry ->
                SHORT.getOrDefault(entry.getKey(), entry.getKey()) + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
  }
}

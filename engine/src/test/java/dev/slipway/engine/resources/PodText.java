package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pods in one line, for tables of rules: parts divided by {@code ;}, each a letter and amounts.
 * {@code A} app, {@code S} sidecar, {@code I} regular init container, {@code O} overhead, {@code P}
 * pod level. An amount is {@code name=request}, {@code name=request/limit}, {@code name=/limit};
 * cpu and memory may be shortened to c and m.
 */
final class PodText {
  private PodText() {}

  static PodResources pod(String text) {
    var apps = new ArrayList<ContainerResources>();
    var inits = new ArrayList<ContainerResources>();
    Resources podLevel = null;
    ResourceList overhead = ResourceList.ABSENT;
    for (String part : text.split(";")) {
      String[] words = part.strip().split("\\s+");
      Resources resources = resources(words);
      switch (words[0]) {
        case "A" -> apps.add(new ContainerResources("a" + apps.size(), false, resources));
        case "S" -> inits.add(new ContainerResources("s" + inits.size(), true, resources));
        case "I" -> inits.add(new ContainerResources("i" + inits.size(), false, resources));
        case "O" -> overhead = resources.requests();
        case "P" -> podLevel = resources;
        default -> throw new IllegalArgumentException("no such part: " + part);
      }
    }
    return new PodResources(inits, apps, podLevel, overhead, ResourceStatus.NONE);
  }

  private static Resources resources(String[] words) {
    Map<String, Quantity> requests = new LinkedHashMap<>();
    Map<String, Quantity> limits = new LinkedHashMap<>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      String name = name(words[i].substring(0, equals));
      String[] amounts = words[i].substring(equals + 1).split("/", -1);
      put(requests, name, amounts[0]);
      put(limits, name, amounts.length > 1 ? amounts[1] : "");
    }
    return new Resources(list(requests), list(limits));
  }

  private static ResourceList list(Map<String, Quantity> entries) {
    return entries.isEmpty() ? ResourceList.ABSENT : ResourceList.of(entries);
  }

  private static void put(Map<String, Quantity> list, String name, String amount) {
    if (!amount.isEmpty()) {
      list.put(name, Quantity.parse(amount));
    }
  }

  private static String name(String text) {
    return switch (text) {
      case "c" -> "cpu";
      case "m" -> "memory";
      case "e" -> "ephemeral-storage";
      default -> text;
    };
  }

  /** A list of amounts, {@code c=1 m=64Mi}; {@code -} is empty. */
  static ResourceList list(@Nullable String text) {
    if (text == null || text.equals("-")) {
      return ResourceList.EMPTY;
    }
    return resources(("A " + text).split("\\s+")).requests();
  }

  /** The app containers of a pod. */
  static List<ContainerResources> apps(PodResources pod) {
    return pod.containers();
  }
}

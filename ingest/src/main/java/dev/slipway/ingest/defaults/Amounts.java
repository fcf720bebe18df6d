package dev.slipway.ingest.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Quantity;
import java.util.Map;
import java.util.TreeMap;

/**
 * Amounts of a pod's containers taken together (rule R-030, pod-level amounts and overhead left
 * out).
 */
public final class Amounts {
  private Amounts() {}

  /** The amounts of a list of a tree in normal form. */
  public static Map<String, Quantity> of(JsonNode list) {
    var amounts = new TreeMap<String, Quantity>();
    list.properties().forEach(e -> amounts.put(e.getKey(), Quantity.parse(e.getValue().asText())));
    return amounts;
  }

  /**
   * What the containers of a pod need together: apps and sidecars at once, or one regular init
   * container beside the sidecars started before it, whichever is more.
   *
   * @param spec the pod's spec
   * @param list {@code requests} or {@code limits}
   */
  public static Map<String, Quantity> aggregate(JsonNode spec, String list) {
    var sum = new TreeMap<String, Quantity>();
    for (JsonNode container : spec.path("containers")) {
      add(sum, of(container.path("resources").path(list)));
    }
    var sidecars = new TreeMap<String, Quantity>();
    var init = new TreeMap<String, Quantity>();
    for (JsonNode container : spec.path("initContainers")) {
      Map<String, Quantity> own = of(container.path("resources").path(list));
      if (container.path("restartPolicy").asText().equals("Always")) {
        add(sum, own);
        add(sidecars, own);
        max(init, sidecars);
      } else {
        add(own, sidecars);
        max(init, own);
      }
    }
    max(sum, init);
    return sum;
  }

  private static void add(Map<String, Quantity> to, Map<String, Quantity> amounts) {
    amounts.forEach((name, amount) -> to.merge(name, amount, Quantity::add));
  }

  private static void max(Map<String, Quantity> to, Map<String, Quantity> amounts) {
    amounts.forEach((name, amount) -> to.merge(name, amount, Quantity::max));
  }

  /** Names a pod-level amount may have. */
  public static boolean podLevel(String name) {
    return isComputed(name) || isHugePages(name);
  }

  static boolean isComputed(String name) {
    return name.equals("cpu") || name.equals("memory");
  }

  public static boolean isHugePages(String name) {
    return name.startsWith("hugepages-");
  }
}

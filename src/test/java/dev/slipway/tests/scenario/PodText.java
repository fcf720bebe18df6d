package dev.slipway.tests.scenario;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.runtime.ContainerScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pod of a row. The shape {@code [i1 s2? | a1 | e1]} lists init, app and ephemeral containers;
 * names beginning with {@code s} are sidecars. Behind it: the restart policy, {@code g=30}, {@code
 * deadline=20}, {@code gates=x,y}, {@code has=req.cpu:1} (pod-level resources), {@code
 * sandbox=fails2} and the like.
 */
final class PodText {
  private static final long DEFAULT_GRACE = 30;

  private final List<List<ContainerText>> lists = List.of(list(), list(), list());
  private RestartPolicy policy = RestartPolicy.ALWAYS;
  private @Nullable Long grace = DEFAULT_GRACE;
  private @Nullable Long deadline;
  private List<String> gates = List.of();
  private @Nullable ResourceRequirements resources;
  private Map<String, Quantity> overhead = Map.of();
  int sandboxFails;
  long sandboxCreate;

  PodText(String cell) {
    int end = cell.indexOf(']');
    String[] groups = cell.substring(1, end).split("\\|", -1);
    for (int g = 0; g < groups.length; g++) {
      for (String word : words(groups[g])) {
        boolean probed = word.endsWith("?");
        ContainerText container =
            new ContainerText(probed ? word.substring(0, word.length() - 1) : word);
        if (probed) {
          container.probed();
        }
        lists.get(g).add(container);
      }
    }
    for (String word : words(cell.substring(end + 1))) {
      set(word);
    }
  }

  private static List<ContainerText> list() {
    return new ArrayList<>();
  }

  static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  private void set(String word) {
    int at = word.indexOf('=');
    if (at < 0) {
      policy = RestartPolicy.of(word);
      return;
    }
    String value = word.substring(at + 1);
    switch (word.substring(0, at)) {
      case "g" -> grace = value.equals("-") ? null : Long.valueOf(value);
      case "deadline" -> deadline = Long.valueOf(value);
      case "gates" -> gates = List.of(value.split(","));
      case "sandboxFails" -> sandboxFails = Integer.parseInt(value);
      case "has" -> resources = ContainerText.resources(value);
      case "overhead" -> overhead = ContainerText.resources(value).requests();
      case "sandbox" -> sandboxCreate = Seconds.of(value);
      default -> throw new IllegalArgumentException("unknown word of a pod: " + word);
    }
  }

  /** The containers a name means; {@code s*} means all whose names begin so. */
  List<ContainerText> named(String name) {
    String prefix = name.endsWith("*") ? name.substring(0, name.length() - 1) : name;
    boolean many = name.endsWith("*");
    List<ContainerText> found =
        all().stream()
            .filter(c -> many ? c.name.startsWith(prefix) : c.name.equals(prefix))
            .toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException("no such container: " + name);
    }
    return found;
  }

  /** All containers by ordinal. */
  List<ContainerText> all() {
    return lists.stream().flatMap(List::stream).toList();
  }

  PodSpec spec() {
    return new PodSpec(
        policy, grace, deadline, false, "node", gates, specs(0), specs(1), specs(2), resources,
        overhead, null, "");
  }

  private List<ContainerSpec> specs(int group) {
    return lists.get(group).stream().map(ContainerText::spec).toList();
  }

  List<ContainerScript> scripts() {
    return all().stream().map(ContainerText::script).toList();
  }

  static ObjectMeta meta() {
    return ObjectMeta.of("ns", "pod", "uid");
  }
}

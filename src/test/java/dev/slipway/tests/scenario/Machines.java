package dev.slipway.tests.scenario;

import dev.slipway.engine.state.ContainerTransition;
import dev.slipway.engine.state.PodTransition;
import dev.slipway.engine.state.ProbeTransition;
import dev.slipway.engine.state.RecordTransition;
import dev.slipway.engine.state.Transition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The engine's state machines and how the docs draw them. */
final class Machines {
  /** By the name the docs give them. */
  static final Map<String, List<? extends Transition>> ALL = all();

  private Machines() {}

  private static Map<String, List<? extends Transition>> all() {
    Map<String, List<? extends Transition>> machines = new LinkedHashMap<>();
    machines.put("The pod worker", List.of(PodTransition.values()));
    machines.put("The operation of a container", List.of(ContainerTransition.values()));
    machines.put("A record of the runtime", List.of(RecordTransition.values()));
    machines.put("A probe worker", List.of(ProbeTransition.values()));
    return machines;
  }

  /** All of them as Markdown with Mermaid diagrams. */
  static List<String> markdown() {
    List<String> lines = new ArrayList<>();
    ALL.forEach((title, transitions) -> {
      lines.add("**" + title + "**");
      lines.add("");
      lines.add("```mermaid");
      lines.add("stateDiagram-v2");
      arrows(transitions)
          .forEach((arrow, causes) -> lines.add("  " + arrow + ": " + String.join(" / ", causes)));
      lines.add("```");
      lines.add("");
    });
    return lines;
  }

  private static Map<String, List<String>> arrows(List<? extends Transition> transitions) {
    Map<String, List<String>> arrows = new LinkedHashMap<>();
    for (Transition t : transitions) {
      String arrow = state(t.from()) + " --> " + state(t.to());
      arrows.computeIfAbsent(arrow, _ -> new ArrayList<>()).add(t.cause().replace(';', ','));
    }
    return arrows;
  }

  private static String state(String name) {
    return name.equals("-") ? "[*]" : name;
  }
}

package dev.slipway.ops.resources;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceNames;
import dev.slipway.engine.resources.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The moments of a pod's life that decide about one amount (rules ): each init
 * container with the sidecars before it, then all that runs together; the highest sets the amount.
 */
final class Explanation {
  /** What one container brings to a moment. */
  private record Part(String container, Quantity amount) {}

  /**
   * A moment.
   *
   * @param container whose start the moment is; empty for the steady state
   * @param parts all that counts then, zeros left out
   */
  private record Moment(String text, String container, List<Part> parts) {
    Quantity amount() {
      return parts.stream().map(Part::amount).reduce(Quantity.ZERO, Quantity::add);
    }

    String sum() {
      return parts.isEmpty()
          ? "nothing"
          : parts.stream()
              .map(part -> part.container() + " " + part.amount())
              .collect(Collectors.joining(" + "));
    }
  }

  private final PodResources pod;
  private final String name;
  private final boolean requests;
  private final List<Moment> moments = new ArrayList<>();

  private Explanation(PodResources pod, String name, boolean requests) {
    this.pod = pod;
    this.name = name;
    this.requests = requests;
    var together = new ArrayList<Part>();
    for (ContainerResources init : pod.initContainers()) {
      var parts = new ArrayList<>(together);
      add(parts, init);
      if (init.alwaysRestarts()) {
        moments.add(
            new Moment("from the start of sidecar " + init.name() + " on", init.name(), parts));
        add(together, init);
      } else {
        moments.add(
            new Moment("while init container " + init.name() + " runs", init.name(), parts));
      }
    }
    pod.containers().forEach(app -> add(together, app));
    moments.add(new Moment("once all containers run", "", together));
  }

  static Explanation ofRequest(PodResources pod, String name) {
    return new Explanation(pod, name, true);
  }

  static Explanation ofLimit(PodResources pod, String name) {
    return new Explanation(pod, name, false);
  }

  /** App, init and sidecar containers without a limit of that name. */
  static List<String> withoutLimit(PodResources pod, String name) {
    return Stream.concat(pod.initContainers().stream(), pod.containers().stream())
        .filter(container -> !container.limits().isNonZero(name))
        .map(ContainerResources::name)
        .toList();
  }

  private void add(List<Part> parts, ContainerResources container) {
    ResourceList list = requests ? container.requests() : container.limits();
    if (list.isNonZero(name)) {
      parts.add(new Part(container.name(), list.getOrZero(name)));
    }
  }

  /** Nobody names the resource. */
  boolean isEmpty() {
    return moments.stream().allMatch(moment -> moment.parts().isEmpty())
        && podLevel() == null
        && pod.overhead().getOrZero(name).isZero();
  }

  String title() {
    return name + (requests ? " request" : " limit");
  }

  private @Nullable Quantity podLevel() {
    Resources podLevel = pod.podLevel();
    if (podLevel == null || !ResourceNames.isPodLevel(name)) {
      return null;
    }
    return (requests ? podLevel.requests() : podLevel.limits()).get(name);
  }

  List<String> lines(UnaryOperator<String> startOf) {
    Quantity podLevel = podLevel();
    Moment highest = moments.getFirst();
    for (Moment moment : moments) {
      // The steady state wins a tie: it lasts.
      boolean last = moment.container().isEmpty();
      int order = moment.amount().compareTo(highest.amount());
      highest = order > 0 || order == 0 && last ? moment : highest;
    }
    var lines = new ArrayList<String>();
    for (Moment moment : moments) {
      boolean sets = moment == highest && podLevel == null && !moment.parts().isEmpty();
      lines.add(
          moment.amount()
              + " "
              + moment.text()
              + time(moment, startOf)
              + ": "
              + moment.sum()
              + (sets ? "  <- sets it" : ""));
    }
    if (podLevel != null) {
      String field = requests ? "spec.resources.requests" : "spec.resources.limits";
      lines.add(
          podLevel + " at pod level, in place of the containers' (" + field + ")  <- sets it");
    }
    overhead(lines, podLevel == null ? highest.amount() : podLevel);
    return lines;
  }

  private void overhead(List<String> lines, Quantity base) {
    Quantity overhead = pod.overhead().getOrZero(name);
    if (!overhead.isZero() && (requests || !base.isZero())) {
      lines.add("+" + overhead + " overhead of the runtime class");
    }
  }

  private static String time(Moment moment, UnaryOperator<String> startOf) {
    String start = moment.container().isEmpty() ? "" : startOf.apply(moment.container());
    return start.isEmpty() ? "" : " (" + start + ")";
  }
}

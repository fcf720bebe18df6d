package dev.slipway.engine.resources;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One condition of a quota on the pods it counts.
 *
 * @param name scope name; an entry of {@code spec.scopes} has operator Exists
 * @param values names of priority classes
 */
public record QuotaScope(String name, String operator, List<String> values) {
  public QuotaScope {
    values = List.copyOf(values);
  }

  /** What a scope says of a pod; a scope that cannot be read says why. */
  public record Match(boolean matches, String error) {
    private static final Match YES = new Match(true, "");
    private static final Match NO = new Match(false, "");

    static Match of(boolean matches) {
      return matches ? YES : NO;
    }
  }

  /** An entry of {@code spec.scopes}. */
  public static QuotaScope exists(String name) {
    return new QuotaScope(name, "Exists", List.of());
  }

  /** Whether the pod is one of those. */
  public Match match(QuotaPod pod) {
    return match(
        isBestEffort(pod), pod.priorityClassName(), hasDeadline(pod), pod.crossNamespaceAffinity());
  }

  /** The same for all a scope can see of a pod. */
  public Match match(
      boolean bestEffort,
      String priorityClass,
      boolean hasDeadline,
      boolean crossNamespaceAffinity) {
    return switch (name) {
      case "Terminating" -> Match.of(hasDeadline);
      case "NotTerminating" -> Match.of(!hasDeadline);
      case "BestEffort" -> Match.of(bestEffort);
      case "NotBestEffort" -> Match.of(!bestEffort);
      case "PriorityClass" -> priorityClass(priorityClass);
      case "CrossNamespacePodAffinity" -> Match.of(crossNamespaceAffinity);
      default -> Match.NO;
    };
  }

  private static boolean hasDeadline(QuotaPod pod) {
    Long deadline = pod.activeDeadlineSeconds();
    return deadline != null && deadline >= 0;
  }

  private static boolean isBestEffort(QuotaPod pod) {
    return QosRules.of(pod.resources()) == QosClass.BEST_EFFORT;
  }

  private Match priorityClass(String podClass) {
    return switch (operator) {
      case "Exists" -> Match.of(!podClass.isEmpty());
      case "DoesNotExist" ->
          values.isEmpty()
              ? Match.of(podClass.isEmpty())
              : unreadable(
                  "values: Invalid value: "
                      + quoted()
                      + ": values set must be empty for exists and does not exist");
      case "In", "NotIn" ->
          values.isEmpty()
              ? unreadable(
                  "values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty")
              : Match.of(
                  (!podClass.isEmpty() && values.contains(podClass)) == operator.equals("In"));
      default -> unreadable("\"" + operator + "\" is not a valid scope selector operator");
    };
  }

  private static Match unreadable(String why) {
    return new Match(false, "failed to parse and convert selector: " + why);
  }

  private String quoted() {
    return values.stream()
        .map(value -> '"' + value + '"')
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** As the reference prints it in errors. */
  @Override
  public String toString() {
    return "{" + name + " " + operator + " [" + String.join(" ", values) + "]}";
  }
}

package dev.slipway.ops.plan;

import dev.slipway.ingest.manifest.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of the input as a whole.
 *
 * @param planned workloads and pods that were run
 * @param passedOver objects without pods, by kind
 * @param problems everything wrong with the input
 */
record PlanCounts(int planned, TreeMap<String, Integer> passedOver, List<Problem> problems) {
  PlanCounts {
    problems = List.copyOf(problems);
  }

  /** One line for the end of a run. */
  String text() {
    int others = passedOver.values().stream().mapToInt(Integer::intValue).sum();
    StringBuilder text = new StringBuilder("planned " + planned);
    if (others > 0) {
      text.append(", passed over ").append(others).append(" (").append(kinds()).append(")");
    }
    if (!problems.isEmpty()) {
      long files = problems.stream().map(Problem::file).distinct().count();
      text.append(", ")
          .append(problems.size())
          .append(problems.size() == 1 ? " problem in " : " problems in ")
          .append(files)
          .append(files == 1 ? " file" : " files");
    }
    return text.toString();
  }

  private String kinds() {
    return passedOver.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}

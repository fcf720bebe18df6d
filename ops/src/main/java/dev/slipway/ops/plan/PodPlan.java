package dev.slipway.ops.plan;

import dev.slipway.ops.resources.PodSums;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A pod's plan and whose pod it is.
 *
 * @param kind of the workload
 * @param replicas how many pods of this kind the workload wants; one was run
 * @param sums what the pod requests and what bounds it
 * @param contacts who of its containers can talk to whom
 */
record PodPlan(
    String file,
    String kind,
    String namespace,
    String name,
    String podName,
    int replicas,
    Outcome outcome,
    Timeline timeline,
    PodSums sums,
    List<Contact> contacts) {
  PodPlan {
    contacts = List.copyOf(contacts);
  }

  private static final Set<Activity> RUNS = EnumSet.of(Activity.RUNNING, Activity.READY);

  /** {@code Deployment default/web}. */
  String title() {
    return kind + " " + namespace + "/" + name;
  }

  /** Which container sets which sum, and when it starts. */
  List<String> explanation() {
    return sums.explanation(this::start);
  }

  private String start(String container) {
    for (Track track : timeline.containers()) {
      if (track.name().equals(container)) {
        return track.segments().stream()
            .filter(segment -> RUNS.contains(segment.activity()))
            .findFirst()
            .map(segment -> "at " + Clock.text(segment.from()))
            .orElse("");
      }
    }
    return "";
  }
}

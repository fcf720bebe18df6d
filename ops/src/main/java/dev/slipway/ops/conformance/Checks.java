package dev.slipway.ops.conformance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The registry of all checks of this build: one {@link TopicChecks} per topic, one line each. */
public final class Checks {
  private static final List<TopicChecks> TOPICS =
      List.of(new EngineChecks(), new ApiChecks(), new ResourcesChecks(), new SchedulerChecks());

  private Checks() {}

  /** Every check by file name; two topics that claim the same file are a mistake of the build. */
  public static Map<String, VectorCheck> all() {
    var all = new TreeMap<String, VectorCheck>();
    for (TopicChecks topic : TOPICS) {
      topic
          .checks()
          .forEach((name, check) -> {
            if (all.put(name, check) != null) {
              throw new IllegalStateException("two checks for the same file: " + name);
            }
          });
    }
    return all;
  }
}

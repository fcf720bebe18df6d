package dev.slipway.ingest.trace;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.resources.LimitRange;
import dev.slipway.engine.resources.ResourceQuota;
import dev.slipway.ingest.manifest.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Gathers what one file brings. */
final class TraceBuilder {
  /** Of the same kind of mistake in one file so many are told; the rest is counted. */
  static final int PROBLEMS_MAX = 100;

  final String file;
  final List<TracePod> pods = new ArrayList<>();
  final List<TraceNode> nodes = new ArrayList<>();
  final Map<String, List<ResourceQuota>> quotas = new HashMap<>();
  final Map<String, List<LimitRange>> limitRanges = new HashMap<>();
  private final TreeMap<String, Integer> passedOver = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private int unsaid;
  long until = Times.NONE;

  TraceBuilder(String file) {
    this.file = file;
  }

  void problem(String field, String reason) {
    if (problems.size() < PROBLEMS_MAX) {
      problems.add(new Problem(file, field, reason));
    } else {
      unsaid++;
    }
  }

  void problem(Problem problem) {
    problem(problem.field(), problem.reason());
  }

  void passOver(String kind, int count) {
    passedOver.merge(kind, count, Integer::sum);
  }

  /** False and a problem if the name was taken before. */
  boolean claim(String name, String field) {
    if (!names.add(name)) {
      problem(field, "is there twice: " + name);
      return false;
    }
    return true;
  }

  Trace build() {
    if (unsaid > 0) {
      problems.add(new Problem(file, "", unsaid + " more like these"));
    }
    return new Trace(pods, nodes, quotas, limitRanges, until, 0, passedOver, problems);
  }
}

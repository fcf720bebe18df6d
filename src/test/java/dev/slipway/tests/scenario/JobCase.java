package dev.slipway.tests.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.job.BackoffRecord;
import dev.slipway.engine.job.FailurePolicy;
import dev.slipway.engine.job.Job;
import dev.slipway.engine.job.JobStatus;
import dev.slipway.engine.job.JobSync;
import dev.slipway.engine.job.JobView;
import dev.slipway.ingest.manifest.FieldProblems;
import dev.slipway.ingest.manifest.JobReader;
import dev.slipway.ingest.manifest.PodReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One look of the Job controller at its pods. The job: assignments to {@code spec}; given:
 * assignments to {@code pods}, parted by {@code ;}. Facts: {@code failed}, {@code succeeded},
 * {@code active} (names), {@code ready}, {@code terminating}, {@code pastLimit}, {@code policy}
 * (action for the first pod), {@code lastFailure} in seconds, {@code conditions} written.
 */
final class JobCase {
  private JobCase() {}

  /** The facts, by their keys. */
  static Map<String, String> seen(String job, String given) {
    ObjectNode root = JsonPaths.object();
    root.putObject("job").putObject("metadata").put("name", "j").put("namespace", "ns");
    root.withObject("/job").putObject("status").put("startTime", "1970-01-01T00:00:00Z");
    assign(root, job, "job.");
    assign(root, given, "");
    return facts(root);
  }

  private static void assign(ObjectNode root, String cell, String prefix) {
    for (String word : cell.split(";(?=\\s|$)")) {
      if (!word.isBlank()) {
        JsonPaths.set(root, prefix + word.strip());
      }
    }
  }

  private static List<Pod> pods(JsonNode root) {
    List<Pod> pods = new ArrayList<>();
    int k = 0;
    for (JsonNode node : root.path("pods")) {
      ObjectNode pod = (ObjectNode) node;
      ObjectNode meta = pod.withObject("/metadata");
      meta.put("name", "p" + k).put("namespace", "ns").put("uid", "u" + k);
      meta.putArray("finalizers").add("batch.kubernetes.io/job-tracking");
      k++;
      pods.add(PodReader.read(pod));
    }
    return pods;
  }

  private static Map<String, String> facts(ObjectNode root) {
    Job job = JobReader.read(root.path("job"), FieldProblems.IGNORED);
    List<Pod> pods = pods(root);
    JobView view = new JobView(job, pods, BackoffRecord.NONE);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("failed", names(view.newFailed()));
    facts.put("succeeded", names(view.newSucceeded()));
    facts.put("active", names(view.active()));
    facts.put("terminating", Integer.toString(view.terminating()));
    facts.put("pastLimit", Boolean.toString(view.pastBackoffLimitOnFailure()));
    long failure = view.backoff().lastFailureTime();
    facts.put("lastFailure", failure == Times.NONE ? "-" : Seconds.text(failure));
    JsonNode policy = root.path("job").path("spec").path("podFailurePolicy");
    if (!policy.isMissingNode()) {
      String action =
          FailurePolicy.of(JobReader.readFailureRules(policy), pods.getFirst()).action();
      facts.put("policy", String.valueOf(action));
    }
    JobStatus status = JobSync.run(job, pods, null, 1000 * Times.SECOND).status();
    facts.put(
        "conditions",
        status == null
            ? "-"
            : status.conditions().stream()
                .map(c -> c.type() + "/" + c.reason())
                .collect(Collectors.joining(",")));
    return facts;
  }

  private static String names(List<Pod> pods) {
    return "["
        + pods.stream().map(pod -> pod.metadata().name()).collect(Collectors.joining(","))
        + "]";
  }
}

package dev.slipway.ingest.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.job.FailureRule;
import dev.slipway.engine.job.Job;
import dev.slipway.engine.job.JobCondition;
import dev.slipway.engine.job.JobSpec;
import dev.slipway.engine.job.JobStatus;
import dev.slipway.engine.job.SuccessRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the tree of a Job into the engine's records; odd values are reported and read as absent.
 */
public final class JobReader {
  private static final int DEFAULT_BACKOFF_LIMIT = 6;

  private JobReader() {}

  /** The job of a tree. */
  public static Job read(JsonNode job, FieldProblems problems) {
    Node root = new Node(job, "", problems);
    Node metadata = root.get("metadata");
    return new Job(
        metadata.get("namespace").text(),
        metadata.get("name").text(),
        spec(root.get("spec")),
        status(root.get("status")));
  }

  private static JobSpec spec(Node spec) {
    return new JobSpec(
        or(spec.get("parallelism").whole32OrNull(), 1),
        spec.get("completions").whole32OrNull(),
        spec.get("activeDeadlineSeconds").wholeOrNull(),
        or(spec.get("backoffLimit").whole32OrNull(), DEFAULT_BACKOFF_LIMIT),
        spec.get("backoffLimitPerIndex").whole32OrNull(),
        spec.get("maxFailedIndexes").whole32OrNull(),
        spec.get("completionMode").text().equals("Indexed"),
        spec.get("suspend").bool(),
        spec.get("podReplacementPolicy").text().equals("Failed"),
        policy(spec.get("template").get("spec").get("restartPolicy").text()),
        failureRules(spec.get("podFailurePolicy")),
        spec.get("successPolicy").get("rules").list(JobReader::successRule));
  }

  private static int or(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }

  private static RestartPolicy policy(String text) {
    return text.equals("OnFailure") ? RestartPolicy.ON_FAILURE : RestartPolicy.NEVER;
  }

  /** The rules of a failure policy, null where there is none. */
  static @Nullable List<FailureRule> failureRules(Node policy) {
    return policy.present() ? policy.get("rules").list(JobReader::failureRule) : null;
  }

  /** The rules of a failure policy, given its tree. */
  public static List<FailureRule> readFailureRules(JsonNode policy) {
    Node node = new Node(policy, "podFailurePolicy", FieldProblems.IGNORED);
    return node.get("rules").list(JobReader::failureRule);
  }

  private static FailureRule failureRule(Node rule) {
    Node exitCodes = rule.get("onExitCodes");
    return new FailureRule(
        rule.get("action").text(),
        exitCodes.present()
            ? new FailureRule.OnExitCodes(
                exitCodes.get("containerName").textOrNull(),
                exitCodes.get("operator").text(),
                exitCodes.get("values").list(Node::whole32))
            : null,
        rule.get("onPodConditions")
            .list(pattern ->
                new FailureRule.OnCondition(
                    pattern.get("type").text(), ConditionStatus.of(pattern.get("status").text()))));
  }

  private static SuccessRule successRule(Node rule) {
    return new SuccessRule(
        rule.get("succeededIndexes").textOrNull(), rule.get("succeededCount").whole32OrNull());
  }

  private static JobStatus status(Node status) {
    Node uncounted = status.get("uncountedTerminatedPods");
    return new JobStatus(
        status.get("conditions").list(JobReader::condition),
        ApiTimes.read(status.get("startTime")),
        ApiTimes.read(status.get("completionTime")),
        status.get("active").whole32(),
        status.get("succeeded").whole32(),
        status.get("failed").whole32(),
        status.get("ready").whole32OrNull(),
        status.get("terminating").whole32OrNull(),
        status.get("completedIndexes").text(),
        status.get("failedIndexes").textOrNull(),
        uncounted.get("succeeded").list(Node::text),
        uncounted.get("failed").list(Node::text));
  }

  private static JobCondition condition(Node condition) {
    return new JobCondition(
        condition.get("type").text(),
        condition.get("status").text().equals("True"),
        condition.get("reason").text(),
        condition.get("message").text());
  }
}

package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.job.BackoffRecord;
import dev.slipway.engine.job.FailurePolicy;
import dev.slipway.engine.job.Job;
import dev.slipway.engine.job.JobCondition;
import dev.slipway.engine.job.JobPodFacts;
import dev.slipway.engine.job.JobStatus;
import dev.slipway.engine.job.JobSync;
import dev.slipway.engine.job.JobView;
import dev.slipway.ingest.manifest.ApiTimes;
import dev.slipway.ingest.manifest.FieldProblems;
import dev.slipway.ingest.manifest.JobReader;
import dev.slipway.ingest.manifest.PodReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code api/job}: how the Job controller judges pods, waits, and what a pass of it writes. */
final class ApiJobCheck implements VectorCheck {
  private static final int PENDING_SHOWN = 10;

  @Override
  public Verdict check(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    ObjectNode actual =
        switch (in.path("op").asText()) {
          case "delay" -> delay(in);
          case "policy" -> policy(in);
          case "judge" -> judge(in);
          default -> sync(in);
        };
    return Verdict.of(Facts.of(vector.path("out")), Facts.of(actual));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  private static ObjectNode delay(JsonNode in) {
    long elapsed = TimeUnit.MILLISECONDS.toNanos(in.path("millisSinceLastFailure").asLong());
    var record = new BackoffRecord(in.path("failures").asInt(), 0);
    return object().put("remainingMillis", millis(record.remaining(elapsed)));
  }

  private static ObjectNode policy(JsonNode in) {
    FailurePolicy.Match match =
        FailurePolicy.of(
            in.has("policy") ? JobReader.readFailureRules(in.path("policy")) : null,
            PodReader.read(in.path("pod")));
    return policy(match);
  }

  private static ObjectNode policy(FailurePolicy.Match match) {
    ObjectNode out = object().put("counted", match.counted());
    if (match.action() != null) {
      out.put("action", match.action());
    }
    if (match.message() != null) {
      out.put("message", match.message());
    }
    return out;
  }

  private static List<Pod> pods(JsonNode in) {
    var pods = new ArrayList<Pod>();
    in.path("pods").forEach(pod -> pods.add(PodReader.read(pod)));
    return pods;
  }

  private static @Nullable BackoffRecord backoff(JsonNode record) {
    if (record.isMissingNode()) {
      return null;
    }
    String last = record.path("lastFailureTime").asText();
    return new BackoffRecord(
        record.path("failures").asInt(), last.isEmpty() ? Times.NONE : ApiTimes.parse(last));
  }

  private static ObjectNode backoff(BackoffRecord record) {
    ObjectNode out = object().put("failures", record.failures());
    if (record.lastFailureTime() != Times.NONE) {
      out.put("lastFailureTime", ApiTimes.format(record.lastFailureTime()));
    }
    return out;
  }

  private static ObjectNode judge(JsonNode in) {
    Job job = JobReader.read(in.path("job"), FieldProblems.IGNORED);
    List<Pod> pods = pods(in);
    long now = ApiTimes.parse(in.path("now").asText());
    BackoffRecord before = backoff(in.path("backoff"));
    var view = new JobView(job, pods, before == null ? BackoffRecord.NONE : before);
    ObjectNode out = object();
    if (pods.isEmpty()) {
      out.putNull("pods");
    }
    pods.forEach(pod -> out.withArray("/pods").add(pod(job, view, pod, now)));
    out.set("active", names(view.active()));
    out.set("newSucceeded", names(view.newSucceeded()));
    out.set("newFailed", names(view.newFailed()));
    out.put("ready", view.ready());
    out.put("terminating", view.terminating());
    out.put("nonIgnoredFailed", view.nonIgnoredFailed());
    out.put("pastBackoffLimitOnFailure", view.pastBackoffLimitOnFailure());
    if (view.failJobMessage() != null) {
      out.put("failJobMessage", view.failJobMessage());
    }
    out.set("backoff", backoff(view.backoff()));
    out.put("remainingMillis", millis(view.backoff().remaining(now)));
    ArrayNode removal = out.putArray("removal");
    view.removal(view.active().size() / 2).stream()
        .map(pod -> pod.metadata().name())
        .sorted()
        .forEach(removal::add);
    if (job.spec().indexed()) {
      indexes(view, out);
    }
    return out;
  }

  private static void indexes(JobView view, ObjectNode out) {
    out.put("previousSucceededIndexes", view.previousSucceeded().toString());
    out.put("succeededIndexes", view.succeeded().toString());
    var failed = view.failed();
    if (failed != null) {
      out.put("failedIndexes", failed.toString());
      ObjectNode delayed = out.putObject("delayedDeletion");
      view.delayedDeletion()
          .forEach((index, pod) -> delayed.put(index.toString(), pod.metadata().name()));
    }
    ArrayNode pending = out.putArray("pendingIndexes");
    view.pending(PENDING_SHOWN).forEach(pending::add);
    if (view.successPolicy() != null) {
      out.put("successPolicy", view.successPolicy());
    }
  }

  private static ObjectNode pod(Job job, JobView view, Pod pod, long now) {
    JobPodFacts facts = JobPodFacts.of(pod, job.spec());
    ObjectNode out = object();
    out.put("name", pod.metadata().name());
    out.put("failed", facts.failed());
    out.put("active", facts.active());
    out.put("terminating", facts.terminating());
    out.put("ready", facts.ready());
    out.put("finishTime", ApiTimes.format(facts.finishTime()));
    out.set("policy", policy(FailurePolicy.of(job.spec().failureRules(), pod)));
    if (job.spec().indexed()) {
      out.put("index", facts.index());
      out.put("replacementFailureCount", facts.replacementFailures());
      out.put("replacementIgnoredCount", facts.replacementIgnored());
      if (job.spec().backoffLimitPerIndex() != null) {
        out.put("indexFailed", view.indexFailed(pod));
        out.put("remainingMillisPerIndex", millis(view.remainingPerIndex(pod, now)));
      }
    }
    return out;
  }

  private static ArrayNode names(List<Pod> pods) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    pods.forEach(pod -> names.add(pod.metadata().name()));
    return names;
  }

  private static ObjectNode sync(JsonNode in) {
    Job job = JobReader.read(in.path("job"), FieldProblems.IGNORED);
    JobSync.Result result =
        JobSync.run(
            job, pods(in), backoff(in.path("backoff")), ApiTimes.parse(in.path("now").asText()));
    ObjectNode out = object();
    JobStatus status = result.status();
    if (status != null) {
      out.set("status", status(status));
    }
    out.put("statusWrites", result.statusWrites());
    result.deleted().forEach(out.withArray("/deleted")::add);
    result.created().stream()
        .map(pod -> words(pod, job))
        .sorted()
        .forEach(out.withArray("/created")::add);
    out.put("finalizerPatches", result.finalizerPatches());
    result.requeues().forEach(delay -> out.withArray("/requeueMillis").add(millis(delay)));
    if (result.backoff() != null) {
      out.set("backoff", backoff(result.backoff()));
    }
    result.events().forEach(out.withArray("/events")::add);
    return out;
  }

  private static String words(JobSync.NewPod pod, Job job) {
    if (!job.spec().indexed()) {
      return "//";
    }
    boolean counts = job.spec().backoffLimitPerIndex() != null;
    return pod.index()
        + "/"
        + (counts ? pod.failureCount() : "")
        + "/"
        + (counts && pod.ignoredCount() > 0 ? pod.ignoredCount() : "");
  }

  private static ObjectNode status(JobStatus status) {
    ObjectNode out = object();
    out.put("active", status.active());
    out.put("completedIndexes", status.completedIndexes());
    out.put("failed", status.failed());
    out.put("succeeded", status.succeeded());
    if (status.ready() != null) {
      out.put("ready", status.ready());
    }
    if (status.terminating() != null) {
      out.put("terminating", status.terminating());
    }
    if (status.failedIndexes() != null) {
      out.put("failedIndexes", status.failedIndexes());
    }
    time(out, "startTime", status.startTime());
    time(out, "completionTime", status.completionTime());
    for (JobCondition condition : status.conditions()) {
      out.withArray("/conditions")
          .addObject()
          .put("type", condition.type())
          .put("status", condition.isTrue() ? "True" : "False")
          .put("reason", condition.reason())
          .put("message", condition.message());
    }
    status.uncountedSucceeded().forEach(out.withArray("/uncounted/succeeded")::add);
    status.uncountedFailed().forEach(out.withArray("/uncounted/failed")::add);
    return out;
  }

  private static void time(ObjectNode out, String field, long nanos) {
    if (nanos != Times.NONE) {
      out.put(field, ApiTimes.format(nanos));
    }
  }
}

package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ingest.decode.DecodeException;
import dev.slipway.ingest.defaults.ApiGates;
import dev.slipway.ingest.validation.PodDeletion;
import dev.slipway.ingest.validation.PodDeletion.Answer;
import dev.slipway.ingest.validation.PodDeletion.Outcome;
import java.time.Instant;

/** {@code api/delete}: what a delete request does to a pod. */
final class ApiDeleteCheck implements VectorCheck {
  @Override
  public Verdict check(JsonNode vector, DataFolders data) throws DecodeException {
    JsonNode in = vector.path("in");
    ObjectNode pod = ApiPods.stored(in.path("pod"), ApiGates.DEFAULT);
    Long asked =
        in.has("gracePeriodSeconds") ? Long.valueOf(in.path("gracePeriodSeconds").asLong()) : null;
    Answer answer = PodDeletion.delete(pod, asked, Instant.parse(in.path("now").asText()));
    ObjectNode actual = pod.objectNode();
    JsonNode metadata = pod.path("metadata");
    copy(metadata, actual, "deletionGracePeriodSeconds");
    copy(metadata, actual, "deletionTimestamp");
    actual.put("generation", metadata.path("generation").asLong());
    actual.put("graceful", answer.outcome() == Outcome.GRACEFUL);
    actual.put("pending", answer.outcome() == Outcome.PENDING);
    if (answer.graceSeconds() != null) {
      actual.put("optionsGracePeriodSeconds", answer.graceSeconds());
    }
    return Verdict.of(Facts.of(vector.path("out")), Facts.of(actual));
  }

  private static void copy(JsonNode from, ObjectNode to, String field) {
    if (from.has(field)) {
      to.set(field, from.get(field));
    }
  }
}

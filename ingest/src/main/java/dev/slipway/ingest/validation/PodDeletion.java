package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What the API server does with a pod it is asked to delete (rules L-414, L-415, V-53). */
public final class PodDeletion {
  private PodDeletion() {}

  /** What came of a request. */
  public enum Outcome {
    /** The object is updated and stays until its grace is over. */
    GRACEFUL,
    /** A deletion runs already and the request does not shorten it. */
    PENDING,
    /** The object is removed at once. */
    IMMEDIATE
  }

  /**
   * An answer.
   *
   * @param graceSeconds the grace of the request after normalising, null where there is none
   */
  public record Answer(Outcome outcome, @Nullable Long graceSeconds) {}

  /**
   * Deletes.
   *
   * @param pod the stored pod, defaulted; a graceful deletion changes its metadata
   * @param asked the grace of the request, null if it names none
   */
  public static Answer delete(ObjectNode pod, @Nullable Long asked, Instant now) {
    Long given = asked == null ? null : Long.valueOf(asked < 0 ? 1 : asked);
    ObjectNode metadata = pod.withObject("/metadata");
    return metadata.has("deletionTimestamp")
        ? again(metadata, given, now)
        : first(pod, metadata, given, now);
  }

  /** A second request may only shorten the grace. */
  private static Answer again(ObjectNode metadata, @Nullable Long given, Instant now) {
    if (metadata.path("deletionGracePeriodSeconds").asLong() < 0) {
      metadata.put("deletionGracePeriodSeconds", 1);
    }
    if (metadata.path("deletionGracePeriodSeconds").asLong() == 0) {
      return new Answer(Outcome.IMMEDIATE, given);
    }
    long grace = metadata.path("deletionGracePeriodSeconds").asLong();
    if (given == null) {
      return new Answer(Outcome.PENDING, grace);
    }
    if (given >= grace) {
      return new Answer(Outcome.PENDING, given);
    }
    Instant end = Instant.parse(metadata.path("deletionTimestamp").asText());
    Instant sooner = end.minusSeconds(grace).plusSeconds(given);
    boolean over = sooner.isBefore(now);
    // An end in the past becomes now, with what is left of the grace.
    metadata.put("deletionTimestamp", text(over ? now : sooner));
    metadata.put("deletionGracePeriodSeconds", over ? Math.min(given, 1) : given);
    return new Answer(Outcome.GRACEFUL, given);
  }

  private static Answer first(
      ObjectNode pod, ObjectNode metadata, @Nullable Long given, Instant now) {
    long grace = grace(pod, given);
    metadata.put("deletionTimestamp", text(now.plusSeconds(grace)));
    metadata.put("deletionGracePeriodSeconds", grace);
    long generation = metadata.path("generation").asLong();
    if (generation > 0) {
      metadata.put("generation", generation + 1);
    }
    return new Answer(Outcome.GRACEFUL, grace);
  }

  /** A pod that runs nowhere, or has finished, needs no grace. */
  private static long grace(ObjectNode pod, @Nullable Long given) {
    String phase = pod.path("status").path("phase").asText();
    if (!pod.path("spec").has("nodeName") || phase.equals("Succeeded") || phase.equals("Failed")) {
      return 0;
    }
    long grace =
        given == null ? pod.path("spec").path("terminationGracePeriodSeconds").asLong() : given;
    return grace < 0 ? 1 : grace;
  }

  private static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}

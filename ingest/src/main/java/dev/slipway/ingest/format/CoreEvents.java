package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Times;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Event objects of {@code v1} and {@code events.k8s.io/v1} as hints about pods. */
final class CoreEvents {
  /** How a field path names a container (k8s.io/kubernetes pkg/kubelet/container/ref.go, 1.37). */
  private static final Pattern CONTAINER =
      Pattern.compile("spec\\.(?:containers|initContainers|ephemeralContainers)\\{([^}]*)}");

  private CoreEvents() {}

  /** The hint, or a skip for an event about anything but a pod. */
  static FeedEvent read(JsonNode event) {
    JsonNode about = Json.field(event, "involvedObject", "regarding");
    var pod =
        new PodRef(
            Json.text(about, "uid"), Json.text(about, "namespace"), Json.text(about, "name"));
    if (!Json.text(about, "kind").equals("Pod") || !pod.known()) {
      return new FeedEvent.Skipped(Skip.OTHER_KIND);
    }
    JsonNode source = Json.field(event, "source", "deprecatedSource");
    return new FeedEvent.Hint(
        pod,
        container(Json.text(about, "fieldPath")),
        Json.text(event, "type"),
        Json.text(event, "reason"),
        Json.text(event, "message", "note"),
        count(event),
        either(Json.text(source, "component"), reporter(event)),
        Json.text(source, "host"),
        Json.text(event.path("metadata"), "uid"),
        time(event));
  }

  private static String reporter(JsonNode event) {
    return Json.text(event, "reportingController", "reportingComponent");
  }

  private static String either(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  private static String container(String fieldPath) {
    Matcher matcher = CONTAINER.matcher(fieldPath);
    return matcher.matches() ? matcher.group(1) : "";
  }

  private static long count(JsonNode event) {
    long series = Json.whole(event.path("series").path("count"), 0);
    long count = Json.whole(Json.field(event, "count", "deprecatedCount"), 1);
    return Math.max(series, count);
  }

  /** When it was last seen: the first of the fields the two versions of the API have. */
  private static long time(JsonNode event) {
    JsonNode[] candidates = {
      event.path("series").path("lastObservedTime"),
      Json.field(event, "lastTimestamp", "deprecatedLastTimestamp"),
      event.path("eventTime"),
      Json.field(event, "firstTimestamp", "deprecatedFirstTimestamp"),
      event.path("metadata").path("creationTimestamp")
    };
    for (JsonNode candidate : candidates) {
      long time = Json.time(candidate);
      if (time != Times.NONE) {
        return time;
      }
    }
    return Times.NONE;
  }
}

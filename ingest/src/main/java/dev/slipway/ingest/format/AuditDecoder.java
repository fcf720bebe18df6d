package dev.slipway.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ingest.feed.RejectReason;

/**
 * Records of the API server's audit log, {@code audit.k8s.io}, one {@code Event} or the {@code
 * EventList} of a webhook (k8s.io/apiserver pkg/apis/audit/v1, 1.37; v1beta1 reads the same). What
 * counts is the response: what the API server stored. It is there from level RequestResponse on.
 */
final class AuditDecoder implements FormatDecoder {
  private static final String GROUP = "audit.k8s.io/";

  @Override
  public Format format() {
    return Format.AUDIT;
  }

  @Override
  public boolean recognises(Envelope record, RecordHeaders headers) {
    return record.text("apiVersion").startsWith(GROUP);
  }

  @Override
  public void decode(Envelope record, RecordHeaders headers, FeedEventSink sink) throws Refusal {
    switch (record.text("kind")) {
      case "Event" -> event(record.root, sink);
      case "EventList" -> {
        for (JsonNode event : record.get("items")) {
          event(event, sink);
        }
      }
      default ->
          throw record.refusal(
              RejectReason.INVALID_OBJECT,
              "kind of audit.k8s.io is neither Event nor EventList: " + record.text("kind"),
              "kind");
    }
  }

  private static void event(JsonNode event, FeedEventSink sink) throws Refusal {
    JsonNode target = event.path("objectRef");
    ObjectKind kind =
        ObjectKind.ofResource(Json.text(target, "apiGroup"), Json.text(target, "resource"));
    Skip skip =
        AuditRules.skip(
            Json.text(event, "stage"),
            Json.text(event, "verb"),
            Json.text(event, "requestURI"),
            Json.whole(event.path("responseStatus").path("code"), 0),
            kind,
            Json.text(target, "subresource"));
    if (skip != null || kind == null) {
      sink.accept(new FeedEvent.Skipped(skip == null ? Skip.OTHER_KIND : skip));
      return;
    }
    changed(event, target, kind, sink);
  }

  private static void changed(JsonNode event, JsonNode target, ObjectKind kind, FeedEventSink sink)
      throws Refusal {
    long at = Json.time(event.path("stageTimestamp"));
    if (Json.text(target, "subresource").equals("binding")) {
      sink.accept(bound(event, target, at));
      return;
    }
    if (Json.text(target, "subresource").equals("eviction")) {
      sink.accept(evicted(event, target, at));
      return;
    }
    JsonNode response = event.path("responseObject");
    String verb = Json.text(event, "verb");
    if (response.isMissingNode() || response.isNull()) {
      sink.accept(new FeedEvent.Skipped(Skip.NO_OBJECT));
    } else if (Json.text(response, "kind").equals("Status")) {
      status(target, kind, verb, response, at, sink);
    } else if (response.path("items").isArray()) {
      for (JsonNode item : response.path("items")) {
        ObjectEvents.emit(AuditRules.action(verb, kind, item), item, kind, at, sink);
      }
    } else {
      ObjectEvents.emit(AuditRules.action(verb, kind, response), response, kind, at, sink);
    }
  }

  /** A binding's name is its pod's, its UID a condition on it (registry/core/pod/storage). */
  private static FeedEvent bound(JsonNode event, JsonNode target, long at) {
    JsonNode binding = event.path("requestObject");
    String node = Json.text(binding.path("target"), "name");
    PodRef pod = podOf(target, binding);
    return node.isEmpty() || !pod.known()
        ? new FeedEvent.Skipped(Skip.NO_OBJECT)
        : new FeedEvent.PodBound(pod, node, at);
  }

  /**
   * Somebody asked for the pod's deletion and was allowed it; the pod itself is not shown. No
   * further record of the deletion follows before the pod changes (registry/core/pod/storage
   * eviction.go).
   */
  private static FeedEvent evicted(JsonNode event, JsonNode target, long at) {
    PodRef pod = podOf(target, event.path("requestObject"));
    return pod.known()
        ? new FeedEvent.Hint(
            pod,
            "",
            "Normal",
            "Eviction",
            "eviction granted",
            1,
            Json.text(event.path("user"), "username"),
            "",
            Json.text(event, "auditID"),
            at)
        : new FeedEvent.Skipped(Skip.NO_OBJECT);
  }

  /** A delete that answers with a Status has removed the object it names. */
  private static void status(
      JsonNode target, ObjectKind kind, String verb, JsonNode status, long at, FeedEventSink sink)
      throws Refusal {
    var pod = podOf(target, status.path("details"));
    if (!verb.equals("delete") || pod.name().isEmpty()) {
      sink.accept(new FeedEvent.Skipped(Skip.NO_OBJECT));
    } else if (kind == ObjectKind.POD) {
      sink.accept(new FeedEvent.PodDeleted(pod, "", at));
    } else {
      ObjectEvents.emit(Action.DELETED, named(pod), kind, at, sink);
    }
  }

  private static PodRef podOf(JsonNode target, JsonNode other) {
    String uid = Json.text(target, "uid");
    String named = Json.text(other, "uid");
    return new PodRef(
        uid.isEmpty() ? named.isEmpty() ? Json.text(other.path("metadata"), "uid") : named : uid,
        Json.text(target, "namespace"),
        Json.text(target, "name"));
  }

  private static ObjectNode named(PodRef object) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.putObject("metadata")
        .put("name", object.name())
        .put("namespace", object.namespace())
        .put("uid", object.uid());
    return node;
  }
}

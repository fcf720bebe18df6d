package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ingest.defaults.ApiGates;
import dev.slipway.ingest.defaults.PodCreation;
import java.util.List;

/**
 * Updates of a stored pod through the API server's four endpoints (rules V-54 to V-59): each drops
 * what it does not own, then refuses what may not change.
 *
 * @param gates the server's feature gates
 * @param allowPrivileged whether privileged containers may run at all
 */
public record PodUpdater(ApiGates gates, boolean allowPrivileged) {
  private static final List<String> IDENTITY =
      List.of("name", "namespace", "resourceVersion", "uid");

  private static final List<String> CONTAINER_LISTS = List.of("containers", "initContainers");

  /** Where an update is sent to. */
  public enum Endpoint {
    UPDATE,
    STATUS,
    RESIZE,
    EPHEMERALCONTAINERS
  }

  /**
   * What came of an update.
   *
   * @param pod the pod as it would be stored, with its new generation
   * @param errors why it is not stored; empty if it is
   */
  public record Result(ObjectNode pod, List<FieldError> errors) {}

  /** Updates; both pods are defaulted and in normal form, neither is changed. */
  public Result update(Endpoint endpoint, ObjectNode old, ObjectNode sent) {
    ObjectNode pod = prepare(endpoint, old, sent.deepCopy());
    var errors = new FieldErrors();
    var metadata = new MetadataUpdateRules(errors);
    metadata.check(pod.path("metadata"), old.path("metadata"), sent.path("metadata"));
    var validator = new PodValidator(inUse(old.path("spec")), allowPrivileged);
    switch (endpoint) {
      case UPDATE -> {
        validator.pod(pod, errors);
        metadata.annotations(pod, old);
        new SpecUpdateRules(errors).check(pod.path("spec"), old.path("spec"));
      }
      case STATUS -> {
        metadata.annotations(pod, old);
        new StatusUpdateRules(errors).check(pod, old);
      }
      case RESIZE -> {
        validator.pod(pod, errors);
        new ResizeRules(errors, gates).check(pod, old);
      }
      case EPHEMERALCONTAINERS -> {
        validator.pod(pod, errors);
        metadata.annotations(pod, old);
        new EphemeralUpdateRules(errors).check(pod, old);
      }
    }
    return new Result(pod, errors.list());
  }

  /** What the stored pod uses may stay, whatever the gates say now. */
  private ApiGates inUse(JsonNode spec) {
    return RestartDecision.wantsRestartAll(spec) || RestartDecision.sidecarHasRules(spec)
        ? gates.with(ApiGates.RESTART_ALL_CONTAINERS)
        : gates;
  }

  private ObjectNode prepare(Endpoint endpoint, ObjectNode old, ObjectNode sent) {
    ObjectNode pod =
        switch (endpoint) {
          case UPDATE -> {
            replace(sent, "status", old.path("status"));
            keepPodLevel(old.path("spec"), sent.withObject("/spec"));
            yield sent;
          }
          case STATUS -> prepareStatus(old, sent);
          case RESIZE -> prepareResize(old, sent);
          case EPHEMERALCONTAINERS -> {
            ObjectNode same = sameButIdentity(old, sent);
            replace(
                same.withObject("/spec"),
                "ephemeralContainers",
                sent.path("spec").path("ephemeralContainers"));
            yield same;
          }
        };
    if (endpoint != Endpoint.STATUS) {
      PodCreation.dropDisabled(pod.withObject("/spec"), old.path("spec"), gates);
    }
    if (endpoint == Endpoint.RESIZE) {
      PodCreation.podLevel(pod.withObject("/spec"), gates);
    }
    long generation = old.path("metadata").path("generation").asLong();
    boolean changed = !SemanticEquality.same(pod.path("spec"), old.path("spec"));
    pod.withObject("/metadata").put("generation", changed ? generation + 1 : generation);
    return pod;
  }

  /** A client that knows nothing of pod-level resources does not remove them. */
  private static void keepPodLevel(JsonNode old, ObjectNode spec) {
    if (!spec.has("resources")) {
      replace(spec, "resources", old.path("resources"));
    }
  }

  /** The old pod with what tells that the new one is meant. */
  private static ObjectNode sameButIdentity(ObjectNode old, ObjectNode sent) {
    ObjectNode pod = old.deepCopy();
    for (String field : IDENTITY) {
      replace(pod.withObject("/metadata"), field, sent.path("metadata").path(field));
    }
    return pod;
  }

  private static ObjectNode prepareStatus(ObjectNode old, ObjectNode sent) {
    replace(sent, "spec", old.path("spec").deepCopy());
    ObjectNode metadata = sent.withObject("/metadata");
    metadata.remove("deletionTimestamp");
    replace(metadata, "ownerReferences", old.path("metadata").path("ownerReferences"));
    ObjectNode status = sent.withObject("/status");
    if (!status.has("qosClass")) {
      replace(status, "qosClass", old.path("status").path("qosClass"));
    }
    if (!status.has("observedGeneration")) {
      replace(status, "observedGeneration", old.path("status").path("observedGeneration"));
    }
    return sent;
  }

  /**
   * The old pod with the new resources; one with other containers stays for validation to refuse.
   */
  private ObjectNode prepareResize(ObjectNode old, ObjectNode sent) {
    for (String list : CONTAINER_LISTS) {
      if (!sameNames(old.path("spec").path(list), sent.path("spec").path(list))) {
        return sent;
      }
    }
    ObjectNode pod = sameButIdentity(old, sent);
    ObjectNode spec = pod.withObject("/spec");
    for (String list : CONTAINER_LISTS) {
      for (int i = 0; i < spec.path(list).size(); i++) {
        JsonNode now = sent.path("spec").path(list).get(i);
        if (spec.path(list).get(i) instanceof ObjectNode container) {
          replace(container, "resources", now.path("resources"));
          replace(container, "resizePolicy", now.path("resizePolicy"));
        }
      }
    }
    JsonNode podLevel = sent.path("spec").path("resources");
    if (gates.on(ApiGates.POD_LEVEL_RESIZE) && !podLevel.isMissingNode()) {
      spec.set("resources", podLevel);
    }
    return pod;
  }

  private static boolean sameNames(JsonNode old, JsonNode sent) {
    boolean same = old.size() == sent.size();
    for (int i = 0; same && i < old.size(); i++) {
      same = old.get(i).path("name").equals(sent.get(i).path("name"));
    }
    return same;
  }

  private static void replace(ObjectNode object, String field, JsonNode value) {
    if (value.isMissingNode() || value.isArray() && value.isEmpty()) {
      object.remove(field);
    } else {
      object.set(field, value);
    }
  }
}

package dev.slipway.engine.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code metadata} of an object (rule L-010). Times are epoch nanoseconds or {@link Times#NONE}.
 */
public record ObjectMeta(
    String name,
    String namespace,
    String uid,
    long generation,
    String resourceVersion,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<OwnerReference> ownerReferences,
    List<String> finalizers,
    long creationTimestamp,
    long deletionTimestamp,
    @Nullable Long deletionGracePeriodSeconds) {
  public ObjectMeta {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    ownerReferences = List.copyOf(ownerReferences);
    finalizers = List.copyOf(finalizers);
  }

  /** Metadata of a new object: generation 1, nothing else set. */
  public static ObjectMeta of(String namespace, String name, String uid) {
    return new ObjectMeta(
        name,
        namespace,
        uid,
        1,
        "",
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        Times.NONE,
        Times.NONE,
        null);
  }

  /** True once somebody asked for the object's deletion. */
  public boolean deleting() {
    return deletionTimestamp != Times.NONE;
  }

  /** The same metadata with a deletion in progress (rules L-414, L-415). */
  public ObjectMeta withDeletion(long timestamp, long graceSeconds, long newGeneration) {
    return new ObjectMeta(
        name,
        namespace,
        uid,
        newGeneration,
        resourceVersion,
        labels,
        annotations,
        ownerReferences,
        finalizers,
        creationTimestamp,
        timestamp,
        graceSeconds);
  }

  /** The same metadata of a changed spec. */
  public ObjectMeta withGeneration(long newGeneration) {
    return new ObjectMeta(
        name,
        namespace,
        uid,
        newGeneration,
        resourceVersion,
        labels,
        annotations,
        ownerReferences,
        finalizers,
        creationTimestamp,
        deletionTimestamp,
        deletionGracePeriodSeconds);
  }

  /** The same metadata with the UID its source left out. */
  public ObjectMeta withUid(String newUid) {
    return new ObjectMeta(
        name,
        namespace,
        newUid,
        generation,
        resourceVersion,
        labels,
        annotations,
        ownerReferences,
        finalizers,
        creationTimestamp,
        deletionTimestamp,
        deletionGracePeriodSeconds);
  }

  /** {@code namespace/name}. */
  public String key() {
    return namespace + "/" + name;
  }
}
